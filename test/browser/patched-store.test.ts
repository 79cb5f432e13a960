// A release that was worked out from the one shown, as the store takes it: changed parts anew, the others as they lie there.
import Dexie from 'dexie'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COUNTY } from '../../sync/contract/tree.ts'
import { openBlockStore } from '../../sync/store/block-store.ts'
import type { BlockStore, PartToStore } from '../../sync/store/interface.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, paymentsBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { inDatabase, replaceBlock } from './stored.ts'

const [A, B] = ['431225100', '431225101']
const [VILLAGE, OTHER] = [`${A}201`, `${B}201`]
const releaseOf = (number: number, amount: number): Promise<TinyRelease> =>
  tinyRelease(number, [countyBlock('会同县'), paymentsBlock(VILLAGE, [amount, 20]), paymentsBlock(OTHER, [1, 2])])
const base = await releaseOf(1, 10)
const next = await releaseOf(2, 11)
/** The county's nodes name the township's, so that both change. */
const changed = toStore(next, [COUNTY, A]).map(({ head, blocks }) => ({
  head,
  blocks: blocks.filter(([hash]) => !base.blocks.has(hash)),
}))

let name = ''
let store: BlockStore
beforeEach(async () => {
  name = `patched-${crypto.randomUUID()}`
  store = await openBlockStore(name)
  await store.putParts(toStore(base, [COUNTY, A, B]))
  await store.switchTo(base.record, [COUNTY, A, B])
})
afterEach(async () => {
  store.close()
  await Dexie.delete(name)
})

function toStore({ heads, blocks }: TinyRelease, parts: readonly string[]): PartToStore[] {
  return heads
    .filter(({ part }) => parts.includes(part))
    .map((head) => ({
      head,
      blocks: head.blocks.map(([hash]) => [hash, blocks.get(hash) ?? new Uint8Array()] as const),
    }))
}

async function amounts(village: string): Promise<number[]> {
  const reader = await openReader({ database: name, mendMs: 100 })
  try {
    const node = await reader?.village('funds', village.slice(0, 9), village)
    return node == null ? [] : ((await reader?.rows(node, 'payments')) ?? []).map(({ amount }) => amount)
  } finally {
    reader?.close()
  }
}

test('is whole once it is switched to, and is marked as being loaded before', async () => {
  await store.putPatched({ record: next.record, base: base.record, changed, kept: [B] })
  const { shown, loading } = await store.pointer()
  expect([shown?.number, loading?.number]).toEqual([1, 2])
  expect(await amounts(VILLAGE)).toEqual([10, 20])
  await store.switchTo(next.record, [COUNTY, A, B])
  expect([await amounts(VILLAGE), await amounts(OTHER)]).toEqual([
    [11, 20],
    [1, 2],
  ])
  const { damaged } = await store.scrub(async () => undefined, new AbortController().signal)
  expect(damaged).toEqual([])
})

test('is stored not at all where a part that stays is gone', async () => {
  await inDatabase(name, (dexie) => dexie.table('parts').delete(`${base.record.root}/${B}`))
  const putting = store.putPatched({ record: next.record, base: base.record, changed, kept: [B] })
  await expect(putting).rejects.toMatchObject({ code: 'E-MISSING' })
  expect(await store.nodes(next.record, COUNTY)).toBeNull()
  expect((await store.pointer()).loading).toBeNull()
})

test('is told of blocks that were found damaged and dropped', async () => {
  expect(await store.lacking(base.record)).toEqual(new Set())
  const [hash] = base.heads.find(({ part }) => part === B)?.blocks[0] ?? ['']
  await replaceBlock(name, hash, new Uint8Array([1]))
  expect(await store.dropIfDamaged({ root: base.record.root, part: B, hash })).toBe(true)
  expect(await store.lacking(base.record)).toEqual(new Set([hash]))
})
