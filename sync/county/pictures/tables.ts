// Table of this room in the office's books: where a picture came from, what was blacked out, and what it belongs to.
import type { DatabaseSync } from 'node:sqlite'

/** Made when first needed; an office of an earlier version gets it too. Beside `pictures`, which publication reads. */
export function createPictureTables(database: DatabaseSync): void {
  database.exec(
    // `original` is the file's SHA-256: its name in DIR/pictures. `rectangles` and `targets` are JSON (`record.ts`).
    `CREATE TABLE IF NOT EXISTS pictureFiles (hash TEXT PRIMARY KEY, original TEXT NOT NULL, file TEXT NOT NULL,
       width INTEGER NOT NULL, height INTEGER NOT NULL, rectangles TEXT NOT NULL, targets TEXT NOT NULL,
       addedBy TEXT NOT NULL, addedName TEXT NOT NULL, addedAt TEXT NOT NULL) WITHOUT ROWID`,
  )
}
