// What keeps the store sound: the scrub that reads and hashes everything shown, and the cleaning that removes what no
// release in use refers to. Both in slices that yield to visits (P7, P10).
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { COUNTY } from '../contract/tree.ts'
import { partOrder } from '../core/fetch-plan.ts'
import { leafHashes } from '../core/node-texts.ts'
import { leavesOf, type VerifiedNodes } from '../core/tree.ts'
import { homesByNode } from './bundles.ts'
import { type Database, LOOSE, partKey, ROOT_LOCK, type StoredPart } from './database.ts'
import type { Damage, Pointer, YieldTo } from './interface.ts'
import { createNodeShelf, DamageError, type NodeShelf } from './node-shelf.ts'
import { movePointer, readPointer } from './pointer.ts'
import { damagedBlocks, damagedIn, inSlices } from './slices.ts'
import { tidyPart } from './tidy.ts'

/**
 * Reads and hashes all nodes and blocks of what is shown; damaged ones are dropped and named. Pictures that are damaged
 * are dropped, too: they are fetched again with those that are missing.
 */
export async function scrubShown(
  database: Database,
  yieldTo: YieldTo,
  signal: AbortSignal,
): Promise<{ blocks: number; damaged: Damage[] }> {
  const { shown, shownParts } = await readPointer(database)
  if (shown === null) return { blocks: 0, damaged: [] }
  const shelf = createNodeShelf(database, shown)
  const damaged: Damage[] = []
  let count = 0
  // The county first: a township's nodes hang off its, and can't be judged without them.
  for (const part of partOrder(shownParts, '')) {
    const isBlind = damaged.some((each) => each.part === COUNTY && each.hash === null)
    const nodes = isBlind ? null : await partOr(shelf, part, (damage) => damaged.push(damage), shown)
    const homes = await shelf.homes(part)
    const blocks = nodes === null ? [] : hashesOf(nodes, part).map((hash) => [hash, homes.get(hash) ?? LOOSE] as const)
    await inSlices(blocks, yieldTo, signal, async (slice) => {
      const found = await damagedBlocks(database, slice)
      damaged.push(...found.map((hash) => ({ root: shown.root, part, hash })))
      count += slice.length
    })
  }
  await dropAll(database, damaged)
  const pictures = await database.media.toCollection().primaryKeys()
  await inSlices(pictures, yieldTo, signal, async (slice) => {
    await database.media.bulkDelete(await damagedIn(database.media, slice))
  })
  return { blocks: count, damaged }
}

/** Verified nodes of a part; where they are damaged or gone, says so and goes on with null. */
async function partOr(
  shelf: NodeShelf,
  part: PlaceCode,
  met: (damage: Damage) => void,
  shown: ReleaseRecord,
): Promise<VerifiedNodes | null> {
  try {
    const nodes = await shelf.part(part)
    if (nodes === null) met({ root: shown.root, part, hash: null })
    return nodes
  } catch (error) {
    if (!(error instanceof DamageError)) throw error
    met(error.damage)
    return null
  }
}

/**
 * Removes damaged blocks and nodes, so that nothing reads them before they are fetched again singly (P10). A block in a
 * bundle has no home there any more; the bytes themselves go with the next tidying.
 */
export async function dropAll(database: Database, damaged: readonly Damage[]): Promise<void> {
  if (damaged.length === 0) return
  const hashes = new Set(damaged.flatMap(({ hash }) => hash ?? []))
  const heads = damaged.flatMap(({ hash, root, part }) => (hash === null ? [partKey(root, part)] : []))
  await database.dexie.transaction('rw', database.blocks, database.parts, async () => {
    await database.blocks.bulkDelete([...hashes])
    await database.parts.bulkDelete(heads)
    if (hashes.size > 0) await database.parts.toCollection().modify((part) => leaveHome(part, hashes))
  })
}

/** False where none of them lived there: then nothing is written. */
function leaveHome(part: StoredPart, hashes: ReadonlySet<Hash>): boolean {
  const { nodes, homes } = part
  if (!Array.isArray(nodes) || !Array.isArray(homes)) return false
  const leaves = nodes.map((text) => leafHashes(String(text)))
  if (!leaves.flat().some((hash) => hashes.has(hash))) return false
  part.homes = leaves.map((own, at) =>
    own.map((hash, leaf) => (hashes.has(hash) ? LOOSE : (homes[at]?.[leaf] ?? LOOSE))),
  )
  return true
}

