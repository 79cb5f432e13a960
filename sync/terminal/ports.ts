// What the engine stands on: the host over HTTP, the store, the clock and chance, all given from outside so that tests
// can simulate them.
import { SunhallError } from '../contract/errors.ts'
import type { CheckRequest, CheckResult, HostState } from '../contract/host-api.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import type { SyncStatus } from '../contract/sync-status.ts'
import type { Hasher } from '../core/tree.ts'
import type { BlockStore } from '../store/interface.ts'

/** The office (through the host) is busy and said when to come again. */
export class BusyError extends SunhallError {
  readonly retryAfterSeconds: number | null
  constructor(message: string, retryAfterSeconds: number | null) {
    super('E-BUSY', message)
    this.name = 'BusyError'
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Raw bytes expected of a gzipped file (a reader stops there), and where to tell of bytes as they arrive. */
export interface FileRequest {
  path: string
  raw: number
  signal: AbortSignal
  /** Compressed bytes that have just arrived. */
  arrived(bytes: number): void
}
/** The host, through the page's own origin. Errors: SunhallError with the host's code, E-OFFLINE, E-LENGTH, E-FORMAT. */
export interface Transport {
  state(signal: AbortSignal): Promise<HostState>
  check(request: CheckRequest, signal: AbortSignal): Promise<CheckResult>
  /** The file, ungzipped: exactly `raw` bytes. */
  file(request: FileRequest): Promise<Uint8Array<ArrayBuffer>>
  /** A picture, at most MAX_MEDIA_BYTES. Its hash is checked by the caller. */
  media(hash: Hash, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>
  tellStatus(status: SyncStatus): void
  /** The mirror may drop other roots. */
  tellShown(root: Hash, previous: Hash | null): Promise<void>
}

export interface Clock {
  /** ms since 1970. */
  now(): number
  /** Minutes that local time is ahead of UTC at that moment (480 in China). */
  offsetMinutes(at: number): number
  setTimeout(work: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

export interface Ports {
  /** Opens the store anew; the engine closes what it opened. Errors: E-STORE, E-QUOTA. */
  openStore(): Promise<BlockStore>
  transport: Transport
  hash: Hasher
  clock: Clock
  /** A draw in [0, 1). */
  random(): number
  /** Tells the page that readers should open anew. */
  changed(root: Hash, parts: PlaceCode[]): void
  /** Tells the page, on every change. */
  status(status: SyncStatus): void
}
