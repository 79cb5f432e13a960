// The hidden entry to maintenance: five taps on the wordmark within three seconds (docs/architecture.md). Pure.

export const ENTRY_TAPS = 5
export const ENTRY_WITHIN_MS = 3_000

/** Keeps the times of the last taps (ms); `open` when this one completes the entry. */
export function tapped(times: readonly number[], now: number): { times: number[]; open: boolean } {
  const recent = [...times, now].filter((time) => now - time <= ENTRY_WITHIN_MS).slice(-ENTRY_TAPS)
  return recent.length === ENTRY_TAPS ? { times: [], open: true } : { times: recent, open: false }
}
