// Short forms for what the query builder can't say in types: rows and figures of a statement in SQL's own words. Names with
// capitals, and SQL's own words, stand in quotes: PostgreSQL folds them otherwise.
import { type RawBuilder, sql } from 'kysely'
import type { Books } from './books.ts'

export type Row = { readonly [column: string]: unknown }

export async function rowsOf(books: Books, statement: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await statement.execute(books)
  return rows as Row[]
}

/** The first column of the only row, as a number; 0 for none. */
export async function countOf(books: Books, statement: RawBuilder<unknown>): Promise<number> {
  const [row] = await rowsOf(books, statement)
  return Number(row === undefined ? 0 : (Object.values(row)[0] ?? 0))
}

/** `(…)` of a list for IN, not for NOT IN: an empty one meets nothing, on either engine. */
export function listed(values: readonly (string | number)[]): RawBuilder<unknown> {
  return values.length === 0 ? sql`(null)` : sql`(${sql.join(values)})`
}
