// Keeps the registry numbers that a release gives for the first time.
import { sql } from 'kysely'
import type { Books } from '../database/books.ts'
import type { NewNumber } from './registry.ts'

/** Numbers written in one statement, at most. */
const AT_ONCE = 1_000

export async function keepNumbers(books: Books, village: string, fresh: readonly NewNumber[]): Promise<void> {
  for (let from = 0; from < fresh.length; from += AT_ONCE) {
    const some = fresh.slice(from, from + AT_ONCE)
    const given = sql.join(some.map(({ id, number }) => sql`(cast(${id} as integer), cast(${number} as integer))`))
    await sql`WITH given(id, number) AS (VALUES ${given})
      UPDATE roster SET number = given.number FROM given WHERE roster.village = ${village} AND roster.id = given.id`.execute(
      books,
    )
  }
}
