// Other stores on the same rows, one record a row with three indexes, strict where they let one say so. Nothing is
// fetched, unpacked or verified here: only the writing is measured, in their favour.
/// <reference path="./pouchdb.d.ts" />
import Dexie from 'dexie'
import PouchIndexed from 'pouchdb-adapter-indexeddb'
import PouchDB from 'pouchdb-browser'
import { createRxDatabase } from 'rxdb/plugins/core'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { PaymentRow } from '../../sync/contract/rows.ts'

export type SampleRow = PaymentRow & { id: number; village: string; month: string }
export type Peer = 'raw' | 'dexie' | 'pouch' | 'rxdb'

const INDEXES = ['month', 'person', 'fund'] as const
const BATCH = 10_000

function batchesOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) => rows.slice(at * BATCH, (at + 1) * BATCH))
}

/** ms to write all of them in batches. */
async function written<T>(rows: readonly T[], write: (batch: T[]) => Promise<unknown>): Promise<number> {
  const batches = batchesOf(rows)
  const began = performance.now()
  for (const batch of batches) await write(batch)
  return performance.now() - began
}

async function raw(rows: readonly SampleRow[]): Promise<number> {
  const database = await new Promise<IDBDatabase>((opened, failed) => {
    const request = indexedDB.open('bench-raw', 1)
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('rows', { keyPath: 'id' })
      for (const index of INDEXES) store.createIndex(index, index)
    }
    request.onsuccess = () => opened(request.result)
    request.onerror = () => failed(request.error)
  })
  const put = (batch: readonly SampleRow[]): Promise<void> =>
    new Promise((done, failed) => {
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
      const store = transaction.objectStore('rows')
      for (const row of batch) store.put(row)
      transaction.oncomplete = () => done()
      transaction.onerror = () => failed(transaction.error)
    })
  const ms = await written(rows, put)
  database.close()
  await Dexie.delete('bench-raw')
  return ms
}

async function dexie(rows: readonly SampleRow[]): Promise<number> {
  const database = new Dexie('bench-dexie', { chromeTransactionDurability: 'strict' })
  database.version(1).stores({ rows: `id,${INDEXES.join(',')}` })
  await database.open()
  const ms = await written(rows, (batch) => database.table('rows').bulkPut(batch))
  await database.delete()
  return ms
}

/** Its native indexes are made from a design document when the database is next opened. */
async function pouch(rows: readonly SampleRow[]): Promise<number> {
  PouchDB.plugin(PouchIndexed)
  const open = (): PouchDB => new PouchDB('bench-pouch', { adapter: 'indexeddb' })
  const indexOf = (field: string): [string, object] => [field, { options: { def: { fields: [field] } } }]
  const first = open()
  await first.put({ _id: '_design/indexes', language: 'query', views: Object.fromEntries(INDEXES.map(indexOf)) })
  await first.close()
  const database = open()
  await database.info()
  const documents = rows.map((row) => ({ ...row, _id: String(row.id) }))
  const ms = await written(documents, (batch) => database.bulkDocs(batch))
  const { doc_count } = await database.info()
  await database.destroy()
  if (doc_count < rows.length) throw new Error(`Expected ${rows.length} documents in PouchDB, found ${doc_count}`)
  return ms
}

const text = (maxLength: number): object => ({ type: 'string', maxLength })
const whole = { type: 'integer', minimum: 0, maximum: 1_000_000, multipleOf: 1 }
const RX_SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: text(20), month: text(24), person: whole, fund: text(8) },
  required: ['id', 'month', 'person', 'fund'],
  indexes: [...INDEXES],
} as const

async function rxdb(rows: readonly SampleRow[]): Promise<number> {
  const storage = getRxStorageDexie()
  const database = await createRxDatabase({ name: 'bench-rxdb', storage, multiInstance: false })
  const { rows: collection } = await database.addCollections({ rows: { schema: RX_SCHEMA } })
  const documents = rows.map((row) => ({ ...row, id: String(row.id) }))
  let failed = 0
  const ms = await written(documents, async (batch) => {
    const { error } = await collection.bulkInsert(batch)
    failed += error.length
  })
  await database.remove()
  if (failed > 0) throw new Error(`Expected RxDB to take every row, it refused ${failed}`)
  return ms
}

const WRITE: Record<Peer, (rows: readonly SampleRow[]) => Promise<number>> = { raw, dexie, pouch, rxdb }

/** ms to write the rows into one of them, from an empty database. */
export function writeRows(peer: Peer, rows: readonly SampleRow[]): Promise<number> {
  return WRITE[peer](rows)
}
