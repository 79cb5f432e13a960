// Choosing a day by tiles: year, month, day.

import type { Day, Month } from '../../../sync/contract/rows.ts'

/** Days of a month, from 1 to 28 … 31. */
export function daysOf(month: Month): Day[] {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({ length: count }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`)
}

/** Months of a year. */
export function monthsOf(year: number): Month[] {
  return Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`)
}

/** Years back from the one of `today`, newest first. */
export function yearsBack(today: Day, count: number): number[] {
  return Array.from({ length: count }, (_, at) => Number(today.slice(0, 4)) - at)
}
