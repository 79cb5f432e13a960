// The books of an office on SQLite as a test looks into them beside the program, or changes them as no program would: by
// SQL on a connection of its own. The office's books must have been opened before.
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { Office } from '../../sync/county/office.ts'

type Row = { [column: string]: unknown }

export function rowsIn(office: Pick<Office, 'folder'>, statement: string, ...values: SQLInputValue[]): Row[] {
  const database = new DatabaseSync(join(office.folder, 'office.sqlite'), { timeout: 5_000 })
  try {
    return database.prepare(statement).all(...values)
  } finally {
    database.close()
  }
}

/** The first column of the only row, as a number. */
export function countIn(office: Pick<Office, 'folder'>, statement: string, ...values: SQLInputValue[]): number {
  return Number(Object.values(rowsIn(office, statement, ...values)[0] ?? {})[0] ?? 0)
}

export function changeIn(office: Pick<Office, 'folder'>, statement: string, ...values: SQLInputValue[]): void {
  rowsIn(office, statement, ...values)
}
