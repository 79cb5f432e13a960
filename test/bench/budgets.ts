// The budgets of the design by chapter and metric, all "at most" and for ours on a county of full size; and how many
// times as long as ours the best peer's load is to take.
import { type Chapter, FULL_ROWS, SMALL_ROWS } from './command.ts'
import type { Result } from './figures.ts'

const BUDGETS: Partial<Record<Chapter, Record<string, number>>> = {
  store: {
    load: 1_000,
    'delta of 1,000 rows: one township, one month': 40,
    'delta of 1,000 rows: one township, any month': 100,
    'delta of 1,000 rows: all villages, one month': 180,
    'delta of 1,000 rows: all villages, any month': 350,
    'household p95': 5,
    'person p95': 5,
    'village p95': 10,
    'household warm p95': 2,
    'person warm p95': 2,
    'village warm p95': 5,
    'name of 20 villages p95': 20,
    'disk of two releases': 25,
    'frames over 50 ms': 0,
  },
  wire: {
    'own township at 2 Mbit/s': 1_500,
    'first load: bytes': 6,
    '1 behind: bytes a changed row': 7,
    '30 behind: requests': 3,
  },
  office: {
    'publication, all files new': 2_000,
    'publication, one village changed': 2_000,
    'publication: memory': 400,
    'publication from the database': 2_000,
    'publication from the database, one village changed': 2_000,
    'publication from the database: highest memory of the process': 400,
  },
  screen: {
    'tap p95, CPU 4×': 80,
    'boot to attract, CPU 4×': 2_000,
    'frames over 50 ms: first load': 0,
    'frames over 50 ms: later release': 0,
    'frames over 50 ms: scrub and clean': 0,
  },
}

/** Null where the design sets none, or the county isn't of full size. */
export function budgetOf(chapter: Chapter, { engine, metric, durability, rows }: Result): number | null {
  if (engine !== 'ours' || durability !== 'strict' || rows < FULL_ROWS) return null
  return BUDGETS[chapter]?.[metric] ?? null
}

/** 'ok', or by how many times it is over; '' without a budget. */
export function verdictOf(value: number, budget: number | null): string {
  if (budget === null) return ''
  if (value <= budget) return 'ok'
  return budget === 0 ? 'over' : `over ${(value / budget).toFixed(1)}×`
}

/** Times that ours is to be faster than the best peer on that many rows; null where the issue sets none. */
export function wantedRatio(rows: number): number | null {
  if (rows >= FULL_ROWS) return 100
  return rows >= SMALL_ROWS && rows < 2 * SMALL_ROWS ? 20 : null
}
