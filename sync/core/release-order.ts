// Which of two releases is the later one: by series, which two root keys decide, then by number, which the release key does.
import type { ReleaseRecord } from '../contract/release.ts'

type Numbered = Pick<ReleaseRecord, 'number' | 'series'>

export function seriesOf({ series }: Pick<ReleaseRecord, 'series'>): number {
  return series ?? 0
}

/** Below 0 where `one` is earlier than `other`, 0 for the same number of the same series. */
export function compareReleases(one: Numbered, other: Numbered): number {
  return seriesOf(one) - seriesOf(other) || one.number - other.number
}
