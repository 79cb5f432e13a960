// The engine's state as the technician's view and the host's log see it.
import type { SyncStatus } from '../contract/sync-status.ts'
import type { Context } from './context.ts'

/** `phase` as the chart names its states. */
export function statusOf(context: Context, phase: SyncStatus['phase']): SyncStatus {
  const { pointer, progress } = context
  return {
    phase,
    shown: pointer.shown,
    shownParts: [...pointer.shownParts],
    loading: progress === null ? null : { ...progress, ready: [...progress.ready] },
    nextSlot: context.nextSlot === null ? null : new Date(context.nextSlot).toISOString(),
    failures: context.failures,
    last: context.last,
    lastFailure: context.lastFailure,
    scrub: context.scrub,
    media: { ...context.media },
  }
}
