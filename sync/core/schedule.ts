// When a terminal asks the office next: a slot of its own, back-off after failures, Retry-After obeyed, large loads only
// in their hours. Pure: the time and the draw are arguments.
//
//   slot 0        slot 1        slot 2  …  slot fleet−1  │ slot 0 …
//   ├──────────── everyMinutes ─────────────────────────┤

export interface ScheduleInput {
  /** Minutes between two questions. */
  everyMinutes: number
  /** This terminal's number among `fleet`, from 0. */
  slot: number
  fleet: number
  /** ms since 1970. */
  now: number
  /** Minutes that local time is ahead of UTC (480 in China). */
  offsetMinutes: number
  /** Hours for large loads, local 'HH:MM'; across midnight where `from` is later than `to`; none means always. */
  largeLoads: readonly { from: string; to: string }[]
  /** True where a large load is what waits. */
  pendingLarge: boolean
  /** Failed tries since the last success. */
  failures: number
  /** What the office asked for; null where it said nothing. */
  retryAfterSeconds: number | null
  /** A draw in [0, 1). */
  random: number
}
export interface NextSlot {
  /** ms since 1970; always later than `now`. */
  at: number
  reason: 'slot' | 'retry' | 'large-hours'
}

const MINUTE = 60_000
const DAY_MINUTES = 1_440
/** First wait after a failure; doubled by each further one. */
const FIRST_RETRY_MS = 30_000
/** Longest wait after failures: an office that is back is noticed within the hour. */
const LONGEST_RETRY_MS = 60 * MINUTE

/** The next time to ask. */
export function nextSlot(input: ScheduleInput): NextSlot {
  const failed = input.failures > 0 || input.retryAfterSeconds !== null
  const first = failed ? retryAt(input) : slotAt(input)
  const reason = failed ? 'retry' : 'slot'
  if (!input.pendingLarge) return { at: first, reason }
  const at = largeAt(input, first)
  return { at, reason: at === first ? reason : 'large-hours' }
}

/** True where a large load may run at that time. */
export function isLargeAllowed(input: Pick<ScheduleInput, 'largeLoads' | 'offsetMinutes'>, at: number): boolean {
  const minute = localMinute(at, input.offsetMinutes)
  return input.largeLoads.length === 0 || input.largeLoads.some((hours) => minutesInto(hours, minute) !== null)
}

/** This terminal's share of the interval: 30 terminals ask at 30 evenly spread times. */
function slotAt({ everyMinutes, slot, fleet, now }: ScheduleInput): number {
  const every = Math.max(1, everyMinutes) * MINUTE
  const phase = Math.floor((every * (slot % fleet)) / fleet)
  return Math.floor((now - phase) / every) * every + phase + every
}

/** Doubled each time, capped, and spread over its upper half, so that a fleet doesn't come back as one. */
function retryAt({ now, failures, retryAfterSeconds, random }: ScheduleInput): number {
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20))
  const own = Math.max(1_000, Math.floor(wait * (0.5 + random / 2)))
  const asked = (retryAfterSeconds ?? 0) * 1000
  // What the office asked for is a lower limit; up to a tenth more spreads those it asked at the same time.
  return now + Math.max(own, Math.ceil(asked * (1 + random / 10)))
}

/** `first` itself inside the hours for large loads, else this terminal's share of the next such hours. */
function largeAt(input: ScheduleInput, first: number): number {
  if (isLargeAllowed(input, first)) return first
  const minute = localMinute(first, input.offsetMinutes)
  const starts = input.largeLoads.map((hours) => {
    const until = (minuteOf(hours.from) - minute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES
    const spread = Math.min(lengthOf(hours), Math.max(1, input.everyMinutes)) * MINUTE
    const share = Math.floor((spread * (input.slot % input.fleet)) / input.fleet)
    return Math.floor(first / MINUTE) * MINUTE + until * MINUTE + share
  })
  return Math.min(...starts)
}

/** Minutes since the hours began; null outside them. */
function minutesInto(hours: { from: string; to: string }, minute: number): number | null {
  const into = (minute - minuteOf(hours.from) + DAY_MINUTES) % DAY_MINUTES
  return into < lengthOf(hours) ? into : null
}

/** Minutes from `from` to `to`; a whole day where they are the same. */
function lengthOf({ from, to }: { from: string; to: string }): number {
  return (minuteOf(to) - minuteOf(from) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES
}

function minuteOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':')
  return (Number(hours) * 60 + Number(minutes)) % DAY_MINUTES
}

function localMinute(at: number, offsetMinutes: number): number {
  const minute = Math.floor(at / MINUTE) + offsetMinutes
  return ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
}
