// A line that is cut after every byte: each file that the worker fetches ends early after its first byte, its second one
// and so on to the last but one, before it comes whole. What is stored is never asked for again, and in the end the store
// is, byte by byte, a fresh terminal's. (Record and metadata, which only the host reads: electron/host/network.test.ts.)
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { SunhallError } from '../../sync/contract/errors.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { drawsOf } from '../core/draws.ts'
import { blocksOf, type County } from './random-county.ts'
import { freshContents, toRest } from './rest.ts'
import { countyBlock, paymentsBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { contents } from './stored.ts'
import { type FakeHost, fakeHost, type Running, runEngine, settledOn } from './sync-fake-host.ts'
import { withPatches } from './tiny-patch.ts'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

type Way = 'patch' | 'delta' | 'tree and packs' | 'tree and blocks'

function amountsOf(seed: number): number[] {
  const draw = drawsOf(seed)
  return Array.from({ length: 6 }, () => Math.floor(draw() * 1e6))
}

/** Two townships; of the later release one village's amounts are others, and the sums that follow from them. */
async function twoReleases(way: Way): Promise<[TinyRelease, TinyRelease]> {
  if (way === 'tree and blocks') return oneBlock()
  const county: County = new Map([
    ['431225100201', amountsOf(1)],
    ['431225101201', amountsOf(2)],
  ])
  const first = await tinyRelease(1, blocksOf(county, 1))
  const next = blocksOf(new Map([...county, ['431225101201', amountsOf(3)]]), 2)
  const second = await tinyRelease(2, next, way === 'tree and packs' ? [] : [first])
  return [first, way === 'patch' ? await withPatches(second, [first]) : second]
}

/** One of four villages changes alone: its block is less than its township's pack. */
async function oneBlock(): Promise<[TinyRelease, TinyRelease]> {
  const blocks = (last: number) =>
    [1, 2, 3, last].map((seed, at) => paymentsBlock(`43122510120${at + 1}`, amountsOf(seed)))
  const county = countyBlock('会同县')
  return [await tinyRelease(1, [county, ...blocks(4)]), await tinyRelease(2, [county, ...blocks(5)])]
}

/** Tries of a load, of which each is cut one byte later than the one before. */
interface Tries {
  /** How often each file came whole, and how many cuts there were of each. */
  whole: Map<string, number>
  cuts: Map<string, number>
}

/**
 * Loads a release over a line that is cut. After a cut nothing else is served in the same try, so that each try meets one
 * cut; `again` begins the next one once the engine waits.
 */
async function loadCut(host: FakeHost, running: Running, { record }: TinyRelease): Promise<Tries> {
  const tries: Tries = { whole: new Map(), cuts: new Map() }
  let isCut = false
  host.fault = (path, wire) => {
    if (isCut) throw new SunhallError('E-OFFLINE', 'Expected the office, the line is cut')
    const done = tries.cuts.get(path) ?? 0
    if (done === wire.length) {
      tries.whole.set(path, (tries.whole.get(path) ?? 0) + 1)
      return wire
    }
    isCut = true
    tries.cuts.set(path, done + 1)
    return wire.slice(0, done)
  }
  try {
    for (let failures = running.engine.status().failures; ; failures += 1) {
      const isThere = settledOn(record.number)
      const failed = (status: SyncStatus): boolean => status.phase === 'waiting' && status.failures > failures
      if (isThere(await running.until((status) => isThere(status) || failed(status)))) return tries
      isCut = false
      running.engine.tell({ type: 'sync-now' })
    }
  } finally {
    host.fault = (_path, wire) => wire
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, each) => all + each, 0)
}

/** Files of each kind, by the first folder of their path; the tree's lies among the packs. */
function kindsOf(paths: Iterable<string>): string[] {
  return [
    ...new Set([...paths].map((path) => (path.endsWith('/tree.gz') ? 'tree' : (path.split('/')[0] ?? '')))),
  ].sort()
}

async function started(release: TinyRelease): Promise<{ host: FakeHost; name: string; running: Running }> {
  const [host, name] = [fakeHost(), `cuts-${crypto.randomUUID()}`]
  host.publish(release)
  const running = runEngine(host, name)
  ended.push(
    () => Dexie.delete(name),
    async () => running.stop(),
  )
  return { host, name, running }
}

/** Every file that came at all was cut at each of its bytes. */
function demandAllCuts(host: FakeHost, { whole, cuts }: Tries): void {
  for (const path of whole.keys()) expect([path, cuts.get(path)]).toEqual([path, host.files.get(path)?.length])
  expect(sum(cuts.values())).toBeGreaterThan(100)
}

test('a first load that is cut after every byte fetches no pack twice that is stored', {
  timeout: 120_000,
}, async () => {
  const [first] = await twoReleases('patch')
  const { host, name, running } = await started(first)
  const tries = await loadCut(host, running, first)
  demandAllCuts(host, tries)
  expect([...tries.whole].map(([, times]) => times)).toEqual(Object.keys(first.record.packs).map(() => 1))
  await toRest(host, running, 1)
  expect(await contents(name)).toEqual(await freshContents(first))
})

const WAYS: readonly (readonly [Way, kinds: string[]])[] = [
  ['patch', ['patches']],
  ['delta', ['deltas']],
  ['tree and packs', ['packs', 'tree']],
  ['tree and blocks', ['blocks', 'tree']],
]
test.each(WAYS)(
  'a later load by %s that is cut after every byte ends as a fresh one',
  { timeout: 120_000 },
  async (way, kinds) => {
    const [first, second] = await twoReleases(way)
    const { host, name, running } = await started(first)
    await toRest(host, running, 1)
    host.asked.length = 0
    host.publish(second)
    running.engine.tell({ type: 'sync-now' })
    const tries = await loadCut(host, running, second)
    demandAllCuts(host, tries)
    expect(kindsOf(tries.whole.keys())).toEqual(kinds)
    // A tree is stored with the last of its blocks: until then it has to come again.
    expect([...tries.whole].filter(([path, times]) => times > 1 && !path.endsWith('/tree.gz'))).toEqual([])
    expect(host.asked.filter((path) => first.files.has(path))).toEqual([])
    await toRest(host, running, 2)
    expect(await contents(name)).toEqual(await freshContents(second))
  },
)
