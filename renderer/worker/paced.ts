// Statuses at a pace that a page can draw: what is news goes at once, progress a few times a second (P7). The last one
// always arrives.
import type { SyncStatus } from '../../sync/contract/sync-status.ts'

/** ms between two statuses that only count further. */
const PACE_MS = 400

export interface Timers {
  setTimeout(work: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

/** Passes statuses on to `tell`; those that nobody would miss are left out. */
export function paced(tell: (status: SyncStatus) => void, timers: Timers): (status: SyncStatus) => void {
  let told: SyncStatus | null = null
  let next: SyncStatus | null = null
  let timer: unknown = null

  function go(status: SyncStatus): void {
    timers.clearTimeout(timer)
    next = null
    told = status
    tell(status)
    timer = timers.setTimeout(() => {
      timer = null
      if (next !== null) go(next)
    }, PACE_MS)
  }
  return (status) => {
    if (timer === null || told === null || isNews(told, status)) go(status)
    else next = status
  }
}

/** Whether more has changed than how far a load has come. */
function isNews(was: SyncStatus, now: SyncStatus): boolean {
  if (was.phase !== now.phase || was.shown?.root !== now.shown?.root) return true
  // The first part and the last one change what may be seen.
  const parts = now.shown === null ? 0 : Object.keys(now.shown.packs).length
  if (was.shownParts.length !== now.shownParts.length && [0, parts].includes(now.shownParts.length)) return true
  return was.lastFailure?.at !== now.lastFailure?.at
}
