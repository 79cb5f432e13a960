// The benchmark's page: starts the worker's tasks, and reads as screens do. Driven by load.ts through `window.bench`.
import Dexie from 'dexie'
import { bitsOf } from '../../sync/core/bitmap.ts'
import type { OpenReader } from '../../sync/store/interface.ts'
import { openReader } from '../../sync/store/reader.ts'
import type { LoadResult, SampleRow, Task } from './load-work.page.ts'

const DATABASE = 'bench'

function inWorker<T>(task: Task): Promise<T> {
  const worker = new Worker(new URL('./load-work.page.ts', import.meta.url), { type: 'module' })
  return new Promise((done, failed) => {
    worker.addEventListener('error', (event) => failed(new Error(event.message)))
    worker.addEventListener('message', (event: MessageEvent<{ result: T } | { error: string }>) => {
      worker.terminate()
      if ('error' in event.data) failed(new Error(event.data.error))
      else done(event.data.result)
    })
    worker.postMessage(task)
  })
}

async function recordOf(number: number): Promise<never> {
  const response = await fetch(`/record/${number}`)
  return response.json() as Promise<never>
}

/** Loads a release; the first one into an empty store. */
async function load(number: number, own: string, isCold: boolean): Promise<LoadResult> {
  if (isCold) await Dexie.delete(DATABASE)
  return inWorker<LoadResult>({ task: 'load', database: DATABASE, record: await recordOf(number), own })
}

/** ms a row of both row stores on the same sample. */
async function rowStores(rows: number): Promise<{ raw: number; dexie: number; rows: number }> {
  const sample = await inWorker<SampleRow[]>({ task: 'sample', database: DATABASE, rows })
  const raw = await inWorker<number>({ task: 'raw-rows', rows: sample })
  const dexie = await inWorker<number>({ task: 'dexie-rows', rows: sample })
  return { raw: raw / sample.length, dexie: dexie / sample.length, rows: sample.length }
}

export interface Lookups {
  household: number[]
  village: number[]
  villageRows: number[]
}

/** Everything one household received: the registry and the blocks that its bitmaps name. */
async function household(reader: OpenReader, village: string, head: number): Promise<number> {
  const node = await reader.village('funds', village.slice(0, 9), village)
  if (node === null) return 0
  const members = (await reader.rows(node, 'people')).filter((person) => person.household === head)
  const payments = node.blocks.flatMap((leaf, at) => (leaf[0] === 'payments' ? [at] : []))
  const wanted = new Set(members.flatMap((person) => bitsOf(person.blocks)))
  const rows = await reader.rowsAt(
    node,
    'payments',
    payments.filter((_leaf, bit) => wanted.has(bit)),
  )
  const numbers = new Set(members.map((person) => person.number))
  return rows.filter((row) => numbers.has(row.person)).length
}

/** All payments of a village. */
async function villageList(reader: OpenReader, village: string): Promise<number> {
  const node = await reader.village('funds', village.slice(0, 9), village)
  return node === null ? 0 : (await reader.rows(node, 'payments')).length
}

/** `rounds` over the villages; what is read again within one round comes out of the reader's memory. */
async function lookups(villages: readonly string[], again: boolean): Promise<Lookups> {
  const found: Lookups = { household: [], village: [], villageRows: [] }
  for (const what of ['household', 'village'] as const) {
    const reader = await openReader({ database: DATABASE })
    if (reader === null) throw new Error('Expected a release')
    for (const village of villages) {
      for (const isMeasured of again ? [false, true] : [true]) {
        const began = performance.now()
        const rows = what === 'household' ? await household(reader, village, 7) : await villageList(reader, village)
        if (!isMeasured) continue
        found[what].push(performance.now() - began)
        if (what === 'village') found.villageRows.push(rows)
      }
    }
    reader.close()
  }
  return found
}

async function disk(): Promise<number> {
  const { usage = 0 } = await navigator.storage.estimate()
  return usage
}

Object.assign(window, { bench: { load, rowStores, lookups, disk } })
