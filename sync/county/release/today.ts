// The county's day: Beijing time, whatever the machine's zone.
import type { Day } from '../../contract/rows.ts'

const BEIJING_MS = 8 * 3_600_000

export function localDay(now: Date): Day {
  return new Date(now.getTime() + BEIJING_MS).toISOString().slice(0, 10)
}
