// Villages whose blocks came with several releases, or in single files, are put together again while nobody waits. It also
// takes out of the bundles what no release in use names any more: what the office withdrew doesn't stay on the disk.
import type { Hash } from '../contract/rows.ts'
import { bundlesOf, bytesIn, leafHashes, MOST_BUNDLE_BYTES } from './bundles.ts'
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
  const homes = stored?.homes
  if (stored === undefined || !Array.isArray(stored.nodes)) return
  const known = stored.nodes.map((_, at): number[] => (Array.isArray(homes?.[at]) ? homes[at] : []))
  const numbers = new Set(known.flat().filter((home) => home !== LOOSE))
  const read = await readBundles(database, [...numbers])
  const anew = new Map<number, Block[]>()
  for (const [at, text] of stored.nodes.entries()) {
    const hashes = leafHashes(text)
    const own = hashes.map((_, leaf) => known[at]?.[leaf] ?? LOOSE)
    // A part's own blocks are loose: they are asked for one at a time.
    if (text.endsWith('"village":""}') || !isScattered(hashes, own, read)) continue
    const blocks = await soundBlocks(database, hashes, own, read)
    if (blocks !== null) anew.set(at, blocks)
  }
  if (anew.size > 0) await storeAnew(database, key, { ...stored, homes: known }, anew)
}

function isScattered(hashes: readonly Hash[], homes: readonly number[], read: Read): boolean {
  const numbers = [...new Set(homes)]
  if (numbers.includes(LOOSE)) return true
  const bundles = numbers.map((number) => read.get(number) ?? new Map<Hash, Uint8Array>())
  if (bundles.reduce((sum, { size }) => sum + size, 0) !== new Set(hashes).size) return true
  const bytes = bundles.reduce((sum, bundle) => sum + bytesIn(bundle), 0)
  // Two bundles in a row hold more than one may, else the second would have gone into the first.
  return numbers.length > Math.ceil((2 * bytes) / MOST_BUNDLE_BYTES)
}

/** Null where one of them is damaged or gone (P2). */
async function soundBlocks(
  database: Database,
  hashes: readonly Hash[],
  homes: readonly number[],
  read: Read,
): Promise<Block[] | null> {
  const blocks: Block[] = []
  for (const [at, hash] of hashes.entries()) {
    const home = homes[at] ?? LOOSE
    const bytes: unknown = home === LOOSE ? await database.blocks.get(hash) : read.get(home)?.get(hash)
    if (!(bytes instanceof Uint8Array) || !(await hasHash(bytes, hash))) return null
    blocks.push([hash, bytes])
  }
  return blocks
}

function storeAnew(
  database: Database,
  key: string,
  part: StoredPart & { homes: number[][] },
  anew: ReadonlyMap<number, readonly Block[]>,
): Promise<void> {
  return database.dexie.transaction('rw', database.bundles, database.parts, async () => {
    const homes = [...part.homes]
    for (const [at, blocks] of anew) {
      const homeOf = new Map<Hash, number>()
      const bundles = bundlesOf(blocks)
      const numbers = await database.bundles.bulkAdd(bundles, { allKeys: true })
      bundles.forEach((bundle, nth) => {
        for (const [hash] of bundle.blocks) homeOf.set(hash, numbers[nth] ?? LOOSE)
      })
      homes[at] = blocks.map(([hash]) => homeOf.get(hash) ?? LOOSE)
    }
    await database.parts.put({ ...part, homes }, key)
  })
}
