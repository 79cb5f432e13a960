// The benchmark's page: starts the worker's tasks, and reads as screens do. Driven by load.ts through `window.bench`.
import Dexie from 'dexie'
import { createCountyData } from '../../renderer/data/create.ts'
import { bitsOf } from '../../sync/core/bitmap.ts'
import type { OpenReader } from '../../sync/store/interface.ts'
import { openReader } from '../../sync/store/reader.ts'
import type { LoadResult, Task } from './load-work.page.ts'
import type { Peer, SampleRow } from './peers.page.ts'

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

/** Loads a release; into an empty store where it is cold. */
async function load(number: number, own: string, isCold: boolean, line: 'dist' | 'slow'): Promise<LoadResult> {
  if (isCold) await Dexie.delete(DATABASE)
  return inWorker<LoadResult>({ task: 'load', database: DATABASE, record: await recordOf(number), own, line })
}

export interface PeerResult {
  rows: number
  /** ms a row. */
  peers: Record<Peer, number>
}

/** Each other store on the same sample, one after the other. */
async function peers(rows: number): Promise<PeerResult> {
  const sample = await inWorker<SampleRow[]>({ task: 'sample', database: DATABASE, rows })
  const found: Record<Peer, number> = { raw: 0, dexie: 0, pouch: 0, rxdb: 0 }
  for (const peer of ['raw', 'dexie', 'pouch', 'rxdb'] as const)
    found[peer] = (await inWorker<number>({ task: 'rows', peer, rows: sample })) / sample.length
  return { rows: sample.length, peers: found }
}

export const LOOKUPS = ['household', 'person', 'village'] as const
export interface Lookups {
  ms: Record<(typeof LOOKUPS)[number], number[]>
  villageRows: number[]
}

/** Everything that some people of a village received: the registry and the blocks that their bitmaps name. */
async function received(reader: OpenReader, village: string, of: 'household' | 'person'): Promise<number> {
  const node = await reader.village('funds', village.slice(0, 9), village)
  if (node === null) return 0
  const people = await reader.rows(node, 'people')
  const members = people.filter((person) => (of === 'person' ? person.number === 7 : person.household === 7))
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

/** One question after the other; asked `again`, what comes out of the reader's memory is measured. */
async function lookups(villages: readonly string[], again: boolean): Promise<Lookups> {
  const found: Lookups = { ms: { household: [], person: [], village: [] }, villageRows: [] }
  for (const what of LOOKUPS) {
    const reader = await openReader({ database: DATABASE })
    if (reader === null) throw new Error('Expected a release')
    for (const village of villages) {
      for (const isMeasured of again ? [false, true] : [true]) {
        const began = performance.now()
        const rows = await (what === 'village' ? villageList(reader, village) : received(reader, village, what))
        if (!isMeasured) continue
        found.ms[what].push(performance.now() - began)
        if (what === 'village') found.villageRows.push(rows)
      }
    }
    reader.close()
  }
  return found
}

export interface NameResult {
  ms: number[]
  villages: number[]
}

/** A name over the whole county, by the read side that the screens use; each out of a reader's empty memory. */
async function names(wanted: readonly string[]): Promise<NameResult> {
  const found: NameResult = { ms: [], villages: [] }
  for (const name of wanted) {
    const reader = await openReader({ database: DATABASE })
    if (reader === null) throw new Error('Expected a release')
    const data = createCountyData(reader)
    const began = performance.now()
    const answer = await data.findName(name)
    found.ms.push(performance.now() - began)
    found.villages.push(answer.state === 'here' ? answer.value.length : 0)
    reader.close()
  }
  return found
}

async function disk(): Promise<number> {
  const { usage = 0 } = await navigator.storage.estimate()
  return usage
}

Object.assign(window, { bench: { load, peers, lookups, names, disk } })
