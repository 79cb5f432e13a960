// The store on real IndexedDB in real Chromium: what is written comes back, whole or not at all.
import Dexie from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { codeOf } from '../../sync/contract/errors.ts'
import { COUNTY, type PackHead } from '../../sync/contract/tree.ts'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { openDatabase, ROOT_LOCK } from '../../sync/store/database.ts'
import type { BlockStore, OpenReader } from '../../sync/store/interface.ts'
import { openReader, readerOf } from '../../sync/store/reader.ts'
import { countyBlock, paymentsBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { inDatabase, replaceBlock, storedHashes } from './stored.ts'

const A = '431225100'
const B = '431225101'
const VILLAGE = '431225100201'
const names: string[] = []
const open: { close(): void }[] = []

function freshName(): string {
  const name = `test-${crypto.randomUUID()}`
  names.push(name)
  return name
}
async function storeAt(name: string): Promise<BlockStore> {
  const store = await openBlockStore(name)
  open.push(store)
  return store
}
async function readerAt(name: string): Promise<OpenReader> {
  const reader = await openReader({ database: name, mendMs: 100 })
  if (reader === null) throw new Error('Expected a release to be shown')
  open.push(reader)
  return reader
}
afterEach(async () => {
  for (const each of open.splice(0)) each.close()
  for (const name of names.splice(0)) await Dexie.delete(name)
})

function sourceOf(amount: number) {
  return [
    countyBlock('会同县'),
    paymentsBlock(VILLAGE, [amount, 20, 30]),
    paymentsBlock('431225100202', [7]),
    paymentsBlock('431225101201', [1, 2]),
  ]
}
function blocksOf(release: TinyRelease, head: PackHead) {
  return head.blocks.map(([hash]) => [hash, release.blocks.get(hash) ?? new Uint8Array()] as const)
}
async function load(store: BlockStore, release: TinyRelease): Promise<void> {
  await store.begin(release.record)
  for (const head of release.heads) {
    await store.putParts([{ head, blocks: blocksOf(release, head) }])
  }
  await store.switchTo(release.record, Object.keys(release.record.packs))
}
async function amounts(reader: OpenReader): Promise<number[]> {
  const node = await reader.village('funds', A, VILLAGE)
  return node === null ? [] : (await reader.rows(node, 'payments')).map((row) => row.amount)
}
const atOnce = async (): Promise<void> => undefined
describe('a store', () => {
  test('gives back every row of a loaded release', async () => {
    const name = freshName()
    await load(await storeAt(name), await tinyRelease(1, sourceOf(10)))
    const reader = await readerAt(name)
    expect(await amounts(reader)).toEqual([10, 20, 30])
    expect([...reader.parts].sort()).toEqual([COUNTY, A, B])
    expect(await reader.village('funds', A, '431225100999')).toBeNull()
  })

  test('commits strictly', async () => {
    const name = freshName()
    const seen: (string | undefined)[] = []
    const plain = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function spy(stores, mode, options) {
      if (mode === 'readwrite') seen.push(options?.durability)
      return plain.call(this, stores, mode, options)
    }
    try {
      await load(await storeAt(name), await tinyRelease(1, sourceOf(10)))
    } finally {
      IDBDatabase.prototype.transaction = plain
    }
    expect(seen.length).toBeGreaterThanOrEqual(5)
    expect(new Set(seen)).toEqual(new Set(['strict']))
  })

  test('stores a block of a pack without the pack around it', async () => {
    const name = freshName()
    const store = await storeAt(name)
    const whole = new Uint8Array(100_000)
    await store.putBlocks([['a'.repeat(64), whole.subarray(10, 20)]])
    const stored: Uint8Array = await inDatabase(name, (dexie) => dexie.table('blocks').get('a'.repeat(64)))
    expect(stored.buffer.byteLength).toBe(10)
  })

  test('shows nothing before the first parts of a first load, then those that are stored', async () => {
    const name = freshName()
    const store = await storeAt(name)
    const release = await tinyRelease(1, sourceOf(10))
    const { record, heads } = release
    expect(await openReader({ database: name })).toBeNull()
    await store.begin(record)
    const given = heads.slice(0, 2).map((head) => ({ head, blocks: blocksOf(release, head) }))
    expect((await store.showParts(record, given)).shownParts).toEqual([COUNTY, A])
    const reader = await readerAt(name)
    expect([...reader.parts].sort()).toEqual([COUNTY, A])
    expect(await amounts(reader)).toEqual([10, 20, 30])
    expect(await reader.village('funds', B, '431225101201')).toBeNull()
    expect((await store.pointer()).loading?.number).toBe(1)
  })

  test('refuses to show a part that is not stored', async () => {
    const store = await storeAt(freshName())
    const { record } = await tinyRelease(1, sourceOf(10))
    await expect(store.showParts(record, [], [A])).rejects.toMatchObject({ code: 'E-STATE' })
    await expect(store.switchTo(record, [COUNTY, A, B])).rejects.toMatchObject({ code: 'E-STATE' })
    expect((await store.pointer()).shown).toBeNull()
  })

  test('tells which blocks are missing, few or many', async () => {
    const store = await storeAt(freshName())
    const release = await tinyRelease(1, sourceOf(10))
    await load(store, release)
    const absent = Array.from({ length: 150 }, (_, at) => String(at).padStart(64, '0'))
    expect(await store.missing([...release.blocks.keys()])).toEqual(new Set())
    expect(await store.missing([...release.blocks.keys(), 'f'.repeat(64)])).toEqual(new Set(['f'.repeat(64)]))
    expect(await store.missing([...release.blocks.keys(), ...absent])).toEqual(new Set(absent))
  })

  test('survives a pointer that became garbage: it starts empty', async () => {
    const name = freshName()
    const store = await storeAt(name)
    await load(store, await tinyRelease(1, sourceOf(10)))
    await inDatabase(name, (dexie) => dexie.table('meta').put({ shown: 'x' }, 'pointer'))
    expect((await store.pointer()).shown).toBeNull()
    expect(await openReader({ database: name })).toBeNull()
  })

  test('a reader whose store is closed while it opens lets go of the release', async () => {
    const name = freshName()
    await load(await storeAt(name), await tinyRelease(1, sourceOf(10)))
    const database = await openDatabase(name)
    open.push(database.dexie)
    let reads = 0
    // Closed between the lock and the second look at the pointer, the only moment at which the lock could be forgotten.
    const get = async (key: string): Promise<unknown> => {
      reads += 1
      if (reads === 2) database.dexie.close()
      return database.meta.get(key)
    }
    const meta = Object.assign(Object.create(database.meta), { get })
    await expect(readerOf({ ...database, meta })).rejects.toMatchObject({ code: 'E-STORE' })
    expect(reads).toBe(2)
    const locks = async (): Promise<string[]> => {
      const { held = [] } = await navigator.locks.query()
      return held.flatMap((lock) => (lock.name?.startsWith(`${name}:${ROOT_LOCK}`) ? [lock.name] : []))
    }
    await expect.poll(locks).toEqual([])
  })

  test('a database of another make is replaced by an empty one', async () => {
    const name = freshName()
    const other = new Dexie(name)
    other.version(9).stores({ blocks: '++id' })
    await other.open()
    other.close()
    const store = await storeAt(name)
    expect((await store.pointer()).shown).toBeNull()
  })

  test('errors of a closed database carry E-STORE, and the store opens anew', async () => {
    const name = freshName()
    const store = await openBlockStore(name)
    await load(store, await tinyRelease(1, sourceOf(10)))
    await Dexie.delete(name)
    const error = await store.pointer().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(codeOf(error, 'E-INPUT')).toBe('E-STORE')
    expect((await (await storeAt(name)).pointer()).shown).toBeNull()
  })
})

describe('damage', () => {
  test('of a block is met by a read, which fails with E-DAMAGED and succeeds once it is mended', async () => {
    const name = freshName()
    const store = await storeAt(name)
    const release = await tinyRelease(1, sourceOf(10))
    await load(store, release)
    const reader = await readerAt(name)
    const node = await reader.village('funds', A, VILLAGE)
    const hash = node?.blocks[0]?.[4] ?? ''
    await replaceBlock(name, hash, new Uint8Array([1, 2, 3]))
    const met: (string | null)[] = []
    const stop = store.onDamaged((damage) => met.push(damage.hash))
    await expect(amounts(reader)).rejects.toMatchObject({ code: 'E-DAMAGED' })
    stop()
    expect(met).toEqual([hash])
    expect(await store.dropIfDamaged({ root: release.record.root, part: A, hash })).toBe(true)
    expect(await store.missing([hash])).toEqual(new Set([hash]))
    store.onDamaged((damage) => {
      store
        .putBlocks([[hash, release.blocks.get(hash) ?? new Uint8Array()]])
        .then(() => store.repaired(damage))
        .catch(() => undefined)
    })
    expect(await amounts(reader)).toEqual([10, 20, 30])
  })

  test.each([
    ['one bit', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 5 ? byte ^ 1 : byte))],
    ['a lost tail', (bytes: Uint8Array) => bytes.slice(0, -1)],
    ['a foreign type', () => 'text'],
  ])('of %s in a block, in nodes or both is found and dropped by the scrub', async (_name, harm) => {
    const name = freshName()
    const store = await storeAt(name)
    const release = await tinyRelease(1, sourceOf(10))
    await load(store, release)
    const hash = release.heads[1]?.blocks[0]?.[0] ?? ''
    await replaceBlock(name, hash, harm(release.blocks.get(hash) ?? new Uint8Array()))
    await inDatabase(name, (dexie) => dexie.table('parts').put({ nodes: ['{}'] }, `${release.record.root}/${B}`))
    const { damaged } = await store.scrub(atOnce, new AbortController().signal)
    expect(damaged).toEqual([
      { root: release.record.root, part: A, hash },
      { root: release.record.root, part: B, hash: null },
    ])
    expect(await store.missing([hash])).toEqual(new Set([hash]))
    expect(await store.nodes(release.record, B)).toBeNull()
  })

  test('nothing is found in a sound store, and every block is looked at', async () => {
    const store = await storeAt(freshName())
    const release = await tinyRelease(1, sourceOf(10))
    await load(store, release)
    expect(await store.scrub(atOnce, new AbortController().signal)).toEqual({
      blocks: release.blocks.size,
      damaged: [],
    })
  })
})

