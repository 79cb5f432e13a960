// The writing side: packs in one strict transaction each, the switch in one small one, and the store's own care.
//
//   begin ─► putParts / putBlocks (unseen: no pointer names them) ─┬► switchTo (pointer moves) ─► scrub ─► markScrubbed ─► clean
//   putPatched (a whole release at once, with the mark of begin) ───┘
//
// Invariants: a part's nodes are never stored without all of its blocks; the pointer never names a part whose nodes
// aren't stored (P1); one owner writes (whoever opens it holds OWNER_LOCK, see `owner.ts`).
import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { seriesOf } from '../core/release-order.ts'
import { type Arranged, arrange, homesOf, leavesLeft } from './bundles.ts'
import { cleanUp, dropAll, scrubShown } from './care.ts'
import { openChannel } from './channel.ts'
import { createKeeper, type KeptBundles, lackingBlocks, missingBlocks, missingIn, readBlocks } from './contents.ts'
import { type Database, guarded, LOOSE, openDatabase, partKey, type StoredPart } from './database.ts'
import type { BlockStore, Damage, PartToStore, PatchedRelease, Pointer } from './interface.ts'
import { createNodeShelf, DamageError } from './node-shelf.ts'
import { changePointer, movePointer, readPointer } from './pointer.ts'
import { readerOf } from './reader.ts'
import { damagedBlocks } from './slices.ts'

/** Opens (or makes) the store. Errors: E-STORE, E-QUOTA. The caller holds the owner's lock. */
export async function openBlockStore(name: string): Promise<BlockStore> {
  const database = await openDatabase(name)
  const channel = openChannel(name)
  const { media } = database
  const contents = createKeeper(database)
  /** Work that may change where blocks lie. */
  const changing = <T>(work: () => PromiseLike<T>): Promise<T> => guarded(work).finally(contents.forget)
  return {
    pointer: () => guarded(() => readPointer(database)),
    missing: (hashes) => guarded(async () => missingBlocks(database, hashes, await contents.homesFor(hashes))),
    missingMedia: (hashes) => guarded(() => missingIn(media, hashes)),
    nodes: (record, part) => changing(() => readNodes(database, record, part)),
    forget: contents.forget,
    lacking: (record) => guarded(async () => lackingBlocks(database, await contents.of(record))),
    putParts: (parts) =>
      changing(async () => putParts(database, arrange(parts, await contents.homesFor(leavesLeft(parts))))),
    putPatched: (release) =>
      changing(async () => {
        const own = release.changed.map(({ head }) => head.part)
        return putPatched(database, release, (await contents.of(release.base)).homes(own))
      }),
    putBlocks: (given) => guarded(() => putBlocks(database, given)),
    putMedia: (hash, bytes) => guarded(() => media.put(copyOf(bytes), hash).then(() => undefined)),
    nodeTexts: (record) => guarded(async () => new Map((await contents.of(record)).texts)),
    rawBlocks: (record, parts, hashes) =>
      guarded(async () => rawBlocks(database, hashes, (await contents.of(record)).homes(parts), contents.bundles)),
    begin: (record) => moved(database, (now) => ({ ...now, loading: record })),
    showParts: (record, given, stored = []) => changing(() => showParts(database, record, given, stored)),
    switchTo: (record, parts) => guarded(() => switchTo(database, record, parts)),
    scrub: (yieldTo, signal) => changing(() => scrubShown(database, yieldTo, signal)),
    dropIfDamaged: (damage) => changing(() => dropIfDamaged(database, damage)),
    markScrubbed: () => moved(database, (now) => ({ ...now, scrubbed: true })),
    clean: (yieldTo, keepMedia) => changing(() => cleanUp(database, yieldTo, keepMedia)),
    reader: () => guarded(() => readerOf(database)),
    onDamaged: (listener) => channel.listen((heard) => heard.type === 'damaged' && listener(heard.damage)),
    repaired: (damage) => channel.post({ type: 'repaired', damage }),
    close() {
      channel.close()
      database.dexie.close()
    },
  }
}

async function moved(database: Database, change: (now: Pointer) => Pointer): Promise<void> {
  await guarded(() => movePointer(database, change))
}

type Bytes = Uint8Array<ArrayBuffer>

/** A copy of its own: IndexedDB would store the whole buffer behind a view, that is, the whole pack with each block. */
function copyOf(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes)
}

async function readNodes(database: Database, record: ReleaseRecord, part: PlaceCode) {
  try {
    return await createNodeShelf(database, record).part(part)
  } catch (error) {
    if (!(error instanceof DamageError)) throw error
    await dropAll(database, [error.damage])
    return null
  }
}

/** `homes`: of the base's blocks in the parts that change. */
function putPatched(
  database: Database,
  { record, base, changed, kept }: PatchedRelease,
  homes: ReadonlyMap<Hash, number>,
): Promise<void> {
  const arranged = arrange(changed, homes)
  const { dexie, bundles, blocks, parts, meta } = database
  return dexie.transaction('rw', bundles, blocks, parts, meta, async () => {
    const stored = await parts.bulkGet(kept.map((part) => partKey(base.root, part)))
    const gone = kept.find((_, at) => stored[at] === undefined)
    if (gone !== undefined)
      throw new SunhallError('E-MISSING', `Expected part ${gone} in the store, found none; whole blocks are fetched`)
    await parts.bulkPut(
      stored as StoredPart[],
      kept.map((part) => partKey(record.root, part)),
    )
    await writeParts(database, arranged)
    await changePointer(database, (now) => ({ ...now, loading: record }))
  })
}

