// What the engine remembers between two events, and the events it hears.
import type { CheckRequest, HostState, TerminalProfile } from '../contract/host-api.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import type { SyncFailure, SyncProgress, SyncStatus } from '../contract/sync-status.ts'
import type { BlockStore, Damage, Pointer } from '../store/interface.ts'
import type { Meter } from './fetching.ts'
import type { MediaCount } from './pictures.ts'
import type { Ports } from './ports.ts'
import { createRestGate, type RestGate } from './rest-gate.ts'

export interface Context {
  ports: Ports
  gate: RestGate
  store: BlockStore | null
  profile: TerminalProfile | null
  pointer: Pointer
  /** What the next or present check is for. */
  request: CheckRequest
  /** What is being loaded, or is loaded and waits for rest. */
  candidate: ReleaseRecord | null
  /** Root of a first load that is served no more: no longer kept to. */
  gone: Hash | null
  progress: SyncProgress | null
  /** Cost of the present try, its start in ms. */
  meter: Meter & { since: number }
  failures: number
  retryAfterSeconds: number | null
  pendingLarge: boolean
  /** ms since 1970. */
  nextSlot: number | null
  /** True once a check has begun since the start. */
  asked: boolean
  last: SyncStatus['last']
  lastFailure: SyncFailure | null
  scrub: SyncStatus['scrub']
  /** Scrubs in a row that found damage. */
  finds: number
  media: MediaCount
  /** Care that is still owed, in this order. `scrub`: 'asked' doesn't wait for rest. */
  due: { pictures: boolean; scrub: false | 'due' | 'asked'; clean: boolean }
  /** Damage that readers have met, to be mended one after the other. */
  damaged: Damage[]
}

export type Event =
  | { type: 'rest' }
  | { type: 'visit' }
  | { type: 'sync-now' }
  | { type: 'load-stick'; folder: string | null }
  | { type: 'scrub-now' }
  | { type: 'damaged'; damage: Damage }
  | { type: 'planned'; bytes: number }
  | { type: 'arrived' }
  | { type: 'part'; part: PlaceCode; pointer: Pointer | null }
  | { type: 'media'; count: MediaCount }

export interface Started {
  store: BlockStore
  pointer: Pointer
  host: HostState
}
/** What the office (or the stick) said, and what is to be loaded. */
export interface Checked {
  candidate: ReleaseRecord | null
  failure: SyncFailure | null
  retryAfterSeconds: number | null
}
export interface Loaded {
  pointer: Pointer
  shown: boolean
}

export const NOTHING: Pointer = { shown: null, previous: null, loading: null, shownParts: [], scrubbed: false }

export function freshContext(ports: Ports): Context {
  return {
    ports,
    gate: createRestGate(),
    store: null,
    profile: null,
    pointer: NOTHING,
    request: { reason: 'slot', folder: null },
    candidate: null,
    gone: null,
    progress: null,
    meter: { bytes: 0, requests: 0, since: 0 },
    failures: 0,
    retryAfterSeconds: null,
    pendingLarge: false,
    nextSlot: null,
    asked: false,
    last: null,
    lastFailure: null,
    scrub: null,
    finds: 0,
    media: { have: 0, wanted: 0 },
    due: { pictures: false, scrub: false, clean: false },
    damaged: [],
  }
}