describe('cleaning', () => {
  test('keeps shown and previous, and drops the previous after a whole scrub', async () => {
    const store = await storeAt(freshName())
    const first = await tinyRelease(1, sourceOf(10))
    const second = await tinyRelease(2, sourceOf(11))
    const lost = [...first.blocks.keys()].filter((hash) => !second.blocks.has(hash))
    await load(store, first)
    await load(store, second)
    await store.clean(atOnce, null)
    expect((await store.missing([...first.blocks.keys()])).size).toBe(0)
    await store.markScrubbed()
    await store.clean(atOnce, null)
    expect(await store.missing([...first.blocks.keys()])).toEqual(new Set(lost))
    expect((await store.missing([...second.blocks.keys()])).size).toBe(0)
    expect((await store.pointer()).previous).toBeNull()
  })

  test('drops the previous release at once where the office has withdrawn it, also one that was withdrawn long before', async () => {
    const name = freshName()
    const store = await storeAt(name)
    const first = await tinyRelease(1, sourceOf(10))
    const third = await tinyRelease(3, sourceOf(11))
    const lost = [...first.blocks.keys()].filter((hash) => !third.blocks.has(hash))
    await load(store, first)
    await load(store, { ...third, record: { ...third.record, withdrawn: [1] } })
    expect((await store.pointer()).previous).toBeNull()
    await store.clean(atOnce, null)
    expect(lost.length).toBeGreaterThan(0)
    expect(await store.missing([...first.blocks.keys()])).toEqual(new Set(lost))
    expect((await store.missing([...third.blocks.keys()])).size).toBe(0)
    // Nor do its bytes stay in a village's bundle, beside those that are still shown.
    expect(await storedHashes(name)).toEqual([...third.blocks.keys()].sort())
  })

  test('drops the previous release at once where release numbers began a new series: a thief may have signed it', async () => {
    const store = await storeAt(freshName())
    const thief = await tinyRelease(1_000_000, sourceOf(10))
    const next = await tinyRelease(2, sourceOf(11))
    await load(store, thief)
    await load(store, { ...next, record: { ...next.record, series: 1 } })
    expect((await store.pointer()).previous).toBeNull()
    const after = await tinyRelease(3, sourceOf(12))
    await load(store, { ...after, record: { ...after.record, series: 1 } })
    expect((await store.pointer()).previous?.number).toBe(2)
  })

  test('spares a release that an open reader holds, and drops it when that closes', async () => {
    const name = freshName()
    const store = await storeAt(name)
    await load(store, await tinyRelease(1, sourceOf(10)))
    const reader = await readerAt(name)
    await load(store, await tinyRelease(2, sourceOf(11)))
    await store.markScrubbed()
    await store.clean(atOnce, null)
    expect(await amounts(reader)).toEqual([10, 20, 30])
    const later = await readerAt(name)
    expect(await amounts(later)).toEqual([11, 20, 30])
    reader.close()
    await new Promise((done) => setTimeout(done, 50))
    expect((await store.clean(atOnce, null)).removed).toBeGreaterThan(0)
    expect(await amounts(later)).toEqual([11, 20, 30])
  })

  test('does nothing during a load', async () => {
    const store = await storeAt(freshName())
    await load(store, await tinyRelease(1, sourceOf(10)))
    const next = await tinyRelease(2, sourceOf(11))
    await store.begin(next.record)
    const fresh = [...next.blocks].slice(1, 2)
    await store.putBlocks(fresh)
    expect(await store.clean(atOnce, null)).toEqual({ removed: 0 })
    expect((await store.missing(fresh.map(([hash]) => hash))).size).toBe(0)
  })

  test('keeps only the pictures that are wanted, and a damaged one counts as none', async () => {
    const name = freshName()
    const store = await storeAt(name)
    await load(store, await tinyRelease(1, sourceOf(10)))
    const bytes = new Uint8Array([1, 2, 3])
    const hash = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81'
    await store.putMedia(hash, bytes)
    await store.putMedia('e'.repeat(64), bytes)
    await store.clean(atOnce, new Set([hash, 'e'.repeat(64)]))
    const reader = await readerAt(name)
    expect(await reader.media(hash)).toEqual(bytes)
    expect(await reader.media('e'.repeat(64))).toBeNull()
    await store.clean(atOnce, new Set())
    expect(await store.missingMedia([hash])).toEqual(new Set([hash]))
  })
})
