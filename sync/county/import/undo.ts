// Lists what was taken, and takes one import back that no release holds yet.

import type { DatabaseSync } from 'node:sqlite'
import { SunhallError } from '../../contract/errors.ts'
import { inTransaction } from '../database/database.ts'
import { TABLE_NAMES } from '../fields/tables.ts'
import type { Office } from '../office.ts'
import { forgetPeople } from '../people/forget.ts'
import type { TableName } from '../tables.ts'

export interface ImportEntry {
  id: number
  table: string
  file: string
  rows: number
  refused: number
  duplicates: number
  at: string
  by: string
  sample: boolean
  /** Number of the first release that holds it; null while unpublished. */
  published: number | null
  /** When it was taken back; null while it counts. */
  undone: string | null
}

/** Every import, oldest first; 0 is the catalogue that comes with the software. */
export function listImports(office: Office): ImportEntry[] {
  return office.database
    .prepare('SELECT * FROM imports ORDER BY id')
    .all()
    .map((row) => ({
      id: Number(row.id),
      table: String(row.table),
      file: String(row.file),
      rows: Number(row.accepted),
      refused: Number(row.refused),
      duplicates: Number(row.duplicates),
      at: String(row.at),
      by: String(row.by),
      sample: row.sample === 1,
      published: row.published === null ? null : Number(row.published),
      undone: row.undone === null ? null : String(row.undone),
    }))
}

/** Takes an import back. Errors: E-INPUT for an unknown number, E-STATE when published, taken back before, or the catalogue. */
export function undoImport(office: Office, id: number, now: Date): ImportEntry {
  const entry = listImports(office).find((candidate) => candidate.id === id)
  if (entry === undefined)
    throw new SunhallError('E-INPUT', `Expected the number of an import, got ${id}; see "imports"`)
  if (id === 0)
    throw new SunhallError('E-STATE', 'Expected an import of yours, got 0, the catalogue that every office has')
  if (entry.undone !== null)
    throw new SunhallError('E-STATE', `Expected an import that counts, got ${id}, taken back on ${entry.undone}`)
  if (entry.published !== null) {
    throw new SunhallError(
      'E-STATE',
      `Expected an unpublished import, got ${id}, which release ${entry.published} holds; correct it with a reversal instead`,
    )
  }
  inTransaction(office.database, () => takeBack(office, id, now))
  return { ...entry, undone: now.toISOString() }
}

/**
 * Takes an import back, published or not: for a withdrawal, whose release no longer holds it. The caller holds the
 * transaction. Errors: E-STATE where rows of other imports hang on it.
 */
export function takeBack(office: Office, id: number, now: Date): void {
  remove(office, id)
  refuseOrphans(office.database, id)
  office.database.prepare('UPDATE imports SET undone = ? WHERE id = ?').run(now.toISOString(), id)
}

/** Tables whose rows name a fund, and those whose rows name a village. */
const WITH_FUND: readonly TableName[] = ['payments', 'allocations', 'projects']
const WITH_VILLAGE: readonly TableName[] = ['payments', 'ledger', 'projects', 'assets', 'contracts', 'debts']

/** Rows whose fund or village is gone would fall out of the next release without a word. Errors: E-STATE. */
function refuseOrphans(database: DatabaseSync, id: number): void {
  const orphans = [
    ...WITH_FUND.map((table) => [table, 'fund', 'SELECT code FROM funds']),
    ...WITH_VILLAGE.map((table) => [table, 'village', 'SELECT code FROM places']),
  ]
  for (const [table, field, known] of orphans) {
    const row = database.prepare(`SELECT import FROM "${table}" WHERE "${field}" NOT IN (${known}) LIMIT 1`).get()
    if (row === undefined) continue
    throw new SunhallError(
      'E-STATE',
      `Expected an import that nothing hangs on, got ${id}: rows of ${table} in import ${row.import} name its ${field}; take that one back first`,
    )
  }
}

function remove(office: Office, id: number): void {
  const { database } = office
  database.prepare('DELETE FROM clauses WHERE policy IN (SELECT entry FROM policies WHERE import = ?)').run(id)
  database.prepare('DELETE FROM originFunds WHERE origin IN (SELECT id FROM origins WHERE import = ?)').run(id)
  for (const table of [...TABLE_NAMES, 'origins', 'pictures', 'approvedPhones'])
    database.prepare(`DELETE FROM "${table}" WHERE import = ?`).run(id)
  forgetPeople(database, [id])
}
