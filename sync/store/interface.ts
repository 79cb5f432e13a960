// What the store offers: writing to sync/terminal (one owner, under a Web Lock), reading to renderer/data. Every block
// is hashed whenever it is read from disk; a damaged one is reported, dropped and fetched again singly (P10).

import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, Kind, PlaceCode, Rows } from '../contract/rows.ts'
import type { Dataset, PackHead, VillageNode } from '../contract/tree.ts'
import type { VerifiedNodes } from '../core/tree.ts'

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

/** Something on disk that no longer has its hash. `hash` null: the nodes of that part. */
export interface Damage {
  root: Hash
  part: PlaceCode
  hash: Hash | null
}

/** Resolves when heavy work may go on: at once while nobody is at the screen (P7). */
export type YieldTo = () => Promise<void>

/** Nodes of a part and those of its blocks that aren't stored yet. */
export interface PartToStore {
  head: PackHead
  blocks: readonly (readonly [Hash, Uint8Array])[]
}

export interface PatchedRelease {
  record: ReleaseRecord
  base: ReleaseRecord
  /** Parts with other nodes than in the base, and the blocks that it doesn't have. */
  changed: readonly PartToStore[]
  /** Parts whose nodes are the base's: they are written as they lie there. */
  kept: readonly PlaceCode[]
}

/** Writing side; used by sync/terminal only. Errors: SunhallError E-STORE, E-QUOTA. */
export interface BlockStore {
  pointer(): Promise<Pointer>
  /** Which of these are neither in the releases shown and before nor stored singly. Checks presence only; reading verifies. */
  missing(hashes: readonly Hash[]): Promise<Set<Hash>>
  /** Nodes of a part, verified up to the release's root; null where not stored, or damaged and so dropped. */
  nodes(record: ReleaseRecord, part: PlaceCode): Promise<VerifiedNodes | null>
  /** Texts of a release's stored nodes by part, not verified: whoever builds a tree from them holds its root against a signed one. */
  nodeTexts(record: ReleaseRecord): Promise<Map<PlaceCode, string[]>>
  /** Raw bytes of those of some parts' blocks that are stored, not verified: for the base of a patch, whose outcome is. */
  rawBlocks(
    record: ReleaseRecord,
    parts: readonly PlaceCode[],
    hashes: readonly Hash[],
  ): Promise<Map<Hash, Uint8Array<ArrayBuffer>>>
  /** Lets go of what was kept in memory for a load. */
  forget(): void
  /** Blocks that a release's stored nodes name and that were dropped, since they were damaged. Presence only; reading verifies. */
  lacking(record: ReleaseRecord): Promise<Set<Hash>>
  /** Raw blocks and the nodes of parts, in one strict transaction. All verified by the caller. */
  putParts(parts: readonly PartToStore[]): Promise<void>
  /**
   * A release that was worked out from a stored one, whole, and that it is being loaded, in one strict transaction. All
   * verified by the caller. Errors: E-MISSING where a part that stays isn't stored; nothing is written then.
   */
  putPatched(release: PatchedRelease): Promise<void>
  /** Single blocks (repair, small differences), in one strict transaction. Verified by the caller. */
  putBlocks(blocks: readonly (readonly [Hash, Uint8Array])[]): Promise<void>
  putMedia(hash: Hash, bytes: Uint8Array): Promise<void>
  missingMedia(hashes: readonly Hash[]): Promise<Set<Hash>>
  /** Marks what is being loaded, so that cleaning spares it. */
  begin(record: ReleaseRecord): Promise<void>
  /**
   * Parts of a first load are whole: shown at once, pinned to this release. `given`: with their blocks and nodes, written
   * in the same strict transaction; `stored`: those that are there already. Errors: E-STATE, E-MIXED.
   */
  showParts(record: ReleaseRecord, given: readonly PartToStore[], stored?: readonly PlaceCode[]): Promise<Pointer>
  /** The switch: one small strict transaction. Errors: E-STATE where a part's nodes are not stored. */
  switchTo(record: ReleaseRecord, parts: readonly PlaceCode[]): Promise<void>
  /** Reads and hashes every node and block of the shown release, a slice at a time; drops and names damaged ones. */
  scrub(yieldTo: YieldTo, signal: AbortSignal): Promise<{ blocks: number; damaged: Damage[] }>
  /** Reads and hashes one block or the nodes of one part; drops it where damaged. True when it is gone or was dropped. */
  dropIfDamaged(damage: Damage): Promise<boolean>
  markScrubbed(): Promise<void>
  /** Removes what no root in use refers to; never during a load. `keepMedia`: pictures to keep, null for all. */
  clean(yieldTo: YieldTo, keepMedia: ReadonlySet<Hash> | null): Promise<{ removed: number }>
  /** Rows of the shown release for the engine's own needs (its pictures), verified like a reader's. */
  reader(): Promise<OpenReader | null>
  /** Damage that a reader has met. Returns the way to stop listening. */
  onDamaged(listener: (damage: Damage) => void): () => void
  /** Tells readers that wait for it that the damage is mended. */
  repaired(damage: Damage): void
  close(): void
}

/** Which rows: those that have one of the values in the field. */
export interface Wanted<K extends Kind, F extends keyof Rows[K] & string> {
  field: F
  values: ReadonlySet<Rows[K][F]>
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
  /**
   * Rows in whose `field` one of the values stands, in canonical order, of chosen leaves or of all of the kind. For few
   * out of many: the others are never made.
   */
  rowsWith<K extends Kind, F extends keyof Rows[K] & string>(
    node: VillageNode,
    kind: K,
    wanted: Wanted<K, F>,
    leaves?: readonly number[],
  ): Promise<Rows[K][]>
  /** Picture bytes; null where this terminal doesn't keep it (本机未存). */
  media(hash: Hash): Promise<Uint8Array | null>
}

/**
 * A reader of the disk. Errors of its reads: E-DAMAGED where something lost its hash and was not mended in time (ask
 * again a little later), E-STORE where the disk failed. While it is open, cleaning spares its release.
 */
export interface OpenReader extends BlockReader {
  close(): void
}
