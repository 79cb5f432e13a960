// How the terminals are used: visits and screens by day and hour, never persons. A day comes again and again until it is
// acknowledged; it replaces what was there, so that it counts once, and never takes away from what was counted.
import { type UsageReport, usageReport } from '../../contract/console/fleet.ts'
import { SunhallError } from '../../contract/errors.ts'
import { USAGE_DAYS, type UsageDay } from '../../contract/fleet.ts'
import { BOM, csvLine } from '../csv.ts'
import type { Service } from '../service/service.ts'
import { nameOf } from './places.ts'

const DAY_MS = 86_400_000
/** Screen of the rows that count visits. */
const VISITS = ''

/** Keeps the days; gives back those that the terminal may forget, which includes days that can't be true. */
export async function storeUsage(
  service: Service,
  terminal: string,
  days: readonly UsageDay[],
  now: Date,
): Promise<string[]> {
  const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  // A day further, because the terminal's day is local and the office's clock is its own.
  const [first, last] = [dayOf(now.getTime() - USAGE_DAYS * DAY_MS), dayOf(now.getTime() + DAY_MS)]
  for (const day of days) if (day.day >= first && day.day <= last) await replaceDay(service, terminal, day)
  return days.map(({ day }) => day)
}

async function replaceDay(service: Service, terminal: string, day: UsageDay): Promise<void> {
  const rows = rowsOf(terminal, day)
  await service.transaction().execute(async (all) => {
    const { counted } = await all
      .selectFrom('usage_counts')
      .select(({ fn }) => fn.sum<number | null>('count').as('counted'))
      .where('terminal', '=', terminal)
      .where('day', '=', day.day)
      .executeTakeFirstOrThrow()
    if (rows.reduce((sum, row) => sum + row.count, 0) <= Number(counted ?? 0)) return
    await all.deleteFrom('usage_counts').where('terminal', '=', terminal).where('day', '=', day.day).execute()
    await all.insertInto('usage_counts').values(rows).execute()
  })
}

function rowsOf(terminal: string, { day, visits, screens }: UsageDay) {
  const counts: [screen: string, hours: number[]][] = [[VISITS, visits], ...Object.entries(screens)]
  return counts.flatMap(([screen, hours]) =>
    hours.flatMap((count, hour) => (count === 0 ? [] : [{ terminal, day, hour, screen, count }])),
  )
}

export interface UsageQuestion {
  /** Days 'YYYY-MM-DD', both included. */
  from: string
  to: string
  /** The terminals that count. */
  terminals: readonly string[]
}
export interface UsageRow {
  terminal: string
  day: string
  hour: number
  /** '' counts visits. */
  screen: string
  count: number
}

/** Errors: E-INPUT for days that aren't, or in the wrong order. */
export async function usageRows(service: Service, { from, to, terminals }: UsageQuestion): Promise<UsageRow[]> {
  for (const day of [from, to])
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
      throw new SunhallError('E-INPUT', `Expected a day like 2026-11-24, got ${day.slice(0, 20)}`)
  if (from > to) throw new SunhallError('E-INPUT', `Expected the first day before the last, got ${from} and ${to}`)
  if (terminals.length === 0) return []
  return service
    .selectFrom('usage_counts')
    .selectAll()
    .where('day', '>=', from)
    .where('day', '<=', to)
    .where('terminal', 'in', terminals)
    .orderBy('day')
    .orderBy('terminal')
    .orderBy('hour')
    .orderBy('screen')
    .execute()
}

/** Sums by screen, hour, place and day. */
export async function readUsage(service: Service, question: UsageQuestion): Promise<UsageReport> {
  const rows = await usageRows(service, question)
  const visits = rows.filter(({ screen }) => screen === VISITS)
  const screens = rows.filter(({ screen }) => screen !== VISITS)
  const byScreen = sums(screens, ({ screen }) => screen)
  const [visitsAt, screensAt] = [sums(visits, ({ hour }) => String(hour)), sums(screens, ({ hour }) => String(hour))]
  const [visitsOf, screensOf] = [sums(visits, ({ terminal }) => terminal), sums(screens, ({ terminal }) => terminal)]
  return usageReport.parse({
    from: question.from,
    to: question.to,
    visits: visits.reduce((sum, { count }) => sum + count, 0),
    byScreen: [...byScreen].map(([screen, count]) => ({ screen, count })).sort((a, b) => b.count - a.count),
    byHour: Array.from({ length: 24 }, (_, hour) => ({
      hour,
      visits: visitsAt.get(String(hour)) ?? 0,
      screens: screensAt.get(String(hour)) ?? 0,
    })),
    byTerminal: question.terminals
      .map((terminal) => ({
        terminal,
        name: nameOf(terminal),
        visits: visitsOf.get(terminal) ?? 0,
        screens: screensOf.get(terminal) ?? 0,
      }))
      .sort((a, b) => b.visits - a.visits),
    byDay: [...sums(visits, ({ day }) => day)].map(([day, count]) => ({ day, visits: count })),
  })
}

function sums(rows: readonly UsageRow[], keyOf: (row: UsageRow) => string): Map<string, number> {
  const found = new Map<string, number>()
  for (const row of rows) found.set(keyOf(row), (found.get(keyOf(row)) ?? 0) + row.count)
  return found
}

/** The counts as CSV (RFC 4180, UTF-8 with BOM, so that a spreadsheet opens it): one line a terminal, day, hour, screen. */
export function usageCsv(rows: readonly UsageRow[]): string {
  const lines = rows.map(({ terminal, day, hour, screen, count }) =>
    csvLine([terminal, nameOf(terminal), day, String(hour), screen === VISITS ? 'visit' : screen, String(count)]),
  )
  return BOM + [csvLine(['terminal', 'name', 'day', 'hour', 'counted', 'count']), ...lines].join('')
}
