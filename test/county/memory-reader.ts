// A BlockReader over blocks in memory: the read side can be tested in Node against what publication really builds.
// It counts the blocks it decodes, so that tests see how much a question reads.
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type { Kind, PlaceCode, Rows } from '../../sync/contract/rows.ts'
import { COUNTY, type VillageNode } from '../../sync/contract/tree.ts'
import { decodeBlock } from '../../sync/core/codec.ts'
import { buildBlocks } from '../../sync/publish/build.ts'
import type { BuiltBlock } from '../../sync/publish/prove.ts'
import type { ReleaseSource } from '../../sync/publish/source.ts'
import type { BlockReader } from '../../sync/store/interface.ts'
import type { ArraySource } from './small-source.ts'

export interface MemoryReader extends BlockReader {
  /** Blocks decoded since the last `resetReads`. */
  reads(): number
  resetReads(): void
}

/** @param without parts that are still being received. @param laid how another office's program laid the blocks out. */
export async function memoryReader(
  source: ArraySource,
  without: readonly PlaceCode[] = [],
  laid: (blocks: BuiltBlock[]) => BuiltBlock[] = (blocks) => blocks,
): Promise<MemoryReader> {
  const built = laid(await buildBlocks(source))
  const parts = [...new Set([COUNTY, ...built.map(({ part }) => part)])]
  const nodes = nodesOf(built)
  const bytes = new Map(built.map((block) => [block.leaf[4], block.bytes]))
  const here = new Set(parts.filter((part) => !without.includes(part)))
  let reads = 0
  function decode<K extends Kind>(node: VillageNode, kind: K, index: number): Rows[K][] {
    const leaf = node.blocks[index]
    const raw = bytes.get(leaf?.[4] ?? '')
    if (leaf === undefined || raw === undefined || leaf[0] !== kind)
      throw new Error(`Expected a ${kind} leaf at ${index} of ${node.village}, got ${leaf?.[0]}`)
    reads += 1
    return decodeBlock(kind, raw)
  }
  return {
    record: recordOf(source, parts),
    parts: here,
    village: async (dataset, part, village) => {
      if (!here.has(part)) return null
      return nodes.get(`${dataset}/${part}/${village}`) ?? null
    },
    rows: async (node, kind, period) =>
      node.blocks.flatMap(([of, at], index) =>
        of === kind && (period === undefined || at === period) ? decode(node, kind, index) : [],
      ),
    rowsAt: async (node, kind, leaves) => leaves.flatMap((index) => decode(node, kind, index)),
    rowsWith: async (node, kind, { field, values }, leaves = [...node.blocks.keys()]) =>
      leaves
        .filter((index) => node.blocks[index]?.[0] === kind)
        .flatMap((index) => decode(node, kind, index))
        .filter((row) => values.has(row[field])),
    media: async (hash) => (source.media(hash).length > 0 ? source.media(hash) : null),
    reads: () => reads,
    resetReads: () => {
      reads = 0
    },
  }
}

function nodesOf(blocks: readonly BuiltBlock[]): Map<string, VillageNode> {
  const nodes = new Map<string, VillageNode>()
  for (const { dataset, part, village, leaf } of blocks) {
    const key = `${dataset}/${part}/${village}`
    const node = nodes.get(key) ?? { dataset, part, village, blocks: [] }
    node.blocks.push(leaf)
    nodes.set(key, node)
  }
  for (const node of nodes.values()) {
    const key = (leaf: VillageNode['blocks'][number]): string =>
      `${leaf[0]} ${leaf[1]} ${String(leaf[2]).padStart(6, '0')}`
    node.blocks.sort((a, b) => (key(a) < key(b) ? -1 : 1))
  }
  return nodes
}

function recordOf(source: ReleaseSource, parts: readonly string[]): ReleaseRecord {
  return {
    format: 1,
    county: COUNTY,
    number: 1,
    root: '0'.repeat(64),
    rootLength: 1,
    signedAt: '2026-11-24T00:00:00Z',
    dataUntil: source.dataUntil,
    sample: source.sample,
    reviewed: source.reviewed,
    datasets: { funds: 1, notices: 1, places: 1, policies: 1, 'village-finance': 1 },
    kinds: {},
    tree: { wire: 1, raw: 1 },
    packs: Object.fromEntries(parts.map((part) => [part, { wire: 1, raw: 1 }])),
    deltas: [],
    media: { count: 0, bytes: 0 },
    auditHead: '',
  }
}
