// What the technician's view says, decided from the host's state and the worker's status. Pure.
import type { ErrorInfo, HostState } from '../../../sync/contract/host-api.ts'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import type { PlaceCode } from '../../../sync/contract/rows.ts'
import type { SyncStatus } from '../../../sync/contract/sync-status.ts'

export const CHECKS = ['signature', 'hash', 'length', 'number', 'expiry', 'clock'] as const
export type Check = (typeof CHECKS)[number]
export type Verdict = 'passed' | 'not-passed' | 'not-checked'

/**
 * The six checks of the release on screen. It was verified before it was shown (P2); what can turn since then is said:
 * the timestamp may end, the clock may be off, a block may be damaged and not yet repaired.
 */
export function checksOf(host: HostState, status: SyncStatus | null): Record<Check, Verdict> {
  const shown = status?.shown ?? null
  const verified: Verdict = shown === null ? 'not-checked' : 'passed'
  const scrub = status?.scrub ?? null
  const damaged = scrub !== null && scrub.damaged > scrub.repaired
  const expires = host.timestampExpires
  return {
    signature: verified,
    hash: damaged ? 'not-passed' : verified,
    length: verified,
    number: shown !== null && host.trusted !== null && host.trusted.number < shown.number ? 'not-passed' : verified,
    expiry: expires === null ? 'not-checked' : expires < host.now ? 'not-passed' : 'passed',
    clock: host.clockTrusted ? 'passed' : 'not-passed',
  }
}

/** What went wrong last: the worker's failure, else the host's. */
export function failureOf(host: HostState, status: SyncStatus | null): (ErrorInfo & { at: string }) | null {
  if (status?.lastFailure) return status.lastFailure
  const check = host.lastCheck
  return check?.error ? { ...check.error, at: check.at } : null
}

/** Whole percent of a release that is in the store, by the bytes of its packs; 100 only when nothing lacks. */
export function storedPercent(record: ReleaseRecord, parts: readonly PlaceCode[]): number {
  const packs = Object.entries(record.packs)
  const total = packs.reduce((sum, [, pack]) => sum + pack.wire, 0)
  const have = packs.filter(([part]) => parts.includes(part)).reduce((sum, [, pack]) => sum + pack.wire, 0)
  return total === 0 ? 100 : have === total ? 100 : Math.min(99, Math.floor((100 * have) / total))
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const
/** 3200000 → '3.2 MB'. */
export function bytesInWords(bytes: number): string {
  let unit = 0
  let size = bytes
  while (size >= 1_000 && unit < UNITS.length - 1) {
    size /= 1_000
    unit += 1
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`
}

const two = (part: number): string => String(part).padStart(2, '0')

/** Time on this machine's wall, 'HH:MM'; with '10-09 ' before it where the day isn't today. */
export function clockTime(at: string, now: string): string {
  const then = new Date(at)
  const today = new Date(now)
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`
  return then.toDateString() === today.toDateString()
    ? time
    : `${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`
}

/** Whole days, hours and minutes between two moments. */
export function spanOf(from: string, to: string): { days: number; hours: number; minutes: number } {
  const minutes = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000))
  return { days: Math.floor(minutes / 1_440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 }
}
