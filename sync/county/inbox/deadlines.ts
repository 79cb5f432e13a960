// Deadlines of law over the real calendar of holidays and make-up working days (chinese-days has the State Council's
// yearly notices; a year without one yet counts by weekends). Pure: days are arguments, 'YYYY-MM-DD'.
import calendar from 'chinese-days'
import type { DeadlineClass, Due } from '../../contract/console/inbox.ts'
import type { Day } from '../../contract/rows.ts'

const DAY_MS = 86_400_000
/** Working days to answer a question (the policy supermarket's promise). */
export const QUESTION_WORKDAYS = 2
/** 信访工作条例 23: told within 15 days whether the petition is accepted. */
export const TOLD_DAYS = 15
/** 信访工作条例 34: closed within 60 days, and 30 more where a head of the organ grants them. */
export const CLOSED_DAYS = 60
export const EXTENSION_DAYS = 30

export interface Running {
  /** Day of arrival. */
  arrived: Day
  /** Null before it was opened: the shortest deadline runs. */
  deadlines: DeadlineClass | null
  told: Day | ''
  closed: Day | ''
  extended: boolean
}

/** What runs out next; null once closed. */
export function nextDue(running: Running, today: Day): Due | null {
  const { arrived, deadlines, told, closed, extended } = running
  if (closed !== '') return null
  if (deadlines !== 'petition') {
    const day = addWorkdays(arrived, QUESTION_WORKDAYS)
    return { what: 'answer', day, left: workdaysBetween(today, day) }
  }
  const what = told === '' ? 'told' : 'closed'
  const days = what === 'told' ? TOLD_DAYS : CLOSED_DAYS + (extended ? EXTENSION_DAYS : 0)
  const day = onWorkday(addDays(arrived, days))
  return { what, day, left: daysBetween(today, day) }
}

/** The day that is `count` working days later; the first day doesn't count (民法典 201). */
export function addWorkdays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (calendar.isWorkday(at)) left -= 1
  }
  return at
}

/** A deadline that ends on a holiday ends on the first working day after it (民法典 203). */
function onWorkday(day: Day): Day {
  let at = day
  while (!calendar.isWorkday(at)) at = addDays(at, 1)
  return at
}

/** Working days from one day to another, the first left out; negative where the other is over. */
function workdaysBetween(from: Day, to: Day): number {
  const [first, last, sign] = from <= to ? [from, to, 1] : [to, from, -1]
  let count = 0
  for (let at = addDays(first, 1); at <= last; at = addDays(at, 1)) if (calendar.isWorkday(at)) count += 1
  return count === 0 ? 0 : sign * count
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
