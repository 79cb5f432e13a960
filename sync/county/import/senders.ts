// Headings as the administrator mapped them for a sender (a township, a bureau): said once, used with its next file, and
// named there as remembered.
import type { DatabaseSync } from 'node:sqlite'
import type { TableName } from '../tables.ts'

/** heading → field of a sender's files; '' leaves the heading out. Empty for a sender who isn't known. */
export function rememberedHeadings(database: DatabaseSync, sender: string, table: TableName): Map<string, string> {
  const rows = database
    .prepare('SELECT heading, field FROM headingMaps WHERE sender = ? AND "table" = ?')
    .all(sender, table)
  return new Map(rows.map((row) => [String(row.heading), String(row.field)]))
}

/** Keeps what was mapped now, over what was kept before. */
export function rememberHeadings(
  database: DatabaseSync,
  sender: { name: string; table: TableName; by: string; now: Date },
  map: ReadonlyMap<string, string>,
): void {
  const keep = database.prepare('INSERT OR REPLACE INTO headingMaps VALUES (?, ?, ?, ?, ?, ?)')
  for (const [heading, field] of map)
    keep.run(sender.name, sender.table, heading, field, sender.by, sender.now.toISOString())
}

/** Names of all senders, for the console's list. */
export function listSenders(database: DatabaseSync): string[] {
  return database
    .prepare('SELECT DISTINCT sender FROM headingMaps ORDER BY sender')
    .all()
    .map((row) => String(row.sender))
}
