// P1: whatever moment the power goes, a terminal shows exactly one release, whole. Workers are killed, transactions
// aborted and blocks harmed at random; what a reader then gives is held against the rows that were published.
import Dexie from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import type { PlaceCode } from '../../sync/contract/rows.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { openReader } from '../../sync/store/reader.ts'
import { drawsOf } from '../core/draws.ts'
import { blocksOf, type County, changed, startCounty } from './random-county.ts'
import { type TinyRelease, tinyRelease } from './store-release.ts'
import { loadAll, type VictimTask } from './store-victim.ts'
import { replaceBlock, contents as storedContents, storedHashes } from './stored.ts'
import { fakeHost, OWN, runEngine } from './sync-fake-host.ts'
import { withPatches } from './tiny-patch.ts'

const names: string[] = []
function freshName(): string {
  const name = `crash-${crypto.randomUUID()}`
  names.push(name)
  return name
}
afterEach(async () => {
  for (const name of names.splice(0)) await Dexie.delete(name)
})

function rowsOf(county: County, parts: ReadonlySet<PlaceCode>): string {
  const found = [...county].filter(([village]) => parts.has(village.slice(0, 9)))
  return canonicalJson(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}
interface Published {
  release: TinyRelease
  county: County
}
/** What stands on screen, held against what was published under its number. Returns that number; 0 for nothing. */
async function shownWhole(database: string, published: readonly Published[], partial: boolean): Promise<number> {
  const reader = await openReader({ database, mendMs: 10 })
  if (reader === null) return 0
  try {
    const number = reader.record.number
    const origin = published.find(({ release }) => release.record.number === number)
    if (origin === undefined) throw new Error(`Expected a published release, got ${number}`)
    if (!partial) expect([...reader.parts].sort()).toEqual(Object.keys(origin.release.record.packs).sort())
    const rows: County = new Map()
    for (const village of published.flatMap(({ county }) => [...county.keys()])) {
      const node = await reader.village('funds', village.slice(0, 9), village)
      if (node !== null)
        rows.set(
          village,
          (await reader.rows(node, 'payments')).map((row) => row.amount),
        )
    }
    expect(rowsOf(rows, reader.parts)).toBe(rowsOf(origin.county, reader.parts))
    return number
  } finally {
    reader.close()
  }
}
/** `way`: what brings it from the two before it; every other time a row patch where not said. */
async function publish(
  number: number,
  county: County,
  earlier: readonly Published[],
  way: 'patch' | 'delta' = number % 2 === 0 ? 'patch' : 'delta',
): Promise<Published> {
  const from = earlier.slice(-2).map(({ release }) => release)
  const release = await tinyRelease(number, blocksOf(county, number), from)
  return { release: way === 'patch' ? await withPatches(release, from) : release, county }
}

/** Runs the worker and kills it after `ms`; true when it had finished. */
function killedAfter(task: VictimTask, ms: number): Promise<boolean> {
  const worker = new Worker(new URL('./store-victim.ts', import.meta.url), { type: 'module' })
  return new Promise((ended) => {
    const end = (finished: boolean): void => {
      worker.terminate()
      ended(finished)
    }
    worker.addEventListener('message', () => end(true))
    worker.postMessage(task)
    setTimeout(() => end(false), ms)
  })
}

describe('a release', () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  test(`is whole whenever the worker that loads it is killed (seed ${seed})`, { timeout: 60_000 }, async () => {
    const random = drawsOf(seed)
    const database = freshName()
    const published: Published[] = []
    let county = startCounty(random)
    let kills = 0
    let lowest = 0
    const began = performance.now()
    for (let number = 1; number <= 6; number += 1) {
      const next = await publish(number, county, published)
      published.push(next)
      const task = { database, release: next.release, own: OWN }
      // Workers take a while to start: from just before its first write to after its last.
      for (let tries = 0; tries < 5; tries += 1) {
        if (await killedAfter(task, 40 + random() * 160)) break
        kills += 1
        const shown = await shownWhole(database, published, number === 1)
        expect(shown).toBeGreaterThanOrEqual(lowest)
        lowest = shown
      }
      await killedAfter(task, 20_000)
      expect(await shownWhole(database, published, false)).toBe(number)
      lowest = number
      county = changed(county, random)
    }
    expect(kills, `kills in ${performance.now() - began} ms`).toBeGreaterThan(3)
  })

  test.each(['delta', 'patch'] as const)(
    'by %s is whole whichever write to the disk is the last one, and the next start finishes the load',
    async (way) => {
      const random = drawsOf(7)
      const one = await publish(1, startCounty(random), [])
      const two = await publish(2, changed(one.county, random), [one], way)
      let failedAt = 0
      for (let allowed = 0; ; allowed += 1) {
        const database = freshName()
        await loadAll({ database, release: one.release, own: OWN })
        const failed = await withWrites(allowed, () => loadAll({ database, release: two.release, own: OWN }))
        const number = await shownWhole(database, [one, two], false)
        expect([1, 2]).toContain(number)
        await loadAll({ database, release: two.release, own: OWN })
        expect(await shownWhole(database, [one, two], false)).toBe(2)
        if (!failed) break
        failedAt = allowed
      }
      expect(failedAt).toBeGreaterThan(10)
    },
  )
})

