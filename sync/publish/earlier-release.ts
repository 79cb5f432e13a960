// Villages' blocks out of an earlier release in the folder, so that unchanged ones needn't be built again. Nothing is
// believed that doesn't lead up to the release's root, hash by hash; what can't be read or proved is as if it weren't there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { SunhallError } from '../contract/errors.ts'
import { MAX_PACK_BYTES, MAX_TREE_BYTES } from '../contract/limits.ts'
import { paths } from '../contract/release.ts'
import type { Hash, PlaceCode, RollupRow } from '../contract/rows.ts'
import type { ChildRef, Dataset, VillageNode } from '../contract/tree.ts'
import { decodeBlock } from '../core/codec.ts'
import { splitPack } from '../core/pack.ts'
import { sha256 } from './blocks.ts'
import type { BuiltVillage, VillageLeaf } from './village.ts'

interface Part {
  township: PlaceCode
  blocks: ReadonlyMap<Hash, Uint8Array>
  sums: ReadonlyMap<PlaceCode, RollupRow[]>
}
type Nodes = ReadonlyMap<Hash, string>

export class EarlierRelease {
  readonly #dist: string
  readonly #root: Hash
  readonly #nodes: Nodes
  /** The township asked for last: villages come township by township. */
  #part: Part | null = null

  private constructor(dist: string, root: Hash, nodes: Nodes) {
    this.#dist = dist
    this.#root = root
    this.#nodes = nodes
  }

  /** Null where the folder has no such release any more. */
  static open(dist: string, root: Hash): EarlierRelease | null {
    const nodes = orNull(() => packAt(join(dist, paths.tree(root)), MAX_TREE_BYTES * 2).head.nodes)
    if (nodes === null) return null
    return new EarlierRelease(dist, root, new Map(nodes.map((text) => [sha256(text), text])))
  }

  /** Blocks and sums of a village as the release has them; null where they aren't all there. */
  village(township: PlaceCode, village: PlaceCode): BuiltVillage | null {
    return orNull(() => {
      const part = this.#partOf(township)
      const funds = this.#leaves(part, 'funds', village)
      const finance = this.#leaves(part, 'village-finance', village)
      return { funds, finance, sums: part.sums.get(village) ?? [] }
    })
  }

  #partOf(township: PlaceCode): Part {
    if (this.#part?.township === township) return this.#part
    const { blocks } = packAt(join(this.#dist, paths.pack(this.#root, township)), MAX_PACK_BYTES)
    const part = { township, blocks: new Map(blocks), sums: new Map<PlaceCode, RollupRow[]>() }
    const rows = this.#leaves(part, 'funds', '')
      .filter(({ leaf }) => leaf[0] === 'rollup')
      .flatMap(({ bytes }) => decodeBlock('rollup', bytes))
    this.#part = { ...part, sums: Map.groupBy(rows, ({ place }) => place) }
    return this.#part
  }

  #leaves({ township, blocks }: Part, dataset: Dataset, village: string): VillageLeaf[] {
    const way = [
      ['datasets', dataset],
      ['parts', township],
      ['villages', village],
    ] as const
    let text = this.#nodeOf(this.#root)
    for (const [list, key] of way) {
      const refs: readonly ChildRef[] = JSON.parse(text)[list]
      const ref = refs.find(([name]) => name === key)
      if (ref === undefined) return []
      text = this.#nodeOf(ref[1])
    }
    const node: VillageNode = JSON.parse(text)
    return node.blocks.map((leaf) => ({ leaf, bytes: provedBytes(blocks, leaf[4]) }))
  }

  #nodeOf(hash: Hash): string {
    const text = this.#nodes.get(hash)
    if (text === undefined) throw new SunhallError('E-MISSING', `Expected node ${hash} in the tree file`)
    return text
  }
}

function provedBytes(blocks: ReadonlyMap<Hash, Uint8Array>, hash: Hash): Uint8Array {
  const bytes = blocks.get(hash)
  if (bytes === undefined || sha256(bytes) !== hash)
    throw new SunhallError('E-HASH', `Expected block ${hash} whole in its pack`)
  return bytes
}

function packAt(file: string, limit: number): ReturnType<typeof splitPack> {
  return splitPack(gunzipSync(readFileSync(file), { maxOutputLength: limit }))
}

/** Whatever is wrong with files of an earlier release, its blocks can be built anew. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
