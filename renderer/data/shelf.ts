// Reads the blocks of one release by place: which node a question needs, and what is "still being received".
//
//   part not in the store yet ─► null (the screen says 还在接收)
//   node or kind not in the tree ─► []  (nothing published; never shown as zero)

import type { Kind, PlaceCode, Rows } from '../../sync/contract/rows.ts'
import { COUNTY, type Dataset, NAMES, type VillageNode } from '../../sync/contract/tree.ts'
import type { BlockReader } from '../../sync/store/interface.ts'
import type { Answer } from './county-data.ts'

export const PENDING: Answer<never> = { state: 'pending' }
export const NONE: Answer<never> = { state: 'none' }
export function here<T>(value: T): Answer<T> {
  return { state: 'here', value }
}

/** Township of a place code: the first nine digits, or the county itself. */
export function partOfPlace(place: PlaceCode): PlaceCode {
  return place.length >= 9 ? place.slice(0, 9) : COUNTY
}

export interface Shelf {
  readonly reader: BlockReader
  /** True when every part of the release is here: county-wide lists and totals may open. */
  readonly whole: boolean
  /** Township parts of the release, in code order. */
  readonly townships: readonly PlaceCode[]
  /** Rows that a part holds for itself; null while the part is still being received. */
  own<K extends Kind>(dataset: Dataset, part: PlaceCode, kind: K, period?: string): Promise<Rows[K][] | null>
  /** Node of one village; 'pending' while its township is still being received, null where the tree has none. */
  node(dataset: Dataset, village: PlaceCode): Promise<VillageNode | null | 'pending'>
  /** Rows of one village; null while its township is still being received. */
  of<K extends Kind>(dataset: Dataset, village: PlaceCode, kind: K, period?: string): Promise<Rows[K][] | null>
  /** Blocks of a kind whose period is chosen, by their index in the node. */
  leaves(node: VillageNode, kind: Kind, wanted: (period: string) => boolean): number[]
  /** Rows of the blocks of a kind whose period is chosen: a year's months without reading the other years. */
  periods<K extends Kind>(node: VillageNode, kind: K, wanted: (period: string) => boolean): Promise<Rows[K][]>
}

export function createShelf(reader: BlockReader): Shelf {
  const parts = Object.keys(reader.record.packs)
  const rowsOf = <K extends Kind>(node: VillageNode | null, kind: K, period?: string): Promise<Rows[K][]> =>
    node === null ? Promise.resolve([]) : reader.rows(node, kind, period)

  const shelf: Shelf = {
    reader,
    whole: parts.every((part) => reader.parts.has(part)),
    townships: parts.filter((part) => part !== COUNTY && part !== NAMES).sort(),
    async own(dataset, part, kind, period) {
      if (!reader.parts.has(part)) return null
      return rowsOf(await reader.village(dataset, part, ''), kind, period)
    },
    async node(dataset, village) {
      const part = partOfPlace(village)
      return reader.parts.has(part) ? reader.village(dataset, part, village) : 'pending'
    },
    async of(dataset, village, kind, period) {
      const node = await shelf.node(dataset, village)
      return node === 'pending' ? null : rowsOf(node, kind, period)
    },
    leaves: (node, kind, wanted) =>
      node.blocks.flatMap((leaf, index) => (leaf[0] === kind && wanted(leaf[1]) ? [index] : [])),
    periods: (node, kind, wanted) => reader.rowsAt(node, kind, shelf.leaves(node, kind, wanted)),
  }
  return shelf
}

/** Keeps the answer of a small, often needed read for the life of the release; a failed read is tried again. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null
  return () => {
    if (kept === null) {
      const tried = read()
      tried.catch(() => {
        kept = null
      })
      kept = tried
    }
    return kept
  }
}

/** Chooses blocks of one year, whether they lie by month or, for a closed year, by year. */
export function inYear(year: number): (period: string) => boolean {
  const text = String(year)
  return (period) => period === '' || period.slice(0, 4) === text
}
