// Our side of a slow line: a load that is tried again after each cut, as the engine's chart does, with what is stored
// already left alone.
import Dexie from 'dexie'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import { offer } from '../store/engine.page.ts'
import { DATABASE, load } from '../store/our-load.page.ts'
import { json } from '../store/row-store.page.ts'

/** The chart waits longer and longer after failures; a line that is back at once is asked at once. */
const AGAIN_MS = 1_000
const MOST_TRIES = 500

export interface Arrived {
  /** From the first byte until the own township could be used; 0 for a later release. */
  ownMs: number
  tries: number
}

async function arrived(record: ReleaseRecord): Promise<Arrived & { ms: number }> {
  const began = performance.now()
  let ownMs = 0
  for (let tries = 1; ; tries += 1) {
    try {
      const part = await load(record, (ms) => {
        ownMs ||= ms - began
      })
      return { ms: performance.now() - began, ownMs: tries === 1 ? part.ownMs : ownMs, tries }
    } catch (error) {
      if (tries === MOST_TRIES) throw error
      await new Promise((again) => setTimeout(again, AGAIN_MS))
    }
  }
}

offer(async () => {
  // Before the line is slowed: the record is one of TUF's five requests, which the host makes.
  const records = await json<ReleaseRecord[]>('/records')
  let last: Arrived = { ownMs: 0, tries: 0 }
  const go = async (number: number): Promise<number> => {
    const record = records.find((each) => each.number === number)
    if (record === undefined) throw new Error(`Expected release ${number} to be published, it is not`)
    const { ms, ...rest } = await arrived(record)
    last = rest
    return ms
  }
  return {
    async load() {
      await Dexie.delete(DATABASE)
      return go(1)
    },
    change: go,
    ask: () => Promise.reject(new Error('Expected a store to be asked, this one only loads')),
    more: async () => last,
    close: async () => undefined,
  }
})
