// Reads the books as if some imports weren't there: for a withdrawal, or for an earlier state that is published again.
// Temporary views stand before the tables of the same name while a release is built and proved, so that everything that
// reads the books (rows, masks, proof) sees the same. People whom only those imports brought are forgotten meanwhile
// (`people/forget.ts`): a household's head can be shown without a payment of its own. Nothing is changed by it in the end.
import { sql } from 'kysely'
import { type Books, schemaOf } from '../database/books.ts'
import { isPostgres } from '../database/shapes.ts'
import { TABLE_NAMES } from '../fields/tables.ts'
import { forgetForNow, recallPeople } from '../people/forget.ts'

export interface Selection {
  /** Imports that are left out. */
  without: readonly number[]
  /** True: places and funds stay as they are today, so that an earlier state is published under today's masking rules. */
  todaysRules: boolean
}

export const EVERYTHING: Selection = { without: [], todaysRules: true }
const RULES: readonly string[] = ['places', 'funds']

/**
 * Sets the views up, in the caller's transaction, whose rolling back takes them down too. It takes them down (`unselect`)
 * before it writes to the books.
 */
export async function select(books: Books, { without, todaysRules }: Selection): Promise<void> {
  if (without.length === 0) return
  // A view's own words take no parameters.
  const list = sql.raw(without.map((id) => Math.trunc(id)).join(', '))
  for (const table of viewsOf(todaysRules))
    await sql`CREATE TEMP VIEW ${sql.table(table)} AS SELECT * FROM ${sql.table(`${schemaOf(books)}.${table}`)}
      WHERE ${sql.ref(table === 'imports' ? 'id' : 'import')} NOT IN (${list})`.execute(books)
  await forgetForNow(books, without)
}

export async function unselect(books: Books): Promise<void> {
  await recallPeople(books)
  const temporary = isPostgres(books) ? 'pg_temp' : 'temp'
  for (const table of viewsOf(false))
    await sql`DROP VIEW IF EXISTS ${sql.table(`${temporary}.${table}`)}`.execute(books)
}

function viewsOf(todaysRules: boolean): string[] {
  return [...TABLE_NAMES, 'origins', 'pictures', 'imports'].filter((table) => !todaysRules || !RULES.includes(table))
}
