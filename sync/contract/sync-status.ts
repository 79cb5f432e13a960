// What the sync worker and the page tell each other, and what the technician's view shows at all times.
import type { ErrorCode } from './errors.ts'
import type { ReleaseRecord } from './release.ts'
import type { Hash, PlaceCode } from './rows.ts'

/** A refusal or failure, kept until the next success. */
export interface SyncFailure {
  code: ErrorCode
  message: string
  /** Number of the release that was refused, where known. */
  number: number | null
  /** ISO 8601. */
  at: string
}
export interface SyncProgress {
  number: number
  root: Hash
  /** Parts whole in the store already. */
  ready: PlaceCode[]
  parts: number
  bytesDone: number
  bytesTotal: number
}
export interface SyncStatus {
  phase: 'starting' | 'waiting' | 'checking' | 'loading' | 'ready-to-switch' | 'switching' | 'scrubbing' | 'stopped'
  /** The release on screen; null before the first load. */
  shown: ReleaseRecord | null
  /** Parts of the shown release that are in the store; all of them but during a first load. */
  shownParts: PlaceCode[]
  loading: SyncProgress | null
  /** ISO 8601 of the next slot. */
  nextSlot: string | null
  /** Failed tries since the last success. */
  failures: number
  last: { at: string; ms: number; bytes: number; requests: number; number: number } | null
  lastFailure: SyncFailure | null
  scrub: { at: string; blocks: number; damaged: number; repaired: number } | null
  media: { have: number; wanted: number }
}

export type ToWorker =
  /** The page is in attract: what is ready may be switched, and heavy work may run. */
  | { type: 'rest' }
  /** A visit is under way: nothing switches, scrub and cleaning wait. */
  | { type: 'visit' }
  | { type: 'sync-now' }
  /** Load from a folder or stick that the host has found and verified. */
  | { type: 'load-stick'; folder: string | null }
  | { type: 'scrub-now' }
export type FromWorker =
  | { type: 'status'; status: SyncStatus }
  /** The pointer moved, or a part of a first load became whole: readers open anew. */
  | { type: 'release-changed'; root: Hash; parts: PlaceCode[] }
