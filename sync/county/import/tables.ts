// Tables of this room in the office's books, beside the import tables themselves.
import type { DatabaseSync } from 'node:sqlite'

/** Made when the office is opened; an office of an earlier version gets them too. */
export function createImportTables(database: DatabaseSync): void {
  database.exec(
    // What the administrator said of a sender's headings; field '' leaves one out.
    `CREATE TABLE IF NOT EXISTS headingMaps (sender TEXT NOT NULL, "table" TEXT NOT NULL, heading TEXT NOT NULL,
       field TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (sender, "table", heading)) WITHOUT ROWID`,
  )
  database.exec(
    // Every try at an import with its choices (JSON): a broken-off one is found here, and begun again from here.
    `CREATE TABLE IF NOT EXISTS importRuns (id INTEGER PRIMARY KEY AUTOINCREMENT, "table" TEXT NOT NULL, file TEXT NOT NULL,
       path TEXT NOT NULL, choices TEXT NOT NULL, by TEXT NOT NULL, startedAt TEXT NOT NULL, endedAt TEXT, state TEXT NOT NULL,
       pid INTEGER, import INTEGER, message TEXT NOT NULL, report TEXT)`,
  )
}
