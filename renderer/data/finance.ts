// Village finance: one month with what came before it, and what the village owns, lets and owes.
//
// Reads: periods of the village, and the entries blocks of at most two years.

import type { EntryRow, Fen, Kind, Month, PeriodRow, PlaceCode, Rows } from '../../sync/contract/rows.ts'
import type { VillageNode } from '../../sync/contract/tree.ts'
import type { Answer, MonthView } from './county-data.ts'
import { type PlaceIndex, villageIn } from './places.ts'
import { here, inYear, NONE, PENDING, partOfPlace, type Shelf } from './shelf.ts'

export interface Finance {
  month(village: PlaceCode, month: Month | null): Promise<Answer<MonthView>>
  holdings<K extends 'assets' | 'contracts' | 'debts'>(village: PlaceCode, kind: K): Promise<Answer<Rows[K][]>>
}

export function createFinance(shelf: Shelf, places: () => Promise<PlaceIndex>): Finance {
  return {
    async month(village, month) {
      const node = await shelf.node('village-finance', village)
      if (node === 'pending') return PENDING
      const place = villageIn(await places(), village)
      if (node === null || place === null) return NONE
      const periods = await shelf.reader.rows(node, 'periods')
      const months = periods.map((row) => row.month).sort((a, b) => (a < b ? 1 : -1))
      const chosen = periods.find((row) => row.month === (month ?? months[0]))
      if (chosen === undefined) return NONE
      const view = await monthView(shelf, node, periods, chosen)
      return here({ village: place, months, ...view })
    },
    async holdings(village, kind) {
      const rows = await shelf.own('village-finance', partOfPlace(village), kind as Kind)
      if (rows === null) return PENDING
      const own = (rows as Rows[typeof kind][]).filter((row) => row.village === village)
      return own.length === 0 ? NONE : here(own)
    },
  }
}

async function monthView(
  shelf: Shelf,
  node: VillageNode,
  periods: readonly PeriodRow[],
  period: PeriodRow,
): Promise<Omit<MonthView, 'village' | 'months'>> {
  const find = (month: Month): PeriodRow | null => periods.find((row) => row.month === month) ?? null
  const before = find(monthBefore(period.month, 1))
  const yearBefore = find(monthBefore(period.month, 12))
  const read = async (of: PeriodRow | null): Promise<EntryRow[]> => {
    if (of === null) return []
    const rows = await shelf.periods(node, 'entries', inYear(Number(of.month.slice(0, 4))))
    return rows.filter((row) => row.month === of.month)
  }
  const [entries, entriesBefore, entriesYearBefore] = [await read(period), await read(before), await read(yearBefore)]
  const classes = (direction: EntryRow['direction']): MonthView['income'] =>
    classSums(direction, entries, before && entriesBefore, yearBefore && entriesYearBefore)
  return {
    period,
    before,
    yearBefore,
    income: classes('income'),
    expense: classes('expense'),
    entries: [...entries].sort((a, b) => b.amount - a.amount),
    adds: addsUp(period, entries),
  }
}

/** True only when the balance closes and the entries make up both of its sums (screens.md 6). */
export function addsUp(period: PeriodRow, entries: readonly EntryRow[]): boolean {
  const sum = (direction: EntryRow['direction']): Fen =>
    entries.reduce((total, row) => total + (row.direction === direction ? row.amount : 0), 0)
  return (
    period.opening + period.income - period.expense === period.closing &&
    sum('income') === period.income &&
    sum('expense') === period.expense
  )
}

/** 'YYYY-MM' some months earlier. */
export function monthBefore(month: Month, months: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - months
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** Sums by class, largest first. A class with nothing in a published earlier month is 0 there; an unpublished month is null. */
function classSums(
  direction: EntryRow['direction'],
  entries: readonly EntryRow[],
  before: readonly EntryRow[] | null,
  yearBefore: readonly EntryRow[] | null,
): MonthView['income'] {
  const sums = (rows: readonly EntryRow[]): Map<string, Fen> => {
    const map = new Map<string, Fen>()
    for (const row of rows) if (row.direction === direction) map.set(row.class, (map.get(row.class) ?? 0) + row.amount)
    return map
  }
  const now = sums(entries)
  const then = before && sums(before)
  const lastYear = yearBefore && sums(yearBefore)
  const names = new Set([...now.keys(), ...(then?.keys() ?? []), ...(lastYear?.keys() ?? [])])
  return [...names]
    .map((name) => ({
      class: name,
      amount: now.get(name) ?? 0,
      before: then && (then.get(name) ?? 0),
      yearBefore: lastYear && (lastYear.get(name) ?? 0),
    }))
    .sort((a, b) => b.amount - a.amount || (a.class < b.class ? -1 : 1))
}
