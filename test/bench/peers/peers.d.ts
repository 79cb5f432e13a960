// What the bench uses of its peers, so that types are checked where they aren't installed too.
declare module 'pouchdb-browser' {
  class PouchDB {
    static plugin(plugin: unknown): void
    constructor(name: string, options?: { adapter?: string; auto_compaction?: boolean })
    createIndex(given: { index: { fields: string[]; ddoc: string; name: string } }): Promise<unknown>
    bulkDocs(documents: readonly object[]): Promise<readonly object[]>
    allDocs(given: { keys: readonly string[] }): Promise<{ rows: readonly { value: { rev: string } }[] }>
    find(given: { selector: object; use_index: string[]; limit: number }): Promise<{ docs: unknown[] }>
    info(): Promise<{ doc_count: number }>
    replicate: {
      from(url: string, options: { batch_size: number; batches_limit: number }): Promise<{ docs_written: number }>
    }
    close(): Promise<void>
    destroy(): Promise<void>
  }
  export = PouchDB
}
declare module 'pouchdb-adapter-indexeddb' {
  const plugin: unknown
  export = plugin
}
declare module 'pouchdb-find' {
  const plugin: unknown
  export = plugin
}
declare module 'rxdb/plugins/core' {
  export interface RxCollection {
    bulkInsert(documents: readonly object[]): Promise<{ error: readonly unknown[] }>
    bulkUpsert(documents: readonly object[]): Promise<{ error: readonly unknown[] }>
    find(query: { selector: object; index: string[] }): { exec(): Promise<readonly { toJSON(): unknown }[]> }
  }
  export interface RxDatabase {
    addCollections(given: Record<string, { schema: object }>): Promise<Record<string, RxCollection>>
    close(): Promise<unknown>
  }
  export function createRxDatabase(given: {
    name: string
    storage: unknown
    multiInstance: boolean
  }): Promise<RxDatabase>
}
declare module 'rxdb/plugins/storage-dexie' {
  export function getRxStorageDexie(): unknown
}
declare module 'express' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface App {
    (request: IncomingMessage, response: ServerResponse): void
    use(path: string, app: unknown): void
  }
  function express(): App
  export = express
}
declare module 'express-pouchdb' {
  function expressPouchDB(pouch: unknown, options: { mode: string; inMemoryConfig: boolean; logPath: string }): unknown
  export = expressPouchDB
}
declare module 'pouchdb-core' {
  class PouchDB {
    static plugin(plugin: unknown): typeof PouchDB
    static defaults(options: { adapter: string }): typeof PouchDB
    constructor(name: string)
    bulkDocs(documents: readonly object[]): Promise<readonly object[]>
    allDocs(given: {
      keys: readonly string[]
      include_docs: boolean
    }): Promise<{ rows: readonly { doc: Record<string, unknown> }[] }>
  }
  export = PouchDB
}
declare module 'pouchdb-adapter-memory' {
  const plugin: unknown
  export = plugin
}
declare module 'pouchdb-mapreduce' {
  const plugin: unknown
  export = plugin
}