function putParts(database: Database, arranged: Arranged): Promise<void> {
  const { dexie, bundles, blocks, parts } = database
  // Dexie follows a transaction over several steps only where it is handed an async function.
  return dexie.transaction('rw', bundles, blocks, parts, async () => await writeParts(database, arranged))
}

/** Within a transaction that is under way. */
async function writeParts(database: Database, { parts, bundles, loose }: Arranged): Promise<void> {
  const numbers = bundles.length === 0 ? [] : await database.bundles.bulkAdd(bundles, { allKeys: true })
  if (loose.length > 0) await addBlocks(database, loose)
  const settled = (home: number): number => (home < 0 ? (numbers[-1 - home] ?? LOOSE) : home)
  await database.parts.bulkPut(
    parts.map(({ nodes, homes = [] }) => ({ nodes, homes: homes.map((own) => own.map(settled)) })),
    parts.map(({ root, part }) => partKey(root, part)),
  )
}

function putBlocks(database: Database, given: readonly (readonly [Hash, Uint8Array])[]): Promise<void> {
  return database.dexie.transaction('rw', database.blocks, () => addBlocks(database, given))
}

async function addBlocks(database: Database, given: readonly (readonly [Hash, Uint8Array])[]): Promise<void> {
  await database.blocks.bulkPut(
    given.map(([, bytes]) => copyOf(bytes)),
    given.map(([hash]) => hash),
  )
}

function showParts(
  database: Database,
  record: ReleaseRecord,
  given: readonly PartToStore[],
  stored: readonly PlaceCode[],
): Promise<Pointer> {
  const { dexie, bundles, blocks, parts, meta } = database
  // A pack holds all of its part's blocks: none lies anywhere yet that could be meant.
  const arranged = arrange(given, new Map())
  const whole = [...given.map(({ head }) => head.part), ...stored]
  // One strict transaction: blocks, nodes and pointer are all there after a power cut, or none of them (P1).
  return dexie.transaction('rw', bundles, blocks, parts, meta, async () => {
    if (given.length > 0) await writeParts(database, arranged)
    return changePointer(database, (now) => withParts(database, record, whole, now))
  })
}

async function withParts(
  database: Database,
  record: ReleaseRecord,
  parts: readonly PlaceCode[],
  now: Pointer,
): Promise<Pointer> {
  await demandNodes(database, record, parts)
  if (now.shown !== null && now.shown.root !== record.root)
    throw new SunhallError('E-MIXED', `Expected parts of release ${now.shown.number}, got some of ${record.number}`)
  const shownParts = [...new Set([...now.shownParts, ...parts])].sort()
  const isWhole = Object.keys(record.packs).every((each) => shownParts.includes(each))
  return { ...now, shown: record, shownParts, loading: isWhole ? null : record, scrubbed: false }
}

async function switchTo(database: Database, record: ReleaseRecord, parts: readonly PlaceCode[]): Promise<void> {
  await movePointer(database, async (now) => {
    await demandNodes(database, record, parts)
    const isSame = now.shown?.root === record.root
    const previous = isSame ? now.previous : now.shown
    return {
      shown: record,
      previous: mayComeBack(previous, record) ? previous : null,
      loading: null,
      shownParts: [...parts].sort(),
      scrubbed: isSame ? now.scrubbed : false,
    }
  })
}

/** What the office has withdrawn, or a thief may have signed, may not come back, whatever the scrub of the new release finds. */
function mayComeBack(previous: ReleaseRecord | null, record: ReleaseRecord): boolean {
  if (previous === null || seriesOf(previous) !== seriesOf(record)) return false
  return record.withdrawn?.includes(previous.number) !== true
}

async function rawBlocks(
  database: Database,
  hashes: readonly Hash[],
  homes: ReadonlyMap<Hash, number>,
  kept: KeptBundles,
): Promise<Map<Hash, Bytes>> {
  const wanted = hashes.map((hash) => [hash, homes.get(hash) ?? LOOSE] as const)
  return (await readBlocks(database, wanted, kept)) as Map<Hash, Bytes>
}

/** P1: the pointer never names a part that isn't stored. Errors: E-STATE. */
async function demandNodes(database: Database, record: ReleaseRecord, parts: readonly PlaceCode[]): Promise<void> {
  const stored = new Set(await database.parts.where(':id').startsWith(partKey(record.root, '')).primaryKeys())
  const there = parts.filter((part) => stored.has(partKey(record.root, part)))
  if (there.length === parts.length) return
  throw new SunhallError(
    'E-STATE',
    `Expected ${parts.length} parts of release ${record.number}, found ${there.length} stored`,
  )
}

async function dropIfDamaged(database: Database, damage: Damage): Promise<boolean> {
  const { shown } = await readPointer(database)
  if (damage.hash === null) {
    return shown?.root === damage.root && (await readNodes(database, shown, damage.part)) === null
  }
  const stored = await database.parts.get(partKey(damage.root, damage.part))
  const home = stored === undefined ? LOOSE : (homesOf(stored).get(damage.hash) ?? LOOSE)
  const damaged = (await damagedBlocks(database, [[damage.hash, home]])).length > 0
  if (damaged) await dropAll(database, [damage])
  return damaged
}
