// Headings as the administrator mapped them for a sender (a township, a bureau): said once, used with its next file, and
// named there as remembered.
import type { Books } from '../database/books.ts'
import type { TableName } from '../tables.ts'

/** heading → field of a sender's files; '' leaves the heading out. Empty for a sender who isn't known. */
export async function rememberedHeadings(books: Books, sender: string, table: TableName): Promise<Map<string, string>> {
  const rows = await books
    .selectFrom('headingMaps')
    .select(['heading', 'field'])
    .where('sender', '=', sender)
    .where('table', '=', table)
    .execute()
  return new Map(rows.map(({ heading, field }) => [heading, field]))
}

/** Keeps what was mapped now, over what was kept before. */
export async function rememberHeadings(
  books: Books,
  sender: { name: string; table: TableName; by: string; now: Date },
  map: ReadonlyMap<string, string>,
): Promise<void> {
  const { name, table, by } = sender
  const said = { by, at: sender.now.toISOString() }
  for (const [heading, field] of map)
    await books
      .insertInto('headingMaps')
      .values({ sender: name, table, heading, field, ...said })
      .onConflict((on) => on.columns(['sender', 'table', 'heading']).doUpdateSet({ field, ...said }))
      .execute()
}

/** Names of all senders, for the console's list. */
export async function listSenders(books: Books): Promise<string[]> {
  const rows = await books.selectFrom('headingMaps').select('sender').distinct().orderBy('sender').execute()
  return rows.map(({ sender }) => sender)
}
