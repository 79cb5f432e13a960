// Books of the first program (2026-11-24), which had no last day of an import and no funds of a file: both are worked out from
// their rows, once, when the books are opened. They lay in SQLite only.
import { sql } from 'kysely'
import type { Books } from './books.ts'
import { countOf } from './query.ts'
import { isPostgres } from './shapes.ts'

/** True where `bringFirstBooksUp` has something to do. */
export async function areFirstBooks(books: Books): Promise<boolean> {
  if (isPostgres(books)) return false
  return (await countOf(books, sql`SELECT count(*) FROM pragma_table_info('imports') WHERE name = 'until'`)) === 0
}

/** Call inside a writer's transaction, with the tables that came since made already. */
export async function bringFirstBooksUp(books: Books): Promise<void> {
  // Another program may have done it while this one waited.
  if (!(await areFirstBooks(books))) return
  await books.schema.alterTable('imports').addColumn('until', 'text').execute()
  await sql`INSERT OR IGNORE INTO "originFunds" (origin, fund) SELECT DISTINCT origin, fund FROM payments`.execute(
    books,
  )
  await sql`UPDATE imports SET until = (SELECT max(day) FROM (
      SELECT max(date) AS day FROM payments WHERE payments.import = imports.id
      UNION ALL SELECT max(date) FROM ledger WHERE ledger.import = imports.id))`.execute(books)
}
