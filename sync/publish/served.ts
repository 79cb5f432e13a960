// Which releases are still served: the newest, and each of the others for some days after the one that followed it was
// signed, so that who began with it can finish. What hangs off a release goes by this rule.
import { RELEASE_SERVED_DAYS } from '../contract/limits.ts'

const DAY_MS = 86_400_000

/** Numbers of the releases that are served at `now`. */
export function servedReleases(
  records: readonly { number: number; signedAt: string }[],
  now: Date,
): ReadonlySet<number> {
  const inOrder = records.toSorted((a, b) => a.number - b.number)
  const served = inOrder.filter((_, at) => {
    const next = inOrder[at + 1]
    return next === undefined || now.getTime() - Date.parse(next.signedAt) < RELEASE_SERVED_DAYS * DAY_MS
  })
  return new Set(served.map(({ number }) => number))
}
