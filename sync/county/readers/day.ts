// Reads days and months as people write them; an impossible or incomplete date is refused, never completed.
import type { Day, Month } from '../../contract/rows.ts'
import { localDay } from '../release/today.ts'
import { plain, type Reading, read, unreadable } from './reading.ts'

const MONTHS: readonly string[] = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Forms with the year first: 2024-08-24, 20240824, 2024.8.24, 2024/8/24, 2024年8月24日, ISO date-times. */
const YEAR_FIRST: readonly RegExp[] = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})\.?$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})年\s*(\d{1,2})月\s*(\d{1,2})[日号]?$/,
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2}) \d{1,2}:\d{2}(?::\d{2})?$/,
]
/** A moment with its zone: 2024-03-04T16:00:00Z is the 5th in Beijing. */
const WITH_ZONE = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})$/
const DAY_NUMBER = /^\d{5}(?:\.\d+)?$/
const WITHOUT_YEAR = /^(\d{1,2})月\s*(\d{1,2})[日号]?$/

/**
 * A day as 'YYYY-MM-DD'. `year` serves dates without one ('8月24日'), `calendar` a workbook's bare day numbers (45528); without
 * them such cells are refused.
 */
export function readDay(cell: string, year: number | null, calendar: '1900' | '1904' | null = null): Reading<Day> {
  const text = plain(cell)
  if (calendar !== null && DAY_NUMBER.test(text)) return dayOfNumber(Math.floor(Number(text)), calendar)
  for (const form of YEAR_FIRST) {
    const match = form.exec(text)
    if (match !== null) return dayOf(text, Number(match[1]), Number(match[2]), Number(match[3]))
  }
  const zoned = WITH_ZONE.exec(text)
  if (zoned !== null) return readMoment(text, zoned)
  // Day first, as in most of the world's exports: 24/08/2024.
  const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (dayFirst !== null) return dayOf(text, Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1]))
  const named = readNamedMonth(text)
  if (named !== null) return named
  const short = WITHOUT_YEAR.exec(text)
  if (short === null) return noDay(text)
  if (year === null) return unreadable('day-without-year', { got: text })
  return dayOf(text, year, Number(short[1]), Number(short[2]))
}

/** Day 1 is 1900-01-01 (and 1900 has a 29th of February, which is why the count starts on the 30th), or day 0 is 1904-01-01. */
function dayOfNumber(number: number, calendar: '1900' | '1904'): Reading<Day> {
  const start = calendar === '1904' ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  return read(new Date(start + number * 86_400_000).toISOString().slice(0, 10))
}

function noDay(text: string): Reading<Day> {
  if (text === '') return unreadable('empty')
  // Which of two calendars a spreadsheet counts by isn't in the file, so its day numbers are never guessed at.
  return unreadable(DAY_NUMBER.test(text) ? 'day-number' : 'day', { got: text })
}

/** The day that it was in Beijing. */
function readMoment(text: string, [, year, month, day, time, zone]: RegExpExecArray): Reading<Day> {
  const there = dayOf(text, Number(year), Number(month), Number(day))
  if (!there.ok) return there
  const moment = Date.parse(`${there.value}T${time}${zone}`)
  return Number.isNaN(moment) ? unreadable('no-such-time', { got: text }) : read(localDay(new Date(moment)))
}

/** A month as 'YYYY-MM': 2024-08, 202408, 2024.8, 2024/8, 2024年8月. */
export function readMonth(cell: string): Reading<Month> {
  const text = plain(cell)
  const match = /^(\d{4})(?:[-./](\d{1,2})|(\d{2})|年\s*(\d{1,2})月)$/.exec(text)
  const month = Number(match?.[2] ?? match?.[3] ?? match?.[4] ?? 0)
  if (match === null || month < 1 || month > 12) return unreadable('month', { got: text })
  return read(`${match[1]}-${two(month)}`)
}

/** '24-Aug-2024', '24 August 2024', 'Friday, April 29, 2022'; null when it is none of these. */
function readNamedMonth(text: string): Reading<Day> | null {
  const dayFirst = /^(\d{1,2})[- ]([A-Za-z]{3,9})[- ,]+(\d{4})$/.exec(text)
  const monthFirst = /^(?:[A-Za-z]{3,9},\s*)?([A-Za-z]{3,9})\s+(\d{1,2}),\s*(\d{4})$/.exec(text)
  const name = dayFirst?.[2] ?? monthFirst?.[1]
  const match = dayFirst ?? monthFirst
  if (name === undefined || match === null) return null
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
  if (month === 0) return unreadable('month-name', { name, got: text })
  return dayOf(text, Number(match[3]), month, Number(dayFirst === null ? match[2] : match[1]))
}

function dayOf(text: string, year: number, month: number, day: number): Reading<Day> {
  const possible = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  if (!possible || year < 1900 || year > 2200) return unreadable('no-such-day', { got: text })
  return read(`${year}-${two(month)}-${two(day)}`)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
