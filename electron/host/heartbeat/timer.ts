// When heartbeats go out: at this terminal's slot (sync/core/schedule.ts), a little after the release was looked for,
// sooner after a failure or when something worth telling happened.
import type { TerminalConfig } from '../../../kiosk-config/schema.ts'
import { nextSlot } from '../../../sync/core/schedule.ts'
import type { Beat } from './heartbeat.ts'

/** Ms after the start until the first one, and after news until it is told; the draw adds up to as much again. */
export const SOON_MS = 30_000
/** The look for a release comes first: its outcome belongs into the heartbeat. */
const AFTER_SLOT_MS = 60_000
/** No timer sleeps longer: a clock that is set moves the slots. */
const LONGEST_SLEEP_MS = 600_000

export interface TimerParts {
  config(): Pick<TerminalConfig, 'schedule' | 'slot' | 'fleet'> | null
  beat(): Promise<Beat>
  clock(): Date
  /** A draw in [0, 1). */
  random(): number
}
export interface HeartbeatTimer {
  /** Something happened that the office should hear before the next slot. */
  news(): void
  close(): void
}

export function startTimer(parts: TimerParts): HeartbeatTimer {
  let failures = 0
  let closed = false
  let timer: NodeJS.Timeout | undefined
  const now = (): number => parts.clock().getTime()
  const soon = (): number => now() + SOON_MS * (1 + parts.random())
  const next = (): number => {
    const config = parts.config()
    if (config === null) return now() + LONGEST_SLEEP_MS
    const { schedule, slot, fleet } = config
    const never = { largeLoads: [], pendingLarge: false, offsetMinutes: 0, retryAfterSeconds: null }
    const draw = parts.random()
    const at = nextSlot({
      ...never,
      everyMinutes: schedule.everyMinutes,
      slot,
      fleet,
      now: now(),
      failures,
      random: draw,
    }).at
    return failures > 0 ? at : at + AFTER_SLOT_MS * (1 + draw)
  }
  const sleep = (at: number): void => {
    if (closed) return
    clearTimeout(timer)
    const left = at - now()
    timer = setTimeout(() => (left > LONGEST_SLEEP_MS ? sleep(Math.min(at, next())) : void run()), wait(left)).unref()
  }
  const run = async (): Promise<void> => {
    const { result } = await parts.beat()
    failures = result === 'taken' || result === 'none' ? 0 : failures + 1
    sleep(next())
  }
  sleep(soon())
  return {
    news: () => sleep(soon()),
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}

const wait = (left: number): number => Math.min(LONGEST_SLEEP_MS, Math.max(0, left))