export function hashesOf(nodes: VerifiedNodes, part: PlaceCode): Hash[] {
  return [...new Set(leavesOf(nodes, part).map(({ leaf }) => leaf[4]))]
}

/**
 * Removes nodes, blocks and pictures that no root in use refers to: shown, previous (until a whole scrub), loading, and
 * those that an open reader holds. Does nothing during a load or where nothing is shown, nor where a kept root's nodes can't be read.
 */
export async function cleanUp(
  database: Database,
  yieldTo: YieldTo,
  keepMedia: ReadonlySet<Hash> | null,
): Promise<{ removed: number }> {
  const now = await readPointer(database)
  // A pointer that was lost points to nothing until the next load: what is stored still serves that one.
  if (now.loading !== null || now.shown === null) return { removed: 0 }
  // The pointer moves first and the locks are looked at afterwards: a reader does it the other way round.
  if (now.scrubbed && now.previous !== null) await movePointer(database, (pointer) => ({ ...pointer, previous: null }))
  const roots = await rootsInUse(database, await readPointer(database))
  await tidy(database, yieldTo, now.shown, roots)
  // Looked at before what is kept: what a mending stores meanwhile isn't among them.
  const [keys, hashes, numbers] = await Promise.all([
    database.parts.toCollection().primaryKeys(),
    database.blocks.toCollection().primaryKeys(),
    database.bundles.toCollection().primaryKeys(),
  ])
  const kept = await keptBlocks(database, roots)
  if (kept === null) return { removed: 0 }
  const oldParts = keys.filter((key) => !roots.has(key.slice(0, 64)))
  const oldBlocks = hashes.filter((hash) => !kept.loose.has(hash))
  const oldBundles = numbers.filter((each) => !kept.bundles.has(each))
  const oldMedia =
    keepMedia === null ? [] : (await database.media.toCollection().primaryKeys()).filter((hash) => !keepMedia.has(hash))
  await inSlices(oldParts, yieldTo, null, (slice) => database.parts.bulkDelete([...slice]))
  await inSlices(oldBlocks, yieldTo, null, (slice) => database.blocks.bulkDelete([...slice]))
  await inSlices(oldBundles, yieldTo, null, (slice) => database.bundles.bulkDelete([...slice]))
  await inSlices(oldMedia, yieldTo, null, (slice) => database.media.bulkDelete([...slice]))
  return { removed: oldParts.length + oldBlocks.length + oldBundles.length + oldMedia.length }
}

/** Only where what is shown is all that is in use: of two releases in use each would need its own. */
async function tidy(
  database: Database,
  yieldTo: YieldTo,
  shown: ReleaseRecord | null,
  roots: ReadonlySet<Hash>,
): Promise<void> {
  if (shown === null || roots.size > 1) return
  for (const part of Object.keys(shown.packs)) {
    await yieldTo()
    await tidyPart(database, partKey(shown.root, part))
  }
}

async function rootsInUse(database: Database, pointer: Pointer): Promise<Set<Hash>> {
  const { held = [], pending = [] } = await navigator.locks.query()
  const prefix = `${database.dexie.name}:${ROOT_LOCK}`
  const names = [...held, ...pending].flatMap(({ name }) =>
    name?.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  )
  const records = [pointer.shown, pointer.previous, pointer.loading]
  return new Set([...names, ...records.flatMap((record) => record?.root ?? [])])
}

interface Kept {
  loose: Set<Hash>
  bundles: Set<number>
}

/**
 * Where the blocks lie that the kept roots' village nodes name; null where one of those can't be read. Parsed without
 * verifying: keeping too much does no harm.
 */
async function keptBlocks(database: Database, roots: ReadonlySet<Hash>): Promise<Kept | null> {
  const kept: Kept = { loose: new Set(), bundles: new Set() }
  const keys = await database.parts.toCollection().primaryKeys()
  for (const key of keys.filter((each) => roots.has(each.slice(0, 64)))) {
    const stored = await database.parts.get(key)
    if (stored === undefined || !Array.isArray(stored.nodes)) continue
    if (!stored.nodes.every(isJson)) return null
    const homes = homesByNode(stored)
    for (const [at, text] of stored.nodes.entries())
      for (const [leaf, hash] of leafHashes(text).entries()) {
        const home = homes[at]?.[leaf] ?? LOOSE
        if (home === LOOSE) kept.loose.add(hash)
        else kept.bundles.add(home)
      }
  }
  return kept
}

function isJson(text: unknown): boolean {
  try {
    return typeof text === 'string' && typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
