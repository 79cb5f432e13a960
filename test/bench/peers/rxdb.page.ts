// RxDB on its Dexie storage: bulkInsert and bulkUpsert, queries with the index named.
/// <reference path="./peers.d.ts" />
import { createRxDatabase, type RxCollection } from 'rxdb/plugins/core'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { offer } from '../store/engine.page.ts'
import type { StoreRow } from '../store/row.ts'
import { INDEXES, type RowStore, rowEngine } from '../store/row-store.page.ts'

const key = { type: 'integer', minimum: 0, maximum: 9_999_999, multipleOf: 1 }
const SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 12 }, person: key, household: key, village: key },
  required: ['id', ...INDEXES],
  indexes: [...INDEXES],
}
const documentsOf = (rows: readonly StoreRow[]): object[] => rows.map((row) => ({ ...row, id: String(row.id) }))

/** Errors: where RxDB refuses a document. */
async function written(wrote: Promise<{ error: readonly unknown[] }>): Promise<void> {
  const { error } = await wrote
  if (error.length > 0) throw new Error(`Expected RxDB to take every row, it refused ${error.length}`)
}

function rxdbStore(): RowStore {
  let rows: RxCollection | null = null
  let close: () => Promise<unknown> = async () => undefined
  const collection = (): RxCollection => {
    if (rows === null) throw new Error('Expected an open database')
    return rows
  }
  return {
    async open() {
      const database = await createRxDatabase({
        name: 'bench-rxdb',
        storage: getRxStorageDexie(),
        multiInstance: false,
      })
      close = () => database.close()
      rows = (await database.addCollections({ rows: { schema: SCHEMA } })).rows ?? null
    },
    add: (batch) => written(collection().bulkInsert(documentsOf(batch))),
    change: (batch) => written(collection().bulkUpsert(documentsOf(batch))),
    async find(index, value) {
      const found = await collection()
        .find({ selector: { [index]: value }, index: [index, 'id'] })
        .exec()
      return found.map((document) => document.toJSON() as StoreRow)
    },
    async close() {
      await close()
    },
  }
}

offer(() => rowEngine(rxdbStore()))
