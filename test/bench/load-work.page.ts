// The benchmark's worker: loads releases as the terminal's worker does, and row stores on a sample of the same rows.
import Dexie from 'dexie'
import { gunzipExactly } from '../../renderer/worker/gunzip.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type { PaymentRow } from '../../sync/contract/rows.ts'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { sha256 } from '../../sync/store/hash.ts'
import { openReader } from '../../sync/store/reader.ts'
import { loadRelease } from '../../sync/terminal/load.ts'
import type { Transport } from '../../sync/terminal/ports.ts'

export type Task =
  | { task: 'load'; database: string; record: ReleaseRecord; own: string }
  | { task: 'sample'; database: string; rows: number }
  | { task: 'raw-rows' | 'dexie-rows'; rows: SampleRow[] }
export interface LoadResult {
  ms: number
  bytes: number
  requests: number
  /** ms until county part and own township were stored and shown; 0 for a later release. */
  ownMs: number
}
export type SampleRow = PaymentRow & { id: number; village: string; month: string }

const transport: Pick<Transport, 'file'> = {
  async file({ path, raw, arrived }) {
    const response = await fetch(`/dist/${path}`, { cache: 'no-store' })
    if (!response.ok || response.body === null) throw new Error(`Expected ${path}, got ${response.status}`)
    return gunzipExactly(response.body, raw, arrived)
  },
}

/** From the first byte asked for to the switch, everything verified and strictly written. */
async function load(task: Extract<Task, { task: 'load' }>): Promise<LoadResult> {
  const store = await openBlockStore(task.database)
  const meter = { bytes: 0, requests: 0 }
  const began = performance.now()
  let ownMs = 0
  const { shown } = await loadRelease({
    store,
    transport: transport as Transport,
    hash: sha256,
    record: task.record,
    own: task.own,
    signal: new AbortController().signal,
    meter,
    allowed: () => true,
    steps: {
      planned: () => undefined,
      arrived: () => undefined,
      part: (part) => {
        if (part === task.own) ownMs = performance.now() - began
      },
    },
  })
  if (!shown) await store.switchTo(task.record, Object.keys(task.record.packs))
  const ms = performance.now() - began
  store.close()
  return { ms, ...meter, ownMs: shown ? ownMs : 0 }
}

/** The first rows of the stored release, as a row store would keep them. */
async function sample(task: Extract<Task, { task: 'sample' }>): Promise<SampleRow[]> {
  const reader = await openReader({ database: task.database })
  if (reader === null) throw new Error('Expected a release')
  const rows: SampleRow[] = []
  for (const part of Object.keys(reader.record.packs)) {
    for (let village = 200; village < 220; village += 1) {
      const code = `${part}${village}`
      const node = await reader.village('funds', part, code)
      if (node === null || rows.length >= task.rows) continue
      for (const row of await reader.rows(node, 'payments'))
        rows.push({ ...row, id: rows.length, village: code, month: `${code}/${row.date.slice(0, 7)}` })
    }
  }
  reader.close()
  return rows.slice(0, task.rows)
}

const INDEXES = ['month', 'person', 'fund'] as const
const BATCH = 10_000

/** One record a row with three indexes, by IndexedDB itself. Nothing fetched or verified. */
async function rawRows(rows: readonly SampleRow[]): Promise<number> {
  await Dexie.delete('bench-raw')
  const database = await new Promise<IDBDatabase>((opened, failed) => {
    const request = indexedDB.open('bench-raw', 1)
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('rows', { keyPath: 'id' })
      for (const index of INDEXES) store.createIndex(index, index)
    }
    request.onsuccess = () => opened(request.result)
    request.onerror = () => failed(request.error)
  })
  const began = performance.now()
  for (let at = 0; at < rows.length; at += BATCH) {
    await new Promise<void>((done, failed) => {
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
      const store = transaction.objectStore('rows')
      for (const row of rows.slice(at, at + BATCH)) store.put(row)
      transaction.oncomplete = () => done()
      transaction.onerror = () => failed(transaction.error)
    })
  }
  const ms = performance.now() - began
  database.close()
  await Dexie.delete('bench-raw')
  return ms
}

async function dexieRows(rows: readonly SampleRow[]): Promise<number> {
  await Dexie.delete('bench-dexie')
  const dexie = new Dexie('bench-dexie', { chromeTransactionDurability: 'strict' })
  dexie.version(1).stores({ rows: `id,${INDEXES.join(',')}` })
  await dexie.open()
  const began = performance.now()
  for (let at = 0; at < rows.length; at += BATCH) await dexie.table('rows').bulkPut(rows.slice(at, at + BATCH))
  const ms = performance.now() - began
  dexie.close()
  await Dexie.delete('bench-dexie')
  return ms
}

async function run(task: Task): Promise<unknown> {
  if (task.task === 'load') return load(task)
  if (task.task === 'sample') return sample(task)
  return task.task === 'raw-rows' ? rawRows(task.rows) : dexieRows(task.rows)
}

self.addEventListener('message', (event: MessageEvent<Task>) => {
  run(event.data).then(
    (result) => self.postMessage({ result }),
    (error: unknown) => self.postMessage({ error: String(error) }),
  )
})
