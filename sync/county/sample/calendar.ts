// Days and months as text, without a clock: today is always an argument.
import type { Day, Month } from '../../contract/rows.ts'

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

export function dayOf(year: number, month: number, day: number): Day {
  return `${year}-${two(month)}-${two(day)}`
}
export function monthOf(year: number, month: number): Month {
  return `${year}-${two(month)}`
}
export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}
/** `count` days after `day`. */
export function daysAfter(day: Day, count: number): Day {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + count)
  return at.toISOString().slice(0, 10)
}
/** The earlier of two days. */
export function notAfter(day: Day, last: Day): Day {
  if (day > last) return last
  return day
}
/** `count` months after `month`, which may be negative. */
export function monthsAfter(month: Month, count: number): Month {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return monthOf(Math.floor(at / 12), (at % 12) + 1)
}
/** '2026年3月5日'. */
export function spoken(day: Day): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}
