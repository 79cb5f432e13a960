// The tree of a release: release → dataset → part (a township, or the county) → village → blocks. Each node is
// canonical JSON and is named by its SHA-256; the release record signs the root's. `docs/format.md` has the bytes.
//
//   root        {"format":1,"datasets":[["funds",hash,length],…]}
//   dataset     {"dataset":"funds","parts":[["431225",hash,length],["431225100",hash,length],…]}
//   part        {"dataset":"funds","part":"431225100","villages":[["",hash,length],["431225100201",hash,length],…]}
//   village     {"dataset":"funds","part":"431225100","village":"431225100201","blocks":[[kind,period,seq,rows,hash,length],…]}
//
// Invariants: lists are sorted by code unit order of their keys (blocks by kind, period, seq); no key repeats; the
// village '' holds the part's own blocks (rollups, assets, …); a node without children is left out.
import { z } from 'zod'
import type { Hash, Kind, PlaceCode } from './rows.ts'

/**
 * Bumped whenever the bytes of a block, node or pack change. 1: first written (2026-11). Kinds that came later without a
 * bump, because no other byte changes and a reader refuses a kind that it doesn't know (E-UPDATE), keeping the release that it
 * has: `answers` (2026-11); `name-index` (2026-11), written in place of `names`, which is still read.
 */
export const FORMAT_VERSION = 1

export const DATASETS = ['funds', 'notices', 'places', 'policies', 'village-finance'] as const
export type Dataset = (typeof DATASETS)[number]

/** Code of the county: its part holds what belongs to no single township. */
export const COUNTY = '431225'
/** Part of the county-wide index of names: three quarters of what the county's part was, and no township asks for it. */
export const NAMES = 'names'

/** [kind, period, seq, rows, hash, raw length in bytes]. Period is '' | 'YYYY' | 'YYYY-MM' | a bucket number as text. */
export type BlockLeaf = readonly [kind: Kind, period: string, seq: number, rows: number, hash: Hash, length: number]
/** [key, hash, length in bytes] of a child node. */
export type ChildRef = readonly [key: string, hash: Hash, length: number]

export interface RootNode {
  format: number
  datasets: ChildRef[]
}
export interface DatasetNode {
  dataset: Dataset
  parts: ChildRef[]
}
export interface PartNode {
  dataset: Dataset
  part: PlaceCode
  villages: ChildRef[]
}
export interface VillageNode {
  dataset: Dataset
  part: PlaceCode
  village: PlaceCode | ''
  blocks: BlockLeaf[]
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const length = z.int().nonnegative()
const child = z.tuple([z.string(), hash, length])
export const rootNode = z.strictObject({ format: z.literal(FORMAT_VERSION), datasets: z.array(child) })
export const datasetNode = z.strictObject({ dataset: z.enum(DATASETS), parts: z.array(child) })
export const partNode = z.strictObject({ dataset: z.enum(DATASETS), part: z.string(), villages: z.array(child) })
export const villageNode = z.strictObject({
  dataset: z.enum(DATASETS),
  part: z.string(),
  village: z.string(),
  blocks: z.array(z.tuple([z.string(), z.string(), z.int(), z.int(), hash, length])),
})

/** First line of a pack, a tree file or a delta: node texts in order; after the newline come the raw blocks, one after the other. */
export interface PackHead {
  format: number
  /** Root of the release it belongs to. */
  root: Hash
  /** '431225', a township's code or 'names' for a pack; 'tree' for the tree file; 'delta' for a delta. */
  part: string
  /** Canonical text of each node: parents before children. A pack of the county holds root and dataset nodes too. */
  nodes: string[]
  /** [hash, raw length] of each block that follows, in order. Empty in a tree file. */
  blocks: (readonly [Hash, number])[]
}
export const packHead = z.strictObject({
  format: z.literal(FORMAT_VERSION),
  root: hash,
  part: z.string(),
  nodes: z.array(z.string()),
  blocks: z.array(z.tuple([hash, length])),
})
