// Dexie with bulkPut, in the version of the peers' folder.
import Dexie from 'dexie'
import { offer } from '../store/engine.page.ts'
import type { StoreRow } from '../store/row.ts'
import { INDEXES, type RowStore, rowEngine } from '../store/row-store.page.ts'

function dexieStore(): RowStore {
  const database = new Dexie('bench-dexie')
  database.version(1).stores({ rows: `id,${INDEXES.join(',')}` })
  const table = database.table<StoreRow, number>('rows')
  const put = async (rows: StoreRow[]): Promise<void> => {
    await table.bulkPut(rows)
  }
  return {
    async open() {
      await database.open()
    },
    add: put,
    change: put,
    find: (index, key) => table.where(index).equals(key).toArray(),
    async close() {
      database.close()
    },
  }
}

offer(() => rowEngine(dexieStore()))
