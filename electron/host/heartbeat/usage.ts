// What is counted of a terminal's use: visits and screens by hour, never persons, never words or names (P6). One file a
// day in <data>/usage, kept until the office has it for good. Written at most once a minute: a power cut costs a
// minute's counts, and no tap waits for the disk (P7). The report key is counted by the day only, and told once the day is
// over: an hour could say who it was (P4).
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  USAGE_DAYS,
  USAGE_DAYS_SENT,
  USAGE_SCREENS,
  type UsageDay,
  usageDay,
  VOICE_SCREEN,
} from '../../../sync/contract/fleet.ts'
import type { UsageRequest } from '../../../sync/contract/host-api.ts'
import { readJson, writeWhole } from '../files.ts'

const WRITE_EVERY_MS = 60_000

export interface Usage {
  count(event: UsageRequest): void
  /** Nobody uses the terminal now: the page said so, and nothing began since. False until it has spoken. */
  resting(): boolean
  /** Grows with each visit: two equal readings mean that none began between them. */
  visits(): number
  /** Calls once, as soon as the terminal rests. */
  whenResting(work: () => void): void
  /** The days that the office lacks, oldest first; today's so far is the last. Errors: E-STORE, E-QUOTA. */
  unsent(): UsageDay[]
  /** Drops what is over and acknowledged. */
  acknowledge(days: readonly string[]): void
  /** Writes what is counted. Never throws: with a full disk counts are lost, and nothing else. */
  flush(): void
  close(): void
}

/** `now` is the office's time as well as it is known: a clock that is years off must not count into those years. */
export function openUsage(dataFolder: string, now: () => Date): Usage {
  const folder = join(dataFolder, 'usage')
  let today: UsageDay | null = null
  let dirty = false
  let resting = false
  let visits = 0
  let waiting: (() => void)[] = []
  const flush = (): void => {
    if (today === null || !dirty) return
    try {
      writeWhole(fileOf(folder, today.day), JSON.stringify(today))
      dirty = false
    } catch {
      // Counting must not take the terminal down.
    }
  }
  const turn = (day: string): UsageDay => {
    if (today?.day === day) return today
    flush()
    today = readDay(folder, day) ?? { day, visits: hours(), screens: {}, over: false }
    dirty = false
    return today
  }
  const timer = setInterval(flush, WRITE_EVERY_MS).unref()
  return {
    count(event) {
      resting = event.event === 'rest'
      if (event.event === 'visit') visits += 1
      if (resting) for (const work of waiting.splice(0)) work()
      else dirty = add(turn(dayOf(now())), event, now().getHours()) || dirty
    },
    resting: () => resting,
    visits: () => visits,
    whenResting(work) {
      if (resting) work()
      else waiting = [...waiting, work]
    },
    unsent() {
      flush()
      const day = dayOf(now())
      const days = daysIn(folder)
      // What nobody fetched for over a year is given up, oldest first.
      for (const old of days.slice(0, Math.max(0, days.length - USAGE_DAYS))) rmSync(fileOf(folder, old))
      const kept = days.slice(-USAGE_DAYS).flatMap((one) => readDay(folder, one) ?? [])
      return kept.slice(0, USAGE_DAYS_SENT).map((one) => (one.day < day ? { ...one, over: true } : unfinished(one)))
    },
    acknowledge(days) {
      const day = dayOf(now())
      for (const one of daysIn(folder)) if (one < day && days.includes(one)) rmSync(fileOf(folder, one))
    },
    flush,
    close() {
      clearInterval(timer)
      flush()
    },
  }
}

/** The day so far, without what is told of whole days only. */
function unfinished(day: UsageDay): UsageDay {
  const { [VOICE_SCREEN]: _, ...screens } = day.screens
  return { ...day, screens, over: false }
}

/** False where it isn't counted: a page can't fill the disk with invented screens. */
function add(day: UsageDay, event: UsageRequest, hour: number): boolean {
  const counts = event.event === 'screen' ? screenOf(day, event.screen) : day.visits
  if (counts === null) return false
  const at = event.event === 'screen' && event.screen === VOICE_SCREEN ? 0 : hour
  counts[at] = (counts[at] ?? 0) + 1
  return true
}

function screenOf(day: UsageDay, screen: string): number[] | null {
  const known = day.screens[screen]
  if (known !== undefined) return known
  if (Object.keys(day.screens).length >= USAGE_SCREENS) return null
  const counts = hours()
  day.screens[screen] = counts
  return counts
}

const hours = (): number[] => Array.from({ length: 24 }, () => 0)
const two = (part: number): string => String(part).padStart(2, '0')
const dayOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
const fileOf = (folder: string, day: string): string => join(folder, `${day}.json`)

function readDay(folder: string, day: string): UsageDay | null {
  return usageDay.safeParse(readJson(fileOf(folder, day))).data ?? null
}

function daysIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name))
      .map((name) => name.slice(0, 10))
      .sort()
  } catch {
    return []
  }
}
