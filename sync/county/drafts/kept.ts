// The blocks of a release that lies in a folder as packs: what is public (DIR/dist), or a draft's candidate. The office's own
// files are trusted here; terminals verify them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { SunhallError } from '../../contract/errors.ts'
import { MAX_PACK_BYTES, MAX_TREE_BYTES } from '../../contract/limits.ts'
import { paths } from '../../contract/release.ts'
import type { Hash, Kind, PlaceCode, Rows } from '../../contract/rows.ts'
import type { VillageNode } from '../../contract/tree.ts'
import { decodeBlock } from '../../core/codec.ts'
import { splitPack } from '../../core/pack.ts'
import type { PlacedLeaf } from '../../core/tree.ts'

export interface KeptPlace {
  folder: string
  root: Hash
}

export class KeptRelease {
  readonly leaves: readonly PlacedLeaf[]
  readonly #at: KeptPlace
  #part = ''
  #blocks = new Map<Hash, Uint8Array>()

  /** Errors: E-MISSING where the tree isn't there. */
  constructor(at: KeptPlace) {
    this.#at = at
    this.leaves = leavesIn(nodesAt(at))
  }

  /** Rows of some of this release's leaves. The pack read last is kept: whoever walks part by part reads each once. */
  rows<K extends Kind>(kind: K, leaves: readonly PlacedLeaf[]): Rows[K][] {
    return leaves.flatMap((placed) => decodeBlock(kind, this.#block(placed)))
  }

  /** All rows of a kind in one place: '' for the part's own. */
  rowsOf<K extends Kind>(kind: K, part: PlaceCode, village: string): Rows[K][] {
    return this.rows(
      kind,
      this.leaves.filter((one) => one.part === part && one.village === village && one.leaf[0] === kind),
    )
  }

  #block({ part, leaf }: PlacedLeaf): Uint8Array {
    if (part !== this.#part) {
      const pack = splitPack(gunzipAt(this.#at.folder, paths.pack(this.#at.root, part), MAX_PACK_BYTES))
      this.#blocks = new Map(pack.blocks)
      this.#part = part
    }
    const bytes = this.#blocks.get(leaf[4])
    if (bytes !== undefined) return bytes
    throw new SunhallError('E-MISSING', `Expected block ${leaf[4]} in the pack of ${part}, found none; propose again`)
  }
}

/** Texts of a release's nodes in the order of its tree. Errors: E-MISSING. */
export function nodesAt({ folder, root }: KeptPlace): string[] {
  return splitPack(gunzipAt(folder, paths.tree(root), MAX_TREE_BYTES * 2)).head.nodes
}

/** All leaves of these nodes, in their order. */
export function leavesIn(texts: readonly string[]): PlacedLeaf[] {
  const nodes = texts.map((text): Partial<VillageNode> => JSON.parse(text))
  return nodes.flatMap(({ dataset, part, village, blocks }) =>
    dataset === undefined || part === undefined || village === undefined
      ? []
      : (blocks ?? []).map((leaf) => ({ dataset, part, village, leaf })),
  )
}

function gunzipAt(folder: string, path: string, limit: number): Buffer {
  const file = join(folder, path)
  if (existsSync(file)) return gunzipSync(readFileSync(file), { maxOutputLength: limit })
  throw new SunhallError('E-MISSING', `Expected ${path} in ${folder}, found nothing; propose again`)
}
