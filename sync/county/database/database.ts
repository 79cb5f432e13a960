// Opens the office's SQLite file, brings it to this version's schema, and runs transactions.
import { DatabaseSync } from 'node:sqlite'
import { SunhallError } from '../../contract/errors.ts'
import { SCHEMA_VERSION, schemaStatements } from './schema.ts'

export type Cell = string | number | bigint | null | Uint8Array

/** The office's database, created when missing. WAL: reading goes on while an import writes, and a kill leaves no half import. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  )
  database.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824')
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  if (version === 0) createSchema(database)
  else if (version !== SCHEMA_VERSION) {
    database.close()
    throw new SunhallError(
      'E-STATE',
      `Expected an office database of version ${SCHEMA_VERSION}, got version ${version} in ${file}; use the program that made it`,
    )
  }
  return database
}

/** Runs `work` whole or not at all. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

/** The same for work that waits for files while it writes. */
export async function inLongTransaction<T>(database: DatabaseSync, work: () => Promise<T>): Promise<T> {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = await work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

/** The first column of the only row, as a number. */
export function countOf(database: DatabaseSync, sql: string, ...parameters: (string | number | null)[]): number {
  const row = database.prepare(sql).get(...parameters)
  return Number(row === undefined ? 0 : (Object.values(row)[0] ?? 0))
}

function createSchema(database: DatabaseSync): void {
  inTransaction(database, () => {
    // Another program may have made it while this one waited.
    if (Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0) > 0) return
    for (const statement of schemaStatements()) database.exec(statement)
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
  })
}
