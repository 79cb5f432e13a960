// Arithmetic on months: which month comes before, and the wall of months by year.

import type { Month } from '../contract/rows.ts'

/** 'YYYY-MM' some months earlier; negative for later. */
export function monthsEarlier(month: Month, months: number): Month {
  const count = yearOf(month) * 12 + numberOf(month) - 1 - months
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

export function yearOf(month: Month): number {
  return Number(month.slice(0, 4))
}

/** 1 for January. */
export function numberOf(month: Month): number {
  return Number(month.slice(5, 7))
}

/** One tile of the wall: a month that is published, or one in between that isn't (never left out in silence). */
export interface MonthTile {
  month: Month
  published: boolean
}

/**
 * The published months by year, newest year first, each year's months in calendar order. Every year runs from January
 * to December, but not past `until` (the day the data reaches) and not before the oldest published month.
 */
export function monthWall(published: readonly Month[], until: string): { year: number; months: MonthTile[] }[] {
  const known = new Set(published)
  const oldest = [...known].sort()[0]
  if (oldest === undefined) return []
  const newest = [...known, until.slice(0, 7)].sort().at(-1) ?? oldest
  const years: { year: number; months: MonthTile[] }[] = []
  for (let month = newest; month >= oldest; month = monthsEarlier(month, 1)) {
    const last = years.at(-1)
    const tile = { month, published: known.has(month) }
    if (last?.year === yearOf(month)) last.months.unshift(tile)
    else years.push({ year: yearOf(month), months: [tile] })
  }
  return years
}
