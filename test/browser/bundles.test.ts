// A village's blocks lie in one record. Where they come with several releases, are mended or move, a reader, the scrub and
// the next load find them all the same.
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { MOST_BUNDLE_BYTES } from '../../sync/store/bundles.ts'
import type { BlockStore, OpenReader } from '../../sync/store/interface.ts'
import { openReader } from '../../sync/store/reader.ts'
import { drawsOf } from '../core/draws.ts'
import { countyBlock, paymentsBlock, type TinyBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { contents, inDatabase, replaceBlock, storedHashes } from './stored.ts'

const TOWN = '431225100'
const VILLAGE = '431225100201'
const OTHER = '431225100202'
const ended: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})
const atOnce = async (): Promise<void> => undefined

async function store(): Promise<{ name: string; store: BlockStore }> {
  const name = `bundles-${crypto.randomUUID()}`
  const opened = await openBlockStore(name)
  ended.push(
    () => Dexie.delete(name),
    () => opened.close(),
  )
  return { name, store: opened }
}
async function reader(name: string): Promise<OpenReader> {
  const opened = await openReader({ database: name, mendMs: 50 })
  if (opened === null) throw new Error('Expected a release to be shown')
  ended.push(() => opened.close())
  return opened
}
async function amounts(from: OpenReader, village = VILLAGE): Promise<number[]> {
  const node = await from.village('funds', TOWN, village)
  return node === null ? [] : (await from.rows(node, 'payments')).map(({ amount }) => amount)
}
/** Months of a village, one payment each. */
function months(village: string, ...of: number[]): TinyBlock[] {
  return of.map((amount, at) => paymentsBlock(village, [amount], `2026-0${at + 1}`))
}
/** Stores what `before` doesn't have, as a patch does, and shows it. */
async function take(to: BlockStore, release: TinyRelease, before?: TinyRelease): Promise<TinyRelease> {
  const fresh = [...release.blocks].filter(([hash]) => before === undefined || !before.blocks.has(hash))
  await to.putParts(release.heads.map((head, at) => ({ head, blocks: at === 0 ? fresh : [] })))
  await to.switchTo(release.record, Object.keys(release.record.packs))
  return release
}
function records(name: string, table: 'bundles' | 'blocks'): Promise<unknown[]> {
  return inDatabase(name, (dexie) => dexie.table(table).toArray())
}

test('a village that changes month by month is read out of several bundles, and tidied into one', async () => {
  const { name, store: to } = await store()
  const county = countyBlock('会同县')
  let last = await take(to, await tinyRelease(1, [county, ...months(VILLAGE, 1, 2, 3), ...months(OTHER, 7)]))
  for (const [at, changed] of [months(VILLAGE, 1, 2, 4), months(VILLAGE, 1, 5, 4)].entries())
    last = await take(to, await tinyRelease(at + 2, [county, ...changed, ...months(OTHER, 7)]), last)
  const early = await reader(name)
  expect(await amounts(early)).toEqual([1, 5, 4])
  expect(await records(name, 'bundles')).toHaveLength(4)
  await to.markScrubbed()
  await to.clean(atOnce, null)
  expect(await records(name, 'bundles')).toHaveLength(2)
  expect(await storedHashes(name)).toEqual([...last.blocks.keys()].sort())
  // A reader from before the tidying finds what has moved.
  expect(await amounts(early, OTHER)).toEqual([7])
  expect(await amounts(await reader(name))).toEqual([1, 5, 4])
  expect((await to.clean(atOnce, null)).removed).toBe(0)
})

test('a reader that has read a village’s place but not its blocks finds them where tidying has put them', async () => {
  const { name, store: to } = await store()
  const first = await take(to, await tinyRelease(1, [countyBlock('会同县'), ...months(VILLAGE, 1, 2)]))
  await take(to, await tinyRelease(2, [countyBlock('会同县'), ...months(VILLAGE, 1, 3)]), first)
  const early = await reader(name)
  const node = await early.village('funds', TOWN, VILLAGE)
  if (node === null) throw new Error('Expected the village')
  expect(await early.rows(node, 'payments', '2026-02')).toHaveLength(1)
  await to.markScrubbed()
  await to.clean(atOnce, null)
  expect((await early.rows(node, 'payments', '2026-01')).map(({ amount }) => amount)).toEqual([1])
})

