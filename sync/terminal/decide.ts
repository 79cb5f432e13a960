// The engine's decisions: when to ask next, what to load, and what failures mean. Pure, given the context.
import { type ErrorCode, messageOf, SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash } from '../contract/rows.ts'
import type { SyncFailure } from '../contract/sync-status.ts'
import { compareReleases, seriesOf } from '../core/release-order.ts'
import { isLargeAllowed, nextSlot, type ScheduleInput } from '../core/schedule.ts'
import type { Pointer } from '../store/interface.ts'
import type { Context } from './context.ts'
import { isWhole } from './load.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
/** Local time of the nightly scrub, in minutes; each terminal a minute later than the one before, … */
const NIGHT_MINUTE = 2 * 60 + 40
/** … closer together where they are so many that the last would come when the hall is open. */
const NIGHT_SPREAD = 4 * 60
/** Longest wait of the first check after a start that already shows something: a power cut starts all terminals at once. */
const START_SPREAD_MS = 10_000
const REOPEN_MS = 2_000
const LONGEST_REOPEN_MS = 60_000

function scheduleInput(context: Context, now: number): ScheduleInput {
  const { profile, ports } = context
  const schedule = profile?.schedule
  return {
    everyMinutes: schedule?.everyMinutes ?? 60,
    slot: profile?.slot ?? 0,
    fleet: profile?.fleet ?? 1,
    now,
    offsetMinutes: ports.clock.offsetMinutes(now),
    largeLoads: schedule?.largeLoads ?? [],
    pendingLarge: context.pendingLarge,
    failures: context.failures,
    retryAfterSeconds: context.retryAfterSeconds,
    random: ports.random(),
  }
}

/** ms since 1970 of the next question to the office. */
export function planSlot(context: Context): number {
  const now = context.ports.clock.now()
  if (!context.asked && context.failures === 0) return now + Math.floor(context.ports.random() * START_SPREAD_MS)
  return nextSlot(scheduleInput(context, now)).at
}

/** ms from now to the nightly scrub. */
export function untilNight(context: Context): number {
  const now = context.ports.clock.now()
  const local = now + context.ports.clock.offsetMinutes(now) * MINUTE
  const { slot, fleet } = context.profile ?? { slot: 0, fleet: 1 }
  const night = (NIGHT_MINUTE + Math.floor(slot * Math.min(1, NIGHT_SPREAD / fleet))) * MINUTE
  const until = (night - (local % DAY) + DAY) % DAY
  return until === 0 ? DAY : until
}

/** ms before a lost store is opened anew; more after each further failure. */
export function untilReopened({ failures }: Context): number {
  return Math.min(LONGEST_REOPEN_MS, REOPEN_MS * Math.max(1, failures))
}

/** True where a load of that many bytes may run now. */
export function mayLoad(context: Context, bytes: number): boolean {
  const schedule = context.profile?.schedule
  if (schedule === undefined || bytes <= schedule.largeBytes || context.request.reason !== 'slot') return true
  const now = context.ports.clock.now()
  return isLargeAllowed(scheduleInput(context, now), now)
}

/**
 * What to load after a check. A first load keeps to its release, unless that is `gone`; else the newest that trust knows,
 * even with the office dead, since the mirror may have it (P3). null: nothing. Errors: E-NUMBER for an older release.
 */
export function chooseCandidate(
  pointer: Pointer,
  newest: ReleaseRecord | null,
  gone: Hash | null,
): ReleaseRecord | null {
  const { shown, loading } = pointer
  const begun = shown !== null && !isWhole(pointer, shown) ? shown : shown === null ? loading : null
  if (begun !== null && begun.root !== gone) return begun
  if (newest === null || shown === null) return newest
  // P2: a replayed release is refused here too, whatever the host said.
  if (compareReleases(newest, shown) < 0)
    throw new SunhallError(
      'E-NUMBER',
      `Expected a release after ${shown.number}, got ${newest.number}; the old one stays`,
    )
  return isWhole(pointer, newest) && compareReleases(shown, newest) === 0 ? null : newest
}

export function failureOf(error: unknown, at: number, number: number | null): SyncFailure {
  const code: ErrorCode = error instanceof SunhallError ? error.code : 'E-STORE'
  return { code, message: messageOf(error), number, at: new Date(at).toISOString() }
}

/** True where a first load's release is served no more, so that keeping to it would wait for ever. */
export function isGone(error: unknown): boolean {
  return error instanceof SunhallError && error.code === 'E-MISSING'
}

/**
 * True where the shown release withdraws earlier ones, or comes after stolen keys, and nothing before it is kept: what they
 * held goes before anything else is looked after.
 */
export function mustForget({ shown, previous }: Pointer): boolean {
  return previous === null && shown !== null && ((shown.withdrawn ?? []).length > 0 || seriesOf(shown) > 0)
}

export function isStoreLost(error: unknown): boolean {
  return error instanceof SunhallError && error.code === 'E-STORE'
}

/** What an actor ended with; its event isn't among those that are sent. */
export function errorOf(event: object): unknown {
  return 'error' in event ? event.error : undefined
}
