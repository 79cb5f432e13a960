// What the store offers: writing to sync/terminal (one owner, under a Web Lock), reading to renderer/data. Every block
// is hashed whenever it is read from disk; a damaged one is reported, dropped and fetched again singly (P10).

import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, Kind, PlaceCode, Rows } from '../contract/rows.ts'
import type { Dataset, PackHead, VillageNode } from '../contract/tree.ts'

/** One small record: what is shown, what was before, what is being loaded. Moved in one strict transaction (P1). */
export interface Pointer {
  shown: ReleaseRecord | null
  previous: ReleaseRecord | null
  loading: ReleaseRecord | null
  /** Parts of `shown` that are whole. All of them except during a first load. */
  shownParts: PlaceCode[]
  /** True once a whole scrub has passed since the switch: the previous release may go. */
  scrubbed: boolean
}

/** Writing side; used by sync/terminal only. Errors: SunhallError E-STORE, E-QUOTA. */
export interface BlockStore {
  pointer(): Promise<Pointer>
  /** Which of these hashes are stored. Checks presence only; reading verifies. */
  missing(hashes: readonly Hash[]): Promise<Set<Hash>>
  /** Nodes of a part of a release, verified against the root on the way; null where not stored. */
  nodes(root: Hash, part: PlaceCode): Promise<PackHead | null>
  /** Raw blocks and the node list of one part, in one strict transaction. */
  putPart(head: PackHead, blocks: readonly (readonly [Hash, Uint8Array])[]): Promise<void>
  /** Single blocks (repair, small differences). */
  putBlocks(blocks: readonly (readonly [Hash, Uint8Array])[]): Promise<void>
  putMedia(hash: Hash, bytes: Uint8Array): Promise<void>
  missingMedia(hashes: readonly Hash[]): Promise<Set<Hash>>
  /** Marks what is being loaded, so that cleaning spares it. */
  begin(record: ReleaseRecord): Promise<void>
  /** A part of a first load is whole: shown at once, pinned to this release. */
  showPart(record: ReleaseRecord, part: PlaceCode): Promise<void>
  /** The switch: one small strict transaction. */
  switchTo(record: ReleaseRecord, parts: readonly PlaceCode[]): Promise<void>
  /** Reads and hashes every block of the shown release, a slice at a time; drops and names damaged ones. */
  scrub(yieldTo: () => Promise<void>): Promise<{ blocks: number; damaged: Hash[] }>
  markScrubbed(): Promise<void>
  /** Removes what no root in use refers to; never during a load. */
  clean(yieldTo: () => Promise<void>): Promise<{ removed: number }>
  close(): void
}

/** Reading side: one release, whole, for as long as the reader is open (P1). Never needs the network (P3). */
export interface BlockReader {
  readonly record: ReleaseRecord
  /** Parts that may be read; others answer null ("还在接收"). */
  readonly parts: ReadonlySet<PlaceCode>
  /** Node of a village ('' for the part's own blocks); null where the tree has none or the part isn't here yet. */
  village(dataset: Dataset, part: PlaceCode, village: PlaceCode | ''): Promise<VillageNode | null>
  /** Rows of all blocks of a kind in a node, in canonical order; `period` narrows. */
  rows<K extends Kind>(node: VillageNode, kind: K, period?: string): Promise<Rows[K][]>
  /** Rows of chosen leaves of a node, by their index in `node.blocks`. */
  rowsAt<K extends Kind>(node: VillageNode, kind: K, leaves: readonly number[]): Promise<Rows[K][]>
  /** Picture bytes; null where this terminal doesn't keep it (本机未存). */
  media(hash: Hash): Promise<Uint8Array | null>
}
