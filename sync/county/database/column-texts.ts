// Many rows by column: the database itself writes each column as one JSON list. JSON.parse reads that in half the time in
// which the same rows come over one by one, a column whose text is known needn't be read at all, and bytes can be handed to
// another thread as they are.
import { type RawBuilder, sql } from 'kysely'
import type { Books } from './books.ts'
import type { ColumnTexts } from './column-table.ts'
import { rowsOf } from './query.ts'
import type { BooksTables } from './schema.ts'
import { isPostgres } from './shapes.ts'

/** Columns of the rows that `where` meets, every list in the same order of rows: by the columns `by`, or in any. */
export async function columnTexts<T extends keyof BooksTables, C extends keyof BooksTables[T] & string>(
  books: Books,
  table: T,
  columns: readonly C[],
  where: RawBuilder<unknown>,
  by: readonly (keyof BooksTables[T] & string)[] = [],
): Promise<ColumnTexts<C>> {
  const lists = columns.map((name) => sql`${listOf(books, name)} AS ${sql.ref(name)}`)
  // Sorted once for all lists; an aggregate that goes by the order of its rows gets them so.
  const order = by.length === 0 ? sql`` : sql`ORDER BY ${sql.join(by.map((name) => sql.ref(name)))}`
  const [row = {}] = await rowsOf(
    books,
    sql`SELECT ${sql.join(lists)} FROM (SELECT * FROM ${sql.table(table)} WHERE ${where} ${order}) rows`,
  )
  return new Map(columns.map((name) => [name, bytesOf(row[name])]))
}

function listOf(books: Books, column: string): RawBuilder<unknown> {
  if (isPostgres(books)) return sql`convert_to(cast(json_agg(${sql.ref(column)}) as text), 'UTF8')`
  return sql`cast(json_group_array(${sql.ref(column)}) as blob)`
}

/** PostgreSQL's list of no rows is null, and its driver may give several values one piece of memory. */
function bytesOf(value: unknown): Uint8Array<ArrayBuffer> {
  if (!(value instanceof Uint8Array)) return new TextEncoder().encode('[]')
  return Buffer.isBuffer(value) ? new Uint8Array(value) : (value as Uint8Array<ArrayBuffer>)
}
