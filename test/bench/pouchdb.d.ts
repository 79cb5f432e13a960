// What the benchmark uses of PouchDB, which ships no types.
declare module 'pouchdb-browser' {
  class PouchDB {
    static plugin(plugin: unknown): void
    constructor(name: string, options: { adapter: string; auto_compaction?: boolean })
    put(document: object): Promise<unknown>
    bulkDocs(documents: readonly object[]): Promise<readonly unknown[]>
    info(): Promise<{ doc_count: number }>
    close(): Promise<void>
    destroy(): Promise<void>
  }
  export = PouchDB
}
declare module 'pouchdb-adapter-indexeddb' {
  const plugin: unknown
  export = plugin
}
