// Lists what was taken, and takes one import back that no release holds yet.
import { sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import { type Books, inTransaction } from '../database/books.ts'
import { rowsOf } from '../database/query.ts'
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
export async function listImports(office: Office): Promise<ImportEntry[]> {
  const rows = await (await office.books()).selectFrom('imports').selectAll().orderBy('id').execute()
  return rows.map(({ id, table, file, accepted, refused, duplicates, at, by, sample, published, undone }) => {
    return { id, table, file, rows: accepted, refused, duplicates, at, by, sample: sample === 1, published, undone }
  })
}

/** Takes an import back. Errors: E-INPUT for an unknown number, E-STATE when published, taken back before, or the catalogue. */
export async function undoImport(office: Office, id: number, now: Date): Promise<ImportEntry> {
  const entry = (await listImports(office)).find((candidate) => candidate.id === id)
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
  await inTransaction(await office.books(), (all) => takeBack(all, id, now))
  return { ...entry, undone: now.toISOString() }
}

/**
 * Takes an import back, published or not: for a withdrawal, whose release no longer holds it. The caller holds the
 * transaction. Errors: E-STATE where rows of other imports hang on it.
 */
export async function takeBack(books: Books, id: number, now: Date): Promise<void> {
  await remove(books, id)
  await refuseOrphans(books, id)
  await books.updateTable('imports').set({ undone: now.toISOString() }).where('id', '=', id).execute()
}

/** Tables whose rows name a fund, and those whose rows name a village. */
const WITH_FUND: readonly TableName[] = ['payments', 'allocations', 'projects']
const WITH_VILLAGE: readonly TableName[] = ['payments', 'ledger', 'projects', 'assets', 'contracts', 'debts']

/** Rows whose fund or village is gone would fall out of the next release without a word. Errors: E-STATE. */
async function refuseOrphans(books: Books, id: number): Promise<void> {
  const orphans = [
    ...WITH_FUND.map((table) => [table, 'fund', 'funds'] as const),
    ...WITH_VILLAGE.map((table) => [table, 'village', 'places'] as const),
  ]
  for (const [table, field, known] of orphans) {
    const [row] = await rowsOf(
      books,
      sql`SELECT import FROM ${sql.table(table)} WHERE ${sql.ref(field)} NOT IN (SELECT code FROM ${sql.table(known)})
        LIMIT 1`,
    )
    if (row === undefined) continue
    throw new SunhallError(
      'E-STATE',
      `Expected an import that nothing hangs on, got ${id}: rows of ${table} in import ${row.import} name its ${field}; take that one back first`,
    )
  }
}

async function remove(books: Books, id: number): Promise<void> {
  await sql`DELETE FROM clauses WHERE policy IN (SELECT entry FROM policies WHERE import = ${id})`.execute(books)
  await sql`DELETE FROM ${sql.table('originFunds')} WHERE origin IN (SELECT id FROM origins WHERE import = ${id})`.execute(
    books,
  )
  for (const table of [...TABLE_NAMES, 'origins', 'pictures', 'approvedPhones'] as const)
    await sql`DELETE FROM ${sql.table(table)} WHERE import = ${id}`.execute(books)
  await forgetPeople(books, [id])
}
