// Reads the books as if some imports weren't there: for a withdrawal, or for an earlier state that is published again.
// Temporary views stand before the tables of the same name while a release is built and proved, so that everything that
// reads the books (rows, masks, proof) sees the same; nothing is changed by it.
import type { DatabaseSync } from 'node:sqlite'
import { TABLE_NAMES } from '../fields/tables.ts'

export interface Selection {
  /** Imports that are left out. */
  without: readonly number[]
  /** True: places and funds stay as they are today, so that an earlier state is published under today's masking rules. */
  todaysRules: boolean
}

export const EVERYTHING: Selection = { without: [], todaysRules: true }
const RULES: readonly string[] = ['places', 'funds']

/** Sets the views up. The caller takes them down (`unselect`) before it writes to the books. */
export function select(database: DatabaseSync, { without, todaysRules }: Selection): void {
  if (without.length === 0) return
  const list = without.map((id) => Math.trunc(id)).join(', ')
  for (const table of viewsOf(todaysRules))
    database.exec(
      `CREATE TEMP VIEW "${table}" AS SELECT * FROM main."${table}" WHERE ${table === 'imports' ? 'id' : 'import'} NOT IN (${list})`,
    )
}

export function unselect(database: DatabaseSync): void {
  for (const table of viewsOf(false)) database.exec(`DROP VIEW IF EXISTS temp."${table}"`)
}

function viewsOf(todaysRules: boolean): string[] {
  return [...TABLE_NAMES, 'origins', 'pictures', 'imports'].filter((table) => !todaysRules || !RULES.includes(table))
}
