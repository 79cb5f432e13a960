// --once: waits until the worker has done one synchronisation, or failed, and says how the terminal stands.
import type { ErrorCode } from '../../sync/contract/errors.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import type { Host } from '../host/host.ts'

export interface OnceReport {
  ok: boolean
  terminal: string | null
  release: number | null
  root: string | null
  /** Parts of the shown release that are in the store. */
  parts: number
  bytes: number
  requests: number
  lastFailure: { code: ErrorCode; message: string } | null
  office: 'unknown' | 'reachable' | 'unreachable'
  dataFolder: string
}

/** Done when nothing is under way after a check that this run made. */
export function isSettled(status: SyncStatus | null, checked: boolean): boolean {
  if (status === null || !checked) return false
  if (status.phase !== 'waiting' && status.phase !== 'scrubbing') return false
  return status.loading === null && (status.last !== null || status.lastFailure !== null || status.shown !== null)
}

/** False where it took longer than `timeoutMs`. */
export function waitForSync(host: Host, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (inTime: boolean): void => {
      clearTimeout(timer)
      stop()
      resolve(inTime)
    }
    const look = (): void => {
      const state = host.state()
      if (state.mode === 'provisioning' || isSettled(host.status(), state.lastCheck !== null)) settle(true)
    }
    const timer = setTimeout(() => settle(false), timeoutMs)
    const stop = host.subscribe(look)
    look()
  })
}

export function reportOf(host: Host, inTime: boolean, dataFolder: string): OnceReport {
  const state = host.state()
  const status = host.status()
  const failure = status?.lastFailure ?? state.lastCheck?.error ?? null
  const lastFailure = failure === null ? null : { code: failure.code, message: failure.message }
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
