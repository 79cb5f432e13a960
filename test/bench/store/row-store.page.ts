// A store that keeps one record a row with three indexes, as an engine of the bench. Rows come over the loopback and are
// parsed while the clock stands: only the writing is measured, in the row stores' favour.
import type { Answer, Engine } from './engine.page.ts'
import { peopleKey, type StoreRow } from './row.ts'

export const INDEXES = ['person', 'household', 'village'] as const
export type Index = (typeof INDEXES)[number]
/** Rows a transaction: more gain nothing and take memory. */
const BATCH = 10_000

export interface RowStore {
  /** Declares the three indexes; opens what is there already as well. */
  open(): Promise<void>
  /** By the library's best bulk interface, in one transaction where it has one. */
  add(rows: StoreRow[]): Promise<void>
  find(index: Index, key: number): Promise<StoreRow[]>
  /** The same rows with other amounts. */
  change(rows: StoreRow[]): Promise<void>
  close(): Promise<void>
}

export async function rowEngine(store: RowStore): Promise<Engine> {
  await store.open()
  return {
    load: () => loadAll(store),
    async ask(question) {
      const key = question.what === 'village' ? question.at : peopleKey(question.at, question.number)
      return answerOf(await store.find(question.what, key))
    },
    async change(number) {
      const rows = await json<StoreRow[]>(`/changed/${number}`)
      return timed(async () => {
        for (const batch of batchesOf(rows)) await store.change(batch)
      })
    },
    close: () => store.close(),
  }
}

async function loadAll(store: RowStore): Promise<number> {
  let ms = 0
  let waiting: StoreRow[] = []
  const villages = await json<string[]>('/villages')
  for (const village of villages) {
    waiting.push(...(await json<StoreRow[]>(`/rows/${village}`)))
    while (waiting.length >= BATCH) {
      const batch = waiting.slice(0, BATCH)
      waiting = waiting.slice(BATCH)
      ms += await timed(() => store.add(batch))
    }
  }
  return ms + (await timed(() => store.add(waiting)))
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function batchesOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) => rows.slice(at * BATCH, (at + 1) * BATCH))
}

export function answerOf(rows: readonly { amount: number }[]): Answer {
  return { rows: rows.length, fen: rows.reduce((sum, { amount }) => sum + amount, 0) }
}

export async function json<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`Expected ${path}, got ${response.status}`)
  return response.json() as Promise<T>
}
