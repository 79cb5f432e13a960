// --once: waits until the worker has done one synchronisation, or failed, and says how the terminal stands.
import { codeOf, type ErrorCode, messageOf } from '../../sync/contract/errors.ts'
import type { HostState } from '../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import type { Host } from '../host/host.ts'

interface Failure {
  code: ErrorCode
  message: string
}
export interface OnceReport {
  ok: boolean
  terminal: string | null
  release: number | null
  root: string | null
  /** Parts of the shown release that are in the store. */
  parts: number
  bytes: number
  requests: number
  lastFailure: Failure | null
  office: 'unknown' | 'reachable' | 'unreachable'
  dataFolder: string
}

/** A page that failed this often without asking for a release won't: its store doesn't open, or its disk is full. */
const HOPELESS_FAILURES = 3
/** Bytes of free disk below which a failure of the page's store is told as a full disk. */
const TIGHT_DISK_BYTES = 20_000_000

/** Done when nothing is under way after a check that this run made, or when none will come. */
export function isSettled(status: SyncStatus | null, checked: boolean): boolean {
  if (status === null) return false
  if (!checked) return status.failures >= HOPELESS_FAILURES
  if (status.phase !== 'waiting' && status.phase !== 'scrubbing') return false
  return status.loading === null && (status.last !== null || status.lastFailure !== null || status.shown !== null)
}

/** False where `signal` ended it. */
export function waitForSync(host: Host, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (inTime: boolean): void => {
      signal.removeEventListener('abort', giveUp)
      stop()
      resolve(inTime)
    }
    const look = (): void => {
      const state = host.state()
      if (state.mode === 'provisioning' || isSettled(host.status(), state.lastCheck !== null)) settle(true)
    }
    const giveUp = (): void => settle(false)
    signal.addEventListener('abort', giveUp)
    const stop = host.subscribe(look)
    if (signal.aborted) giveUp()
    else look()
  })
}

export function reportOf(host: Host, inTime: boolean, dataFolder: string): OnceReport {
  const state = host.state()
  const status = host.status()
  const failure = status?.lastFailure ?? state.lastCheck?.error ?? unfinished(state, inTime)
  const lastFailure = failure === null ? null : told(failure, state)
  const shown = status?.shown ?? null
  return {
    ok: inTime && shown !== null && lastFailure === null,
    terminal: state.profile?.terminal ?? null,
    release: shown?.number ?? null,
    root: shown?.root ?? null,
    parts: status?.shownParts.length ?? 0,
    bytes: status?.last?.bytes ?? 0,
    requests: status?.last?.requests ?? 0,
    lastFailure,
    office: state.office,
    dataFolder,
  }
}

/** Why there is no release, where neither page nor trust said it. */
function unfinished({ mode }: HostState, inTime: boolean): Failure | null {
  if (mode === 'provisioning') {
    return {
      code: 'E-CONFIG',
      message: 'Expected a terminal with a config, got none; give --config FILE, or choose its folder on the screen',
    }
  }
  if (inTime) return null
  return {
    code: 'E-STORE',
    message: 'Expected the page to synchronise, got none that did; look for browser-ended in the log, and at the disk',
  }
}

/** Chromium says "internal error" of a full disk; the technician should hear what it is. */
function told({ code, message }: Failure, { diskFreeBytes, dataFolder }: HostState): Failure {
  const full = code === 'E-STORE' && diskFreeBytes !== null && diskFreeBytes < TIGHT_DISK_BYTES
  if (!full) return { code, message }
  const left = `only ${Math.floor(diskFreeBytes / 1000)} kB`
  return {
    code: 'E-QUOTA',
    message: `Expected room on the disk for ${dataFolder}, got ${left}; free some (${message})`,
  }
}

/** The same line for a terminal that didn't even start. */
export function failedStart(error: unknown, dataFolder: string): OnceReport {
  const lastFailure = { code: codeOf(error, 'E-STATE'), message: messageOf(error) }
  const nothing = { terminal: null, release: null, root: null, parts: 0, bytes: 0, requests: 0 }
  return { ok: false, ...nothing, lastFailure, office: 'unknown', dataFolder }
}
