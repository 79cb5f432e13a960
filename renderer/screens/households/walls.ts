// How a village's names are narrowed: groups, then surnames where a group is long. Pure.
import type { HouseholdName } from '../../data/county-data.ts'

/** Names that fit on one wall without another choice. */
export const WALL_NAMES = 24

/** Distinct keys with how many names each holds, in order of appearance. */
export function countsOf(
  names: readonly HouseholdName[],
  keyOf: (name: HouseholdName) => string,
): { key: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(keyOf(name), (counts.get(keyOf(name)) ?? 0) + 1)
  return [...counts].map(([key, count]) => ({ key, count }))
}

/** True where the names are too many for one wall and surnames would part them. */
export function needsSurnames(names: readonly HouseholdName[]): boolean {
  return names.length > WALL_NAMES && new Set(names.map((name) => name.surname)).size > 1
}

/** Names that stand more than once: their tiles carry a number, so that two people aren't taken for one. */
export function sameNames(names: readonly HouseholdName[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { head } of names) {
    if (seen.has(head.name)) twice.add(head.name)
    seen.add(head.name)
  }
  return twice
}
