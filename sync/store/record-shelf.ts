// What the disk holds of a release's blocks, record by record: a village's bundle, or a block of its own. A record is read
// once and kept while there is room; a block counts only once its hash has been seen to be right (P2).
import type { Hash } from '../contract/rows.ts'
import type { BlockLeaf, VillageNode } from '../contract/tree.ts'
import { bytesIn } from './bundles.ts'
import { createCache } from './cache.ts'
import { readBundles } from './contents.ts'
import type { Database } from './database.ts'
import { DamageError, type NodeShelf } from './node-shelf.ts'
import { hasHash } from './slices.ts'

export type Homes = Pick<NodeShelf, 'homesOfVillage' | 'forget'>

export interface RecordShelf {
  /** Bytes of a node's blocks, each hashed. Errors: DamageError. */
  bytesOf(node: VillageNode, leaves: readonly BlockLeaf[]): Promise<ReadonlyMap<Hash, Uint8Array>>
  clear(): void
}

/** One record of the disk. */
interface Kept {
  blocks: ReadonlyMap<Hash, Uint8Array>
  /** Those that have been hashed. */
  sound: Set<Hash>
}
/** Key of a record: a bundle's number, or the hash of a block of its own. */
type Key = number | Hash

export function createRecordShelf(
  database: Database,
  root: Hash,
  { homesOfVillage, forget }: Homes,
  cacheBytes: number,
): RecordShelf {
  const kept = createCache<Kept>(cacheBytes)

  /** What isn't kept is read, all of it at once. */
  async function recordsOf(keys: ReadonlySet<Key>): Promise<Map<Key, Kept>> {
    const found = new Map<Key, Kept>()
    for (const key of keys) {
      const known = kept.get(String(key))
      if (known !== undefined) found.set(key, known)
    }
    const numbers = [...keys].filter((key) => typeof key === 'number' && !found.has(key))
    const hashes = [...keys].filter((key) => typeof key === 'string' && !found.has(key))
    const [bundles, blocks] = await Promise.all([
      readBundles(database, numbers as number[]),
      hashes.length === 0 ? [] : database.blocks.bulkGet(hashes as Hash[]),
    ])
    for (const [key, blocks] of bundles) found.set(key, keep(key, blocks))
    hashes.forEach((key, at) => void found.set(key, keep(key, single(key as Hash, blocks[at]))))
    return found
  }
  function keep(key: Key, blocks: ReadonlyMap<Hash, Uint8Array>): Kept {
    const record = { blocks, sound: new Set<Hash>() }
    const bytes = bytesIn(blocks)
    // What isn't there may be there next time.
    if (bytes > 0) kept.set(String(key), record, bytes)
    return record
  }

  async function tryBytesOf(
    node: VillageNode,
    leaves: readonly BlockLeaf[],
  ): Promise<Map<Hash, Uint8Array> | BlockLeaf> {
    const homes = await homesOfVillage(node)
    const own = new Map(node.blocks.map((leaf, at) => [leaf[4], homes[at]]))
    const keyOf = (leaf: BlockLeaf): Key => own.get(leaf[4]) || leaf[4]
    const records = await recordsOf(new Set(leaves.map(keyOf)))
    const checked = await Promise.all(leaves.map((leaf) => verified(leaf, records.get(keyOf(leaf)))))
    const damaged = leaves.find((_, at) => checked[at] === null)
    if (damaged === undefined) return new Map(leaves.map((leaf, at) => [leaf[4], checked[at] as Uint8Array]))
    kept.drop(String(keyOf(damaged)))
    forget(node.part)
    return damaged
  }

  return {
    async bytesOf(node, leaves) {
      // Twice: the owner may have moved blocks since the part was read, and mended ones lie elsewhere.
      const first = await tryBytesOf(node, leaves)
      const found = first instanceof Map ? first : await tryBytesOf(node, leaves)
      if (found instanceof Map) return found
      throw new DamageError({ root, part: node.part, hash: found[4] })
    },
    clear: kept.clear,
  }
}

function single(hash: Hash, bytes: unknown): Map<Hash, Uint8Array> {
  return new Map(bytes instanceof Uint8Array ? [[hash, bytes]] : [])
}

/** A block's bytes; null where they aren't those that the tree names. */
async function verified([, , , , hash, length]: BlockLeaf, record: Kept | undefined): Promise<Uint8Array | null> {
  const bytes = record?.blocks.get(hash)
  if (record === undefined || bytes === undefined) return null
  if (record.sound.has(hash)) return bytes
  if (bytes.length !== length || !(await hasHash(bytes, hash))) return null
  record.sound.add(hash)
  return bytes
}