/** Lets so many writes pass, then aborts every transaction that writes. Returns whether the work failed. */
async function withWrites(allowed: number, work: () => Promise<void>): Promise<boolean> {
  const methods = ['put', 'add', 'delete'] as const
  const plain = methods.map((method) => [method, IDBObjectStore.prototype[method]] as const)
  let left = allowed
  for (const [method, original] of plain) {
    Reflect.set(IDBObjectStore.prototype, method, function cut(this: IDBObjectStore, ...given: unknown[]) {
      left -= 1
      const request: unknown = Reflect.apply(original, this, given)
      if (left < 0) this.transaction.abort()
      return request
    })
  }
  try {
    await work()
    return false
  } catch {
    return true
  } finally {
    for (const [method, original] of plain) Reflect.set(IDBObjectStore.prototype, method, original)
  }
}

describe('a random history', () => {
  const fresh = Math.floor(Math.random() * 2 ** 31)
  // Seeds that once failed stand before the fresh one.
  test.each([1, 20_261_124, 1_923_399_758, 898_325_729, fresh])(
    'gives what a fresh terminal would load (seed %i)',
    { timeout: 60_000 },
    async (seed) => {
      const random = drawsOf(seed)
      const [database, host] = [freshName(), fakeHost()]
      const published: Published[] = []
      let county = startCounty(random)
      let running = runEngine(host, database)
      for (let number = 1; number <= 7; number += 1) {
        const next = await publish(number, county, random() < 0.7 ? published : [])
        published.push(next)
        host.publish(next.release)
        if (random() < 0.3) await harm(database, random)
        running.engine.tell({ type: 'sync-now' })
        if (random() < 0.3) {
          await new Promise((done) => setTimeout(done, random() * 40))
          running.stop()
          await shownWhole(database, published, true).catch(damagedOnly)
          running = runEngine(host, database)
          await running.until(({ phase }) => phase !== 'starting')
          running.engine.tell({ type: 'sync-now' })
        }
        if (random() < 0.8) await settled(running, number)
        county = changed(county, random)
      }
      await settled(running, published.length)
      // Pictures come before the scrub: until it has begun, what is told of is the one before.
      const { scrub: before } = running.engine.status()
      running.engine.tell({ type: 'scrub-now' })
      await running.until(
        ({ phase, scrub }) => phase === 'waiting' && scrub !== before && scrub?.damaged === 0,
        `a clean scrub, seed ${seed}`,
      )
      expect(await shownWhole(database, published, false)).toBe(published.length)
      const rebuilt = freshName()
      await loadAll({ database: rebuilt, release: published.at(-1)?.release ?? fail(), own: OWN })
      await expect.poll(() => contents(database)).toEqual(await contents(rebuilt))
      running.stop()
    },
  )
})

function fail(): never {
  throw new Error('Expected a release')
}
/** Waits for a release, asking again where a load was cut short. */
async function settled(running: ReturnType<typeof runEngine>, number: number): Promise<void> {
  const done = running.until(
    (status) => status.shown?.number === number && status.loading === null,
    `release ${number}`,
  )
  const again = setInterval(() => running.engine.tell({ type: 'sync-now' }), 500)
  try {
    await done
  } finally {
    clearInterval(again)
  }
}
function damagedOnly(error: unknown): void {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'E-DAMAGED') throw error
}
/** One stored block becomes garbage. */
async function harm(database: string, random: () => number): Promise<void> {
  const hashes = await storedHashes(database).catch(() => [])
  const hash = hashes[Math.floor(random() * hashes.length)]
  if (hash !== undefined) await replaceBlock(database, hash, new Uint8Array([0]))
}
/** All that a database holds, without the pointer. */
async function contents(database: string): Promise<unknown> {
  return { ...(await storedContents(database)), 'meta pointer': null }
}
