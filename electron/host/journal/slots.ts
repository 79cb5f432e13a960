// When the journal goes to the office: at this terminal's slots with a jitter, whether or not anything waits to be seen
// from outside; after failures with the same back-off as a look for a release. One delivery at a time.
import { nextSlot } from '../../../sync/core/schedule.ts'
import type { Delivered } from './delivery.ts'

export interface SlotParts {
  deliver(): Promise<Delivered>
  /** Null without a config. */
  schedule(): { everyMinutes: number; slot: number; fleet: number } | null
  now(): number
  random(): number
}
export interface Slots {
  /** Delivers now, or joins the delivery under way: for a technician, and for tests. */
  deliverNow(): Promise<Delivered>
  /** Ends the timer and waits for a delivery under way. */
  close(): Promise<void>
}

/** Share of the interval over which a slot is spread. */
const JITTER = 0.2
/** Ms until the config is looked for again where there is none. */
const IDLE_MS = 60_000

export function startSlots(parts: SlotParts): Slots {
  let failures = 0
  let retryAfterSeconds: number | null = null
  let underWay: Promise<Delivered> | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const deliverNow = (): Promise<Delivered> => {
    underWay ??= parts
      .deliver()
      .then((done) => {
        failures = done.failure === null ? 0 : failures + 1
        retryAfterSeconds = done.failure?.retryAfterSeconds ?? null
        return done
      })
      .finally(() => {
        underWay = null
      })
    return underWay
  }
  const plan = (): void => {
    if (closed) return
    timer = setTimeout(() => void run(), waitMs(parts, failures, retryAfterSeconds))
    timer.unref()
  }
  const run = async (): Promise<void> => {
    await deliverNow().catch(() => undefined)
    plan()
  }
  plan()
  return {
    deliverNow,
    async close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      await underWay?.catch(() => undefined)
    },
  }
}

/** Ms until the next delivery. */
export function waitMs(parts: SlotParts, failures: number, retryAfterSeconds: number | null): number {
  const schedule = parts.schedule()
  if (schedule === null) return IDLE_MS
  const now = parts.now()
  const large = { largeLoads: [], pendingLarge: false, offsetMinutes: 0 }
  const { at, reason } = nextSlot({
    ...schedule,
    ...large,
    now,
    failures,
    retryAfterSeconds,
    random: parts.random(),
  })
  const spread = reason === 'slot' ? JITTER * schedule.everyMinutes * 60_000 * parts.random() : 0
  return at - now + Math.floor(spread)
}
