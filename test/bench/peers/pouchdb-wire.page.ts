// PouchDB's side of a slow line: one replication from an express-pouchdb on the same origin, begun again after each cut;
// its checkpoints keep what is stored already.
/// <reference path="./peers.d.ts" />
import adapter from 'pouchdb-adapter-indexeddb'
import PouchDB from 'pouchdb-browser'
import { offer } from '../store/engine.page.ts'

const AGAIN_MS = 1_000
const MOST_TRIES = 500
/** Larger batches mean fewer requests, in its favour. */
const BATCH = 1_000

PouchDB.plugin(adapter)

async function replicated(database: PouchDB): Promise<number> {
  const began = performance.now()
  for (let tries = 1; ; tries += 1) {
    try {
      await database.replicate.from(`${self.location.origin}/couch/rows`, { batch_size: BATCH, batches_limit: 2 })
      return performance.now() - began
    } catch (error) {
      if (tries === MOST_TRIES) throw error
      await new Promise((again) => setTimeout(again, AGAIN_MS))
    }
  }
}

offer(async () => {
  const database = new PouchDB('bench-pouch', { adapter: 'indexeddb', auto_compaction: true })
  return {
    load: () => replicated(database),
    change: () => replicated(database),
    ask: () => Promise.reject(new Error('Expected a store to be asked, this one only loads')),
    close: () => database.close(),
  }
})
