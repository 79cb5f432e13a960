// Enters an import into the list of what was taken, with the file that its rows come from.
import { sql } from 'kysely'
import type { Books } from '../database/books.ts'
import { countOf } from '../database/query.ts'
import type { BooksTables } from '../database/schema.ts'

type Import = BooksTables['imports']

/** Given inside the import's own transaction: two imports at once would both ask for the same one. */
export async function nextImport(books: Books): Promise<number> {
  return (await countOf(books, sql`SELECT max(id) FROM imports`)) + 1
}

/** `origin` is the file as its rows name it; without one the rows' files are entered one by one. */
export async function addImport(
  books: Books,
  {
    now,
    origin,
    ...row
  }: Omit<Import, 'at' | 'refusedFile' | 'until' | 'undone' | 'published'> & {
    now: Date
    origin?: string | null
  },
): Promise<void> {
  const at = now.toISOString()
  await books
    .insertInto('imports')
    .values({ ...row, at })
    .execute()
  if (origin === null) return
  const { id, table, file, by, sample } = row
  const from = { importedBy: by, importedOn: at.slice(0, 10), sample }
  await addOrigin(books, { id, import: id, table, file: origin ?? file, ...from })
}

/** Enters a file, or a sheet of one, under the number that its rows name it by (P8). */
export async function addOrigin(
  books: Books,
  origin: Omit<BooksTables['origins'], 'approvedBy' | 'approvedOn'>,
): Promise<void> {
  await books
    .insertInto('origins')
    .values({ ...origin, approvedBy: '', approvedOn: null })
    .execute()
}
