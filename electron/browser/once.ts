// --once: waits until the worker has done one synchronisation, or failed, and says how the terminal stands.
import { codeOf, type ErrorCode, messageOf } from '../../sync/contract/errors.ts'
import type { HostState } from '../../sync/contract/host-api.ts'
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
  const failure = status?.lastFailure ?? state.lastCheck?.error ?? unfinished(state.mode, inTime)
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

/** Why there is no release, where neither page nor trust said it. */
function unfinished(mode: HostState['mode'], inTime: boolean): OnceReport['lastFailure'] {
  if (mode === 'provisioning') {
    return {
      code: 'E-CONFIG',
      message: 'Expected a terminal with a config, got none; give --config FILE, or choose its folder on the screen',
    }
  }
  if (inTime) return null
  return { code: 'E-STATE', message: 'Expected one synchronisation in time, got none; look into the terminal’s log' }
}

/** The same line for a terminal that didn't even start. */
export function failedStart(error: unknown, dataFolder: string): OnceReport {
  const lastFailure = { code: codeOf(error, 'E-STATE'), message: messageOf(error) }
  const nothing = { terminal: null, release: null, root: null, parts: 0, bytes: 0, requests: 0 }
  return { ok: false, ...nothing, lastFailure, office: 'unknown', dataFolder }
}
