// Raw IndexedDB with three indexes: what the libraries beside it stand on.
import { offer } from './engine.page.ts'
import type { StoreRow } from './row.ts'
import { INDEXES, type Index, type RowStore, rowEngine } from './row-store.page.ts'

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open('bench-raw', 1)
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('rows', { keyPath: 'id' })
      for (const index of INDEXES) store.createIndex(index, index)
    }
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })
}

function rawStore(): RowStore {
  let database: IDBDatabase | null = null
  const put = (rows: readonly StoreRow[]): Promise<void> =>
    new Promise((done, failed) => {
      const transaction = database?.transaction('rows', 'readwrite')
      if (transaction === undefined) return failed(new Error('Expected an open database'))
      const store = transaction.objectStore('rows')
      for (const row of rows) store.put(row)
      transaction.oncomplete = () => done()
      transaction.onabort = () => failed(transaction.error)
    })
  return {
    async open() {
      database = await opened()
    },
    add: put,
    change: put,
    find: (index: Index, key: number) =>
      new Promise((done, failed) => {
        const request = database?.transaction('rows').objectStore('rows').index(index).getAll(key)
        if (request === undefined) return failed(new Error('Expected an open database'))
        request.onsuccess = () => done(request.result)
        request.onerror = () => failed(request.error)
      }),
    async close() {
      database?.close()
    },
  }
}

offer(() => rowEngine(rawStore()))
