// What a release leaves out because something is missing that the office can add: said at publication, never in silence.
import { sql } from 'kysely'
import type { Books } from '../database/books.ts'
import { rowsOf } from '../database/query.ts'

export interface HeldBack {
  /** Entries of months before the first opening balance of their village: such a month isn't published, which is never zero. */
  entriesWithoutOpening: number
  villages: number
}

export async function heldBack(books: Books): Promise<HeldBack> {
  const [row] = await rowsOf(
    books,
    sql`SELECT count(*) AS entries, count(DISTINCT l.village) AS villages FROM ledger l JOIN
         (SELECT village, min(CASE WHEN opening IS NOT NULL THEN month END) AS first FROM ledger GROUP BY village) f
         ON f.village = l.village WHERE f.first IS NULL OR l.month < f.first`,
  )
  return { entriesWithoutOpening: Number(row?.entries ?? 0), villages: Number(row?.villages ?? 0) }
}
