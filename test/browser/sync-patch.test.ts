// A later release by row patch, on the real store in real Chromium: one small file, everything else worked out; and
// whatever is wrong with the patch or with what it starts from, the release comes whole by another way.
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import type { PatchHead } from '../../sync/contract/patch.ts'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY, FORMAT_VERSION } from '../../sync/contract/tree.ts'
import { joinPatch } from '../../sync/core/patch-file.ts'
import { sha256 } from '../../sync/store/hash.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, gzip, paymentsBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { replaceBlock } from './stored.ts'
import { type FakeHost, fakeHost, type Running, runEngine, settledOn } from './sync-fake-host.ts'

const VILLAGES = ['431225100201', '431225101201', '431225101202']
const names: string[] = []
const running: Running[] = []
afterEach(async () => {
  for (const each of running.splice(0)) each.stop()
  for (const name of names.splice(0)) await Dexie.delete(name)
})

function county(name: string): Parameters<typeof tinyRelease>[1] {
  return [countyBlock(name), ...VILLAGES.map((village) => paymentsBlock(village, [100, 200, 300]))]
}

/** The later release with a patch of one cell: the county's name. */
async function renamed(first: TinyRelease, change: (head: PatchHead) => void = () => undefined): Promise<TinyRelease> {
  const second = await tinyRelease(2, county('会同县（改）'), [first])
  const head: PatchHead = {
    cells: [['places', '', 'name', [1], [1], [1], ['会同县（改）']]],
    format: FORMAT_VERSION,
    from: first.record.root,
    nodes: [['places', COUNTY, ['']]],
    part: 'patch',
    root: second.record.root,
    rows: [],
    whole: [],
  }
  change(head)
  const raw = joinPatch({ head, blocks: [] })
  const wire = await gzip(raw)
  second.files.set(paths.patch(second.record.root, first.record.root), wire)
  const { number, root } = first.record
  second.record.patches = [{ number, root, hash: await sha256(raw), wire: wire.length, raw: raw.length }]
  return second
}

async function loadedFirst(host: FakeHost): Promise<{ first: TinyRelease; name: string; started: Running }> {
  const name = `patch-${crypto.randomUUID()}`
  names.push(name)
  const first = await tinyRelease(1, county('会同县'))
  host.publish(first)
  const started = runEngine(host, name)
  running.push(started)
  await started.until(settledOn(1))
  host.asked.length = 0
  return { first, name, started }
}

async function shownName(database: string): Promise<unknown> {
  const reader = await openReader({ database, mendMs: 50 })
  if (reader === null) return null
  try {
    for (const village of VILLAGES) {
      const node = await reader.village('funds', village.slice(0, 9), village)
      if (node === null) return null
      expect((await reader.rows(node, 'payments')).map(({ amount }) => amount)).toEqual([100, 200, 300])
    }
    const node = await reader.village('places', COUNTY, '')
    return node === null ? null : [reader.record.number, (await reader.rows(node, 'places'))[0]?.name]
  } finally {
    reader.close()
  }
}

test('a patch is the only file that is fetched, and the whole release is shown', async () => {
  const host = fakeHost()
  const { first, name, started } = await loadedFirst(host)
  const second = await renamed(first)
  host.publish(second)
  started.engine.tell({ type: 'sync-now' })
  await started.until(settledOn(2))
  expect(host.asked).toEqual([paths.patch(second.record.root, first.record.root)])
  expect(await shownName(name)).toEqual([2, '会同县（改）'])
})

test.each([
  ['leads elsewhere', (head: PatchHead) => head.cells[0]?.[6].splice(0, 1, '别处')],
  ['names a row that isn’t there', (head: PatchHead) => head.cells[0]?.[5].splice(0, 1, 50)],
  ['is for another release', (head: PatchHead) => Object.assign(head, { from: 'f'.repeat(64) })],
])('a signed patch that %s is dropped, and the delta brings the release', async (_, change) => {
  const host = fakeHost()
  const { first, name, started } = await loadedFirst(host)
  const second = await renamed(first, change)
  host.publish(second)
  started.engine.tell({ type: 'sync-now' })
  await started.until(settledOn(2))
  expect(host.asked).toEqual([
    paths.patch(second.record.root, first.record.root),
    paths.delta(second.record.root, first.record.root),
  ])
  expect(await shownName(name)).toEqual([2, '会同县（改）'])
})

test('a patch that arrives damaged, cut or not at all gives way to the delta', async () => {
  for (const spoiled of [null, 30, -1]) {
    const host = fakeHost()
    const { first, name, started } = await loadedFirst(host)
    const second = await renamed(first)
    const path = paths.patch(second.record.root, first.record.root)
    host.publish(second)
    if (spoiled === null) host.files.delete(path)
    const other = await gzip(new Uint8Array(second.record.patches?.[0]?.raw ?? 0))
    host.fault = (asked, wire) => (asked !== path ? wire : spoiled === -1 ? other : wire.slice(0, spoiled ?? 0))
    started.engine.tell({ type: 'sync-now' })
    await started.until(settledOn(2))
    expect(await shownName(name)).toEqual([2, '会同县（改）'])
    started.stop()
  }
})

test('a block that is gone from the store, changed or not, is fetched with the release', async () => {
  for (const kind of ['places', 'payments']) {
    const host = fakeHost()
    const { first, name, started } = await loadedFirst(host)
    const lost = first.heads.flatMap(({ nodes }) => nodes.flatMap((text) => leavesIn(text, kind)))[0] ?? ''
    await replaceBlock(name, lost, null)
    host.publish(await renamed(first))
    started.engine.tell({ type: 'sync-now' })
    await started.until(settledOn(2))
    expect(await shownName(name)).toEqual([2, '会同县（改）'])
    started.stop()
  }
})

function leavesIn(text: string, kind: string): string[] {
  const { blocks = [] }: { blocks?: [string, string, number, number, string][] } = JSON.parse(text)
  return blocks.filter((leaf) => leaf[0] === kind).map((leaf) => leaf[4])
}
