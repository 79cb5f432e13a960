// Blocks of one release out of the disk: bytes ─► hashed ─► rows. Both are kept while there is room: rows for a screen
// that asks again, and the bytes, which weigh a twentieth of them, for every other question about their village (`record-shelf.ts`).
import type { Hash, Kind, Rows } from '../contract/rows.ts'
import type { BlockLeaf, VillageNode } from '../contract/tree.ts'
import { decodeBlock } from '../core/codec.ts'
import { openBlock } from '../core/open-block.ts'
import { rowsOf } from '../core/row-makers.ts'
import { createCache } from './cache.ts'
import type { Database } from './database.ts'
import type { Wanted } from './interface.ts'
import { createRecordShelf, type Homes } from './record-shelf.ts'

/** About what a decoded row weighs in memory, in bytes. */
const ROW_BYTES = 240

export interface BlockShelf {
  /** Rows of each block, in the order of the leaves. Errors: DamageError, E-FORMAT. */
  rows<K extends Kind>(node: VillageNode, kind: K, leaves: readonly BlockLeaf[]): Promise<Rows[K][]>
  /** Those of the rows in whose `field` one of the values stands; the others are never made. Errors: as above. */
  rowsWith<K extends Kind, F extends keyof Rows[K] & string>(
    node: VillageNode,
    kind: K,
    leaves: readonly BlockLeaf[],
    wanted: Wanted<K, F>,
  ): Promise<Rows[K][]>
  clear(): void
}

/** `cacheBytes`: what may be kept, rows and bytes each. */
export function createBlockShelf(database: Database, root: Hash, nodes: Homes, cacheBytes: number): BlockShelf {
  const kept = createCache<readonly unknown[]>(cacheBytes)
  const raw = createRecordShelf(database, root, nodes, cacheBytes)

  return {
    async rows<K extends Kind>(node: VillageNode, kind: K, leaves: readonly BlockLeaf[]) {
      const found = new Map(leaves.map((leaf) => [leaf[4], kept.get(leaf[4])]))
      const bytes = await raw.bytesOf(
        node,
        leaves.filter((leaf) => found.get(leaf[4]) === undefined),
      )
      for (const [, , , rows, hash] of leaves) {
        const own = bytes.get(hash)
        if (own === undefined || found.get(hash) !== undefined) continue
        const made = decodeBlock(kind, own)
        found.set(hash, made)
        kept.set(hash, made, rows * ROW_BYTES)
      }
      // A hash names bytes of one kind only, since the leaf with its kind is part of the verified node. The list is a
      // copy: what is kept is shared.
      return leaves.flatMap((leaf) => found.get(leaf[4]) as readonly Rows[K][])
    },
    async rowsWith(node, kind, leaves, { field, values }) {
      const bytes = await raw.bytesOf(node, leaves)
      return leaves.flatMap((leaf) => chosen(kind, bytes.get(leaf[4]) as Uint8Array, field, values))
    },
    clear() {
      kept.clear()
      raw.clear()
    },
  }
}

function chosen<K extends Kind, F extends keyof Rows[K] & string>(
  kind: K,
  bytes: Uint8Array,
  field: F,
  values: ReadonlySet<Rows[K][F]>,
): Rows[K][] {
  const block = openBlock(kind, bytes)
  const column = block.values(field) as readonly Rows[K][F][]
  const places: number[] = []
  for (let at = 0; at < column.length; at++) if (values.has(column[at] as Rows[K][F])) places.push(at)
  return places.length === 0 ? [] : rowsOf(kind, places.length, block.pick<K>(places))
}
