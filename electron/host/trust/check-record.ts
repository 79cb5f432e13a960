// What must hold of a release record beyond TUF before it is trusted (P2), and when this machine's clock is believed.
import type { z } from 'zod'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { CLOCK_WINDOW_DAYS } from '../../../sync/contract/limits.ts'
import { type ReleaseRecord, releaseRecord } from '../../../sync/contract/release.ts'
import { COUNTY, FORMAT_VERSION } from '../../../sync/contract/tree.ts'
import { compareReleases, seriesOf } from '../../../sync/core/release-order.ts'

const DAY_MS = 86_400_000
/** Two honest clocks differ by less than this. */
export const CLOCK_SKEW_MS = 600_000

/** The clock is believed from the newest trusted release to CLOCK_WINDOW_DAYS after it; before any, always. */
export function clockTrusted(now: Date, newest: ReleaseRecord | null): boolean {
  if (newest === null) return true
  const signed = Date.parse(newest.signedAt)
  return now.getTime() >= signed - CLOCK_SKEW_MS && now.getTime() <= signed + CLOCK_WINDOW_DAYS * DAY_MS
}

/** Errors: E-CLOCK. The office's own time over a nonce is not asked yet: a technician sets the clock. */
export function requireClock(now: Date, newest: ReleaseRecord | null): void {
  if (clockTrusted(now, newest)) return
  throw new SunhallError(
    'E-CLOCK',
    `Expected a clock from ${newest?.signedAt} to ${CLOCK_WINDOW_DAYS} days later, got ${now.toISOString()}; set date and time, then sync again`,
  )
}

/** The record in bytes that TUF verified. Errors: E-FORMAT; E-UPDATE where a later program's office has signed it. */
export function parseRecord(bytes: Uint8Array): ReleaseRecord {
  const json = jsonOf(new TextDecoder().decode(bytes))
  const read = releaseRecord.safeParse(json)
  if (read.success) return read.data
  if (isOfLaterProgram(json, read.error))
    throw new SunhallError(
      'E-UPDATE',
      `Expected a release record of format ${FORMAT_VERSION}, got a later one (${firstIssue(read.error)}); update this terminal's software`,
    )
  throw new SunhallError('E-FORMAT', `Expected a release record, got ${firstIssue(read.error)}; tell the office`)
}

/** A higher format, or a field or dataset that this program doesn't know: the county's key has signed it, so it is no noise. */
function isOfLaterProgram(json: unknown, error: z.ZodError): boolean {
  const format: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'format') : undefined
  if (typeof format === 'number' && format > FORMAT_VERSION) return true
  return error.issues.some(({ code }) => code === 'unrecognized_keys' || code === 'invalid_key')
}

/**
 * `trusted`: the newest record trusted so far; `series`: what the root that verified in this update names. Errors: E-FORMAT
 * (another county), E-NUMBER, E-CLOCK.
 */
export function checkRecord(record: ReleaseRecord, trusted: ReleaseRecord | null, series: number, now: Date): void {
  if (record.county !== COUNTY)
    throw new SunhallError(
      'E-FORMAT',
      `Expected a release of county ${COUNTY}, got one of ${record.county}; use your own county's stick or address`,
    )
  requireClock(now, record)
  // Who holds the release key alone starts no new count of numbers, nor goes on with one that the root has ended.
  if (seriesOf(record) !== series)
    throw new SunhallError(
      'E-NUMBER',
      `Expected a release of series ${series}, as the county's root says, got series ${seriesOf(record)}; tell the office`,
    )
  if (trusted === null) return
  // P2: a replayed release is refused, whatever it is wrapped in. After a theft the root begins a new series, as TUF drops
  // fast-forwarded versions with the keys that signed them (5.3.11).
  if (compareReleases(record, trusted) < 0)
    throw new SunhallError(
      'E-NUMBER',
      `Expected release ${trusted.number} or newer, got ${record.number}: a replay; use a newer stick`,
    )
  if (compareReleases(record, trusted) === 0 && record.root !== trusted.root)
    throw new SunhallError(
      'E-NUMBER',
      `Expected one release of number ${record.number}, got a second one; tell the office`,
    )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return issue === undefined ? 'nothing' : `${issue.path.join('.')}: ${issue.message}`
}