test('tidying waits while two releases are in use, and leaves a village with a damaged block alone', async () => {
  const { name, store: to } = await store()
  const first = await take(to, await tinyRelease(1, [countyBlock('会同县'), ...months(VILLAGE, 1, 2)]))
  const second = await take(to, await tinyRelease(2, [countyBlock('会同县'), ...months(VILLAGE, 1, 3)]), first)
  await to.clean(atOnce, null)
  expect(await records(name, 'bundles')).toHaveLength(2)
  const [kept = ''] = [...second.blocks.keys()].filter(
    (hash) => first.blocks.has(hash) && hash !== [...first.blocks.keys()][0],
  )
  await replaceBlock(name, kept, new Uint8Array([1]))
  await to.markScrubbed()
  await to.clean(atOnce, null)
  expect(await records(name, 'bundles')).toHaveLength(2)
  const { damaged } = await to.scrub(atOnce, new AbortController().signal)
  expect(damaged.map(({ hash }) => hash)).toEqual([kept])
  await to.putBlocks([[kept, second.blocks.get(kept) ?? new Uint8Array()]])
  expect(await amounts(await reader(name))).toEqual([1, 3])
  await to.clean(atOnce, null)
  expect(await records(name, 'bundles')).toHaveLength(1)
  expect(await records(name, 'blocks')).toHaveLength(1)
})

test('the same block in two villages lies with both; one that moves to another village is found there', async () => {
  const { name, store: to } = await store()
  const county = countyBlock('会同县')
  const first = await take(to, await tinyRelease(1, [county, ...months(VILLAGE, 1, 2), ...months(OTHER, 1)]))
  expect(await amounts(await reader(name))).toEqual([1, 2])
  expect(await amounts(await reader(name), OTHER)).toEqual([1])
  await to.clean(atOnce, null)
  expect((await to.clean(atOnce, null)).removed).toBe(0)
  expect([await amounts(await reader(name)), await amounts(await reader(name), OTHER)]).toEqual([[1, 2], [1]])
  const second = await take(to, await tinyRelease(2, [county, ...months(VILLAGE, 1), ...months(OTHER, 1, 2)]), first)
  const now = await reader(name)
  expect([await amounts(now), await amounts(now, OTHER)]).toEqual([[1], [1, 2]])
  now.close()
  await to.markScrubbed()
  await to.clean(atOnce, null)
  const later = await reader(name)
  expect([await amounts(later), await amounts(later, OTHER)]).toEqual([[1], [1, 2]])
  expect(await storedHashes(name)).toEqual([...second.blocks.keys()].sort())
  expect((await to.clean(atOnce, null)).removed).toBe(0)
})

/** One member of a village's registry. */
function peopleBlock(village: string, name: string): TinyBlock<'people'> {
  const whole = { group: '', kind: '人' as const, household: 1, relation: '户主', blocks: '1' }
  const rows = [{ number: 1, name, ...whole }]
  return { dataset: 'funds', part: TOWN, village, kind: 'people', period: '', rows }
}

test('people lie apart from all else, so that a name is looked for among people alone; the same block twice lies once', async () => {
  const { name, store: to } = await store()
  const county = countyBlock('会同县')
  const first = await take(
    to,
    await tinyRelease(1, [county, ...months(VILLAGE, 1, 1, 2), peopleBlock(VILLAGE, '杨*明')]),
  )
  const lying = async () =>
    ((await records(name, 'bundles')) as { blocks: unknown[] }[]).map(({ blocks }) => blocks.length).sort()
  expect(await lying()).toEqual([1, 2])
  const early = await reader(name)
  expect(await amounts(early)).toEqual([1, 1, 2])
  early.close()
  await to.clean(atOnce, null)
  expect((await to.clean(atOnce, null)).removed).toBe(0)
  expect(await lying()).toEqual([1, 2])
  await take(to, await tinyRelease(2, [county, ...months(VILLAGE, 1, 1, 3), peopleBlock(VILLAGE, '杨*生')]), first)
  await to.markScrubbed()
  await to.clean(atOnce, null)
  expect(await lying()).toEqual([1, 2])
  expect(await amounts(await reader(name))).toEqual([1, 1, 3])
})

test('a village over the limit is cut into several bundles, and stays so', async () => {
  const { name, store: to } = await store()
  const draw = drawsOf(1)
  const amountsOf = (): number[] => Array.from({ length: 1_000 }, () => Math.floor(draw() * 10_000_000))
  const blocks = Array.from({ length: 60 }, (_, at) => paymentsBlock(VILLAGE, amountsOf(), String(1_950 + at)))
  const release = await take(to, await tinyRelease(1, [countyBlock('会同县'), ...blocks]))
  const bundles = (await records(name, 'bundles')) as { bytes: Uint8Array }[]
  expect(bundles.length).toBeGreaterThan(1)
  for (const { bytes } of bundles) expect(bytes.length).toBeLessThanOrEqual(MOST_BUNDLE_BYTES)
  const before = await contents(name)
  await to.clean(atOnce, null)
  expect(await records(name, 'bundles')).toEqual(bundles)
  expect(await contents(name)).toEqual(before)
  expect((await amounts(await reader(name))).length).toBe(60_000)
  expect(await storedHashes(name)).toEqual([...release.blocks.keys()].sort())
})
