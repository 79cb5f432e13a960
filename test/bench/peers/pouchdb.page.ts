// PouchDB on its indexeddb adapter: bulkDocs, and find over the adapter's native indexes.
/// <reference path="./peers.d.ts" />
import adapter from 'pouchdb-adapter-indexeddb'
import PouchDB from 'pouchdb-browser'
import find from 'pouchdb-find'
import { offer } from '../store/engine.page.ts'
import type { StoreRow } from '../store/row.ts'
import { INDEXES, type RowStore, rowEngine } from '../store/row-store.page.ts'

PouchDB.plugin(adapter)
PouchDB.plugin(find)

const idOf = (row: StoreRow): string => String(row.id)
/** Its native indexes are made from design documents when the database is next opened. */
async function opened(): Promise<PouchDB> {
  const open = (): PouchDB => new PouchDB('bench-pouch', { adapter: 'indexeddb', auto_compaction: true })
  const first = open()
  for (const index of INDEXES) await first.createIndex({ index: { fields: [index], ddoc: index, name: index } })
  await first.close()
  const database = open()
  await database.info()
  return database
}

function pouchStore(): RowStore {
  let database: PouchDB | null = null
  const store = (): PouchDB => {
    if (database === null) throw new Error('Expected an open database')
    return database
  }
  const write = async (documents: readonly object[]): Promise<void> => {
    const refused = (await store().bulkDocs(documents)).filter((one) => 'error' in one)
    if (refused.length > 0) throw new Error(`Expected PouchDB to take every row, it refused ${refused.length}`)
  }
  return {
    async open() {
      database = await opened()
    },
    add: (rows) => write(rows.map((row) => ({ ...row, _id: idOf(row) }))),
    async change(rows) {
      const { rows: known } = await store().allDocs({ keys: rows.map(idOf) })
      await write(rows.map((row, at) => ({ ...row, _id: idOf(row), _rev: known[at]?.value.rev })))
    },
    async find(index, value) {
      const { docs } = await store().find({ selector: { [index]: value }, use_index: [index, index], limit: 100_000 })
      return docs as StoreRow[]
    },
    async close() {
      await store().close()
    },
  }
}

offer(() => rowEngine(pouchStore()))
