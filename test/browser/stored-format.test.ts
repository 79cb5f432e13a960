// What the store leaves on a terminal's disk, as the browser itself sees it: names, version and shapes. Terminals out there
// have it for years: whoever changes it raises the version in sync/store/database.ts, and goes on reading the older one.
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, paymentsBlock, tinyRelease } from './store-release.ts'
import { inDatabase, storedHashes } from './stored.ts'

const names: string[] = []
afterEach(async () => {
  for (const name of names.splice(0)) await Dexie.delete(name)
})

const VILLAGE = '431225100201'
/** Two blocks of a village, and the county's one. */
function source(amount: number) {
  return [countyBlock('会同县'), paymentsBlock(VILLAGE, [amount, 2]), paymentsBlock(VILLAGE, [3], '2026-02')]
}
async function storedRelease() {
  const name = `format-${crypto.randomUUID()}`
  names.push(name)
  const release = await tinyRelease(1, source(1))
  const store = await openBlockStore(name)
  await store.begin(release.record)
  for (const head of release.heads) {
    const blocks = head.blocks.map(([hash]) => [hash, release.blocks.get(hash) ?? new Uint8Array()] as const)
    await store.showParts(release.record, [{ head, blocks }])
  }
  await store.switchTo(release.record, Object.keys(release.record.packs))
  store.close()
  return { name, release }
}

test('the store is version 2 of Dexie: five tables without indexes, a village’s blocks in a bundle, and a pointer with its sum', async () => {
  const { name, release } = await storedRelease()
  const database = await new Dexie(name).open()
  try {
    // Dexie counts in tens.
    expect(database.backendDB().version).toBe(20)
    const tables = database.tables.map(({ name: table, schema }) => [table, schema.primKey.src, schema.indexes.length])
    expect(tables.sort()).toEqual([
      ['blocks', '', 0],
      ['bundles', '++', 0],
      ['media', '', 0],
      ['meta', '', 0],
      ['parts', '', 0],
    ])
    const { root } = release.record
    const [county, town] = release.heads
    expect(await database.table('parts').toCollection().primaryKeys()).toEqual([`${root}/431225`, `${root}/431225100`])
    // Of its nodes the third is the village's: both its blocks lie in bundle 1. The county's own block is loose.
    expect(await database.table('parts').get(`${root}/431225100`)).toEqual({ nodes: town?.nodes, homes: [[], [1, 1]] })
    const stored = await database.table('parts').get(`${root}/431225`)
    expect([stored.nodes, stored.homes.flat()]).toEqual([county?.nodes, [0]])
    expect(await database.table('meta').toCollection().primaryKeys()).toEqual(['pointer'])
    const pointer = await database.table('meta').get('pointer')
    expect(Object.keys(pointer).sort()).toEqual(['loading', 'previous', 'scrubbed', 'shown', 'shownParts', 'sum'])
    const bytes = town?.blocks.flatMap(([hash]) => [...(release.blocks.get(hash) ?? [])])
    expect(await database.table('bundles').toCollection().primaryKeys()).toEqual([1])
    expect(await database.table('bundles').get(1)).toEqual({ blocks: town?.blocks, bytes: new Uint8Array(bytes ?? []) })
    const [[own = ''] = []] = county?.blocks ?? []
    expect(await database.table('blocks').toCollection().primaryKeys()).toEqual([own])
    expect(await database.table('blocks').get(own)).toEqual(release.blocks.get(own))
  } finally {
    database.close()
  }
})

/** What a terminal of before November 2026 has on its disk: every block a record of its own, no homes. */
async function storedBefore() {
  const name = `format-${crypto.randomUUID()}`
  names.push(name)
  const release = await tinyRelease(1, source(1))
  const { record, heads } = release
  const database = new Dexie(name)
  database.version(1).stores({ blocks: '', parts: '', media: '', meta: '' })
  await database.open()
  for (const [hash, bytes] of release.blocks) await database.table('blocks').put(bytes, hash)
  for (const { part, nodes } of heads) await database.table('parts').put({ nodes }, `${record.root}/${part}`)
  const shownParts = Object.keys(record.packs).sort()
  const pointer = { shown: record, previous: null, loading: null, shownParts, scrubbed: true }
  await database.table('meta').put(pointer, 'pointer')
  database.close()
  return { name, release }
}
async function amounts(name: string): Promise<number[]> {
  const reader = await openReader({ database: name, mendMs: 50 })
  const node = await reader?.village('funds', '431225100', VILLAGE)
  const rows = node ? await reader?.rows(node, 'payments') : []
  reader?.close()
  return (rows ?? []).map(({ amount }) => amount)
}

test('a store of version 1 is read as it is, takes the next release, and is tidied into bundles', async () => {
  const { name, release } = await storedBefore()
  expect(await amounts(name)).toEqual([1, 2, 3])
  const store = await openBlockStore(name)
  const atOnce = async (): Promise<void> => undefined
  expect(await store.missing([...release.blocks.keys()])).toEqual(new Set())
  expect(await store.scrub(atOnce, new AbortController().signal)).toEqual({ blocks: 3, damaged: [] })
  const next = await tinyRelease(2, source(9))
  const fresh = [...next.blocks].filter(([hash]) => !release.blocks.has(hash))
  await store.putParts(next.heads.map((head, at) => ({ head, blocks: at === 0 ? fresh : [] })))
  await store.switchTo(next.record, Object.keys(next.record.packs))
  await store.markScrubbed()
  expect(await amounts(name)).toEqual([9, 2, 3])
  await store.clean(atOnce, null)
  store.close()
  expect(await amounts(name)).toEqual([9, 2, 3])
  const homes = await inDatabase(name, (dexie) => dexie.table('parts').get(`${next.record.root}/431225100`))
  expect(new Set(homes.homes.flat()).size).toBe(1)
  expect(await storedHashes(name)).toEqual([...next.blocks.keys()].sort())
})

test('a pointer from before it carried a sum is read, and so is its release', async () => {
  const { name, release } = await storedRelease()
  const database = await new Dexie(name).open()
  const { sum: _, ...older } = await database.table('meta').get('pointer')
  await database.table('meta').put(older, 'pointer')
  database.close()
  const reader = await openReader({ database: name, mendMs: 50 })
  expect([reader?.record.number, reader?.record.root]).toEqual([1, release.record.root])
  reader?.close()
  const store = await openBlockStore(name)
  await store.markScrubbed()
  expect(await store.pointer()).toMatchObject({ scrubbed: true, shown: { number: 1 } })
  store.close()
})
