// A terminal whose program was set back meets the store that the later one left: of a higher version, with tables and
// fields that today's program doesn't know. It shows the release whole, or takes it again from the mirror; never a part
// of it, and never nothing for good (P1, P10).
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { openBlockStore } from '../../sync/store/block-store.ts'
import type { BlockStore } from '../../sync/store/interface.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, paymentsBlock, tinyRelease } from './store-release.ts'

const names: string[] = []
afterEach(async () => {
  for (const name of names.splice(0)) await Dexie.delete(name)
})

const VILLAGE = '431225100201'
const release = await tinyRelease(1, [
  countyBlock('会同县'),
  paymentsBlock(VILLAGE, [1, 2]),
  paymentsBlock(VILLAGE, [3], '2026-02'),
])

async function fill(store: BlockStore): Promise<void> {
  await store.begin(release.record)
  for (const head of release.heads) {
    const blocks = head.blocks.map(([hash]) => [hash, release.blocks.get(hash) ?? new Uint8Array()] as const)
    await store.showParts(release.record, [{ head, blocks }])
  }
  await store.switchTo(release.record, Object.keys(release.record.packs))
}

/** A whole release, stored by today's program, and then what a later one makes of the database. */
async function storedBy(later: (dexie: Dexie) => Promise<void>): Promise<string> {
  const name = `later-${crypto.randomUUID()}`
  names.push(name)
  const store = await openBlockStore(name)
  await fill(store)
  store.close()
  const dexie = new Dexie(name)
  dexie.version(7).stores({ bundles: '++', blocks: '', parts: '', media: '', meta: '', shards: '++id, village' })
  await dexie.open()
  await later(dexie)
  dexie.close()
  return name
}

/** Amounts of the village; null where nothing is shown. Errors: E-STORE and the like for a damaged store. */
async function amounts(name: string): Promise<number[] | null> {
  const reader = await openReader({ database: name, mendMs: 50 })
  if (reader === null) return null
  try {
    const node = await reader.village('funds', '431225100', VILLAGE)
    return node === null ? null : (await reader.rows(node, 'payments')).map(({ amount }) => amount)
  } finally {
    reader.close()
  }
}

test('a table and an index that came later are no harm: the release is read, and the next scrub finds it whole', async () => {
  const name = await storedBy(async (dexie) => {
    await dexie.table('shards').put({ village: VILLAGE })
    await dexie.table('meta').put({ of: 'a later program' }, 'shards')
  })
  expect(await amounts(name)).toEqual([1, 2, 3])
  const store = await openBlockStore(name)
  const scrubbed = await store.scrub(async () => undefined, new AbortController().signal)
  expect(scrubbed).toEqual({ blocks: 3, damaged: [] })
  store.close()
})

test('a pointer in a shape of later counts as none: the release is taken anew, and shown whole', async () => {
  const name = await storedBy(async (dexie) => {
    await dexie.table('meta').put({ format: 2, releases: [release.record] }, 'pointer')
  })
  expect(await amounts(name)).toBe(null)
  const store = await openBlockStore(name)
  expect(await store.pointer()).toMatchObject({ shown: null, shownParts: [] })
  await fill(store)
  store.close()
  expect(await amounts(name)).toEqual([1, 2, 3])
})

test('blocks that the later program keeps elsewhere are missed, named, and shown again once they are fetched', async () => {
  const name = await storedBy(async (dexie) => {
    await dexie.table('bundles').clear()
  })
  const store = await openBlockStore(name)
  const { damaged } = await store.scrub(async () => undefined, new AbortController().signal)
  expect(damaged.length).toBeGreaterThan(0)
  await store.putBlocks([...release.blocks])
  expect((await store.scrub(async () => undefined, new AbortController().signal)).damaged).toEqual([])
  store.close()
  expect(await amounts(name)).toEqual([1, 2, 3])
})
