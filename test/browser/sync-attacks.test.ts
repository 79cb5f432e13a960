// Attacks that only the page’s own side can meet: a delta for another release than the one that is shown, and a disk that
// Chromium lets nobody write to any more. The old release stays, whole, until the new one is.
// Gives the session of `cdp` the provider's own types.
import type {} from '@vitest/browser-playwright'
import Dexie from 'dexie'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { cdp } from 'vitest/browser'
import { paths } from '../../sync/contract/release.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, paymentsBlock, type TinyBlock, tinyRelease } from './store-release.ts'
import { fakeHost, type Running, runEngine, settledOn } from './sync-fake-host.ts'

/** A disk is filled: twenty seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

const VILLAGES = Array.from({ length: 120 }, (_, n) => `431225101${201 + n}`)
let name = ''
let running: Running | null = null
/** Bytes that this origin may use in all; Chromium's own limit where none is given. */
async function limitQuota(quotaSize?: number): Promise<void> {
  const limit = quotaSize === undefined ? {} : { quotaSize }
  await cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...limit })
}
afterEach(async () => {
  await limitQuota()
  running?.stop()
  await Dexie.delete(name)
})

/** One township of so many villages; `seed` changes the amounts of the village numbered `at`. */
function county(seed: number, at = 0, villages = 4, rows = 200): TinyBlock[] {
  const amounts = (village: number): number[] =>
    Array.from({ length: rows }, (_, row) => spread(row * 131 + village) + (village === at ? seed : 0))
  return [countyBlock('会同县'), ...VILLAGES.slice(0, villages).map((village, n) => paymentsBlock(village, amounts(n)))]
}

/** Numbers of 24 bits that don't pack well. */
function spread(n: number): number {
  const mixed = Math.imul(n ^ (n >>> 15), 2_246_822_519) ^ (n << 7)
  return Math.imul(mixed ^ (mixed >>> 13), 3_266_489_917) >>> 8
}

/** Number and all amounts of what a villager can read now. */
async function shown(): Promise<string> {
  const reader = await openReader({ database: name, mendMs: 50 })
  if (reader === null) return 'nothing'
  try {
    const rows: unknown[] = []
    for (const village of VILLAGES) {
      const node = await reader.village('funds', '431225101', village)
      if (node !== null) rows.push((await reader.rows(node, 'payments')).map(({ amount }) => amount))
    }
    return canonicalJson([reader.record.number, rows])
  } finally {
    reader.close()
  }
}
function amountsOf(number: number, source: readonly TinyBlock[]): string {
  const villages = source.filter(({ kind }) => kind === 'payments')
  const rows = villages.map((block) => block.rows.map((row) => ('amount' in row ? row.amount : null)))
  return canonicalJson([number, rows])
}

describe('the page', () => {
  test('without room on the disk says E-QUOTA, keeps the old release whole, and goes on when there is room', async () => {
    name = `attacks-${crypto.randomUUID()}`
    const host = fakeHost()
    const { usage = 0 } = await navigator.storage.estimate()
    await limitQuota(usage + 200_000)
    host.publish(await tinyRelease(1, county(0)))
    running = runEngine(host, name)
    await running.until(settledOn(1))
    // Chromium remembers for up to 30 s how much room there was before: releases go on until one has none.
    let number = 1
    const failed = (): boolean => running?.engine.status().lastFailure !== null
    while (!failed()) {
      number += 1
      host.publish(await tinyRelease(number, county(number, 0, 120, 1_000)))
      running.engine.tell({ type: 'sync-now' })
      await running.until((status) => failed() || settledOn(number)(status))
    }
    const refusal = { code: 'E-QUOTA', message: expect.stringMatching(/free some space/) }
    expect(running.engine.status().lastFailure).toMatchObject(refusal)
    const before = number === 2 ? county(0) : county(number - 1, 0, 120, 1_000)
    expect(await shown()).toBe(amountsOf(number - 1, before))
    await limitQuota()
    running.engine.tell({ type: 'sync-now' })
    await running.until(settledOn(number))
    expect(await shown()).toBe(amountsOf(number, county(number, 0, 120, 1_000)))
  }, 90_000)

  test('takes no harm from a delta for another base: what it lacks is fetched by the tree', async () => {
    name = `attacks-${crypto.randomUUID()}`
    const host = fakeHost()
    const [ours, theirs] = [await tinyRelease(1, county(0)), await tinyRelease(1, county(7, 2))]
    host.publish(ours)
    running = runEngine(host, name)
    await running.until(settledOn(1))
    // From our release two villages changed, from theirs only one: their delta lacks a block that we need.
    const source = county(7, 2).map((block, n) => (n === 1 ? (county(9)[1] ?? block) : block))
    const [newest, foreign] = [await tinyRelease(2, source, [ours]), await tinyRelease(2, source, [theirs])]
    const [right, wrong] = [ours, theirs].map(({ record }) => paths.delta(newest.record.root, record.root))
    newest.files.set(right ?? '', foreign.files.get(wrong ?? '') ?? new Uint8Array())
    const [delta] = newest.record.deltas
    const [other] = foreign.record.deltas
    if (delta !== undefined && other !== undefined) Object.assign(delta, { wire: other.wire, raw: other.raw })
    host.asked.length = 0
    host.publish(newest)
    running.engine.tell({ type: 'sync-now' })
    await running.until(settledOn(2))
    expect(host.asked[0]).toBe(right)
    expect(host.asked.length).toBeGreaterThan(1)
    expect(await shown()).toBe(amountsOf(2, source))
  })
})
