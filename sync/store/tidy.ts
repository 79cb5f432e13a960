// Villages whose blocks came with several releases, or in single files, are put together again while nobody waits. It also
// takes out of the bundles what no release in use names any more: what the office withdrew doesn't stay on the disk.
import type { Hash } from '../contract/rows.ts'
import { canonicalJson } from '../core/canonical.ts'
import { leafHashes } from '../core/node-texts.ts'
import { bundlesOf, groupsOf, homesByNode, isOwnOfPart } from './bundles.ts'
import { readBundles } from './contents.ts'
import { type Database, LOOSE, type StoredPart } from './database.ts'
import { hasHash } from './slices.ts'

type Block = readonly [Hash, Uint8Array]
/** What lies in each bundle that a part's blocks are in. */
type Read = ReadonlyMap<number, ReadonlyMap<Hash, Uint8Array>>

/**
 * Stores a part's scattered villages anew, each in as few bundles as hold it, and what says so, in one strict transaction.
 * What they lay in before is left to the cleaning. A village with a damaged block waits until that is mended.
 */
export async function tidyPart(database: Database, key: string): Promise<void> {
  const stored = await database.parts.get(key)
  if (stored === undefined || !Array.isArray(stored.nodes)) return
  const homes = homesByNode(stored)
  const numbers = new Set(homes.flat().filter((home) => home !== LOOSE))
  const read = await readBundles(database, [...numbers])
  const anew = new Map<number, Block[]>()
  for (const [at, text] of stored.nodes.entries()) {
    const hashes = leafHashes(text)
    const own = homes[at] ?? []
    if (isOwnOfPart(text) || !isScattered(text, hashes, own, read)) continue
    const blocks = await soundBlocks(database, hashes, own, read)
    if (blocks !== null) anew.set(at, blocks)
  }
  if (anew.size > 0) await storeAnew(database, key, stored, anew)
}

function isScattered(text: string, hashes: readonly Hash[], homes: readonly number[], read: Read): boolean {
  const numbers = [...new Set(homes)]
  if (numbers.includes(LOOSE)) return true
  const blocks = numbers.flatMap((number) => [...(read.get(number) ?? [])])
  return blocks.length !== new Set(hashes).size || numbers.length !== groupsOf(text, blocks).length
}

/** Null where one of them is damaged or gone (P2). */
async function soundBlocks(
  database: Database,
  hashes: readonly Hash[],
  homes: readonly number[],
  read: Read,
): Promise<Block[] | null> {
  const blocks = new Map<Hash, Uint8Array>()
  for (const [at, hash] of hashes.entries()) {
    const home = homes[at] ?? LOOSE
    const bytes: unknown = home === LOOSE ? await database.blocks.get(hash) : read.get(home)?.get(hash)
    if (!(bytes instanceof Uint8Array) || !(await hasHash(bytes, hash))) return null
    blocks.set(hash, bytes)
  }
  return [...blocks]
}

function storeAnew(
  database: Database,
  key: string,
  read: StoredPart,
  anew: ReadonlyMap<number, readonly Block[]>,
): Promise<void> {
  return database.dexie.transaction('rw', database.bundles, database.parts, async () => {
    const part = await database.parts.get(key)
    // A block was found damaged, and mended, meanwhile: the next cleaning sees where it lies now.
    if (part === undefined || canonicalJson(part) !== canonicalJson(read)) return
    const homes = part.nodes.map((_, at) => part.homes?.[at] ?? [])
    for (const [at, blocks] of anew) homes[at] = await storeBundles(database, part.nodes[at] ?? '', blocks)
    await database.parts.put({ ...part, homes }, key)
  })
}

/** The home of each leaf of a village. */
async function storeBundles(database: Database, text: string, blocks: readonly Block[]): Promise<number[]> {
  const bundles = bundlesOf(text, blocks)
  const numbers = await database.bundles.bulkAdd(bundles, { allKeys: true })
  const homes = bundles.flatMap((bundle, nth) => bundle.blocks.map(([hash]) => [hash, numbers[nth] ?? LOOSE] as const))
  const homeOf = new Map(homes)
  return leafHashes(text).map((hash) => homeOf.get(hash) ?? LOOSE)
}
