// What a rule is: words for people (what, why, by which law, what to do) and a query over the books that gives the rows
// it hits. Rules only read; none changes a row.
//
//   every village ─► village(read, village) ─┐
//   then the county ─► county(read) ─────────┴─► hits ─► findings (`run.ts`)
import { type RawBuilder, sql } from 'kysely'
import type { CheckLevel, CheckSettings } from '../../contract/console/checks.ts'
import type { Books } from '../database/books.ts'
import { rowsOf } from '../database/query.ts'
import type { TableName } from '../tables.ts'
import { type CountySums, emptySums } from './sums.ts'

/** A row that breaks a rule. Where several rows do it together, the newest stands for them. */
export interface Hit {
  table: TableName
  /** Number of the import whose row it is; the one to be mended. */
  import: number
  /** Origin and row in its file; 0 and 0 for a sum over many files. */
  origin: number
  row: number
  /** Code of the village, township or county. */
  place: string
  /** What stands there, and what was expected, in Chinese. */
  value: string
  wanted: string
  /** What makes it the same finding at the next run: facts of the row, never its number in the database. */
  key: string
  /** Where one hit weighs less than its rule. */
  level?: CheckLevel
}

export interface Rule {
  readonly id: string
  readonly level: CheckLevel
  readonly title: string
  readonly why: string
  readonly source: string
  readonly todo: string
  /** Hits among the rows of one village. */
  readonly village?: (read: Reading, village: string) => AsyncIterable<Hit>
  /** Hits that need more than one village; runs when all villages are done. */
  readonly county?: (read: Reading) => AsyncIterable<Hit>
}

export type Cells = { readonly [column: string]: unknown }

/** The books as rules read them, with the office's settings, and sums gathered village by village. */
export class Reading {
  readonly settings: CheckSettings
  /** Last day that payments and accounts reach ('YYYY-MM-DD', '' while there are none): the rules' today. */
  readonly until: string
  readonly sums: CountySums = emptySums()
  readonly #books: Books

  private constructor(books: Books, settings: CheckSettings, until: string) {
    this.#books = books
    this.settings = settings
    this.until = until
  }

  static async open(books: Books, settings: CheckSettings): Promise<Reading> {
    const [row] = await rowsOf(books, sql`SELECT max(until) AS until FROM imports WHERE undone IS NULL`)
    return new Reading(books, settings, typeof row?.until === 'string' ? row.until : '')
  }

  rows(statement: RawBuilder<unknown>): Promise<Cells[]> {
    return rowsOf(this.#books, statement)
  }
}

/** Where a row of a query with columns import, origin and row comes from. */
export function whereFrom(cells: Cells): Pick<Hit, 'import' | 'origin' | 'row'> {
  return { import: whole(cells, 'import'), origin: whole(cells, 'origin'), row: whole(cells, 'row') }
}

export function whole(cells: Cells, column: string): number {
  const value = cells[column]
  return typeof value === 'number' ? value : 0
}

export function words(cells: Cells, column: string): string {
  const value = cells[column]
  return typeof value === 'string' ? value : ''
}

/** Fen as 元: 44100 → '441.00元'. */
export function yuan(fen: number): string {
  const text = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}元`
}

/** Thousandths as a quantity: 4200 → '4.2'. */
export function quantity(thousandths: number): string {
  return String(thousandths / 1000)
}
