// Reads the books as if some imports weren't there: for a withdrawal, or for an earlier state that is published again.
// Temporary views stand before the tables of the same name while a release is built and proved, so that everything that
// reads the books (rows, masks, proof) sees the same. People whom only those imports brought are forgotten meanwhile
// (`people/forget.ts`): a household's head can be shown without a payment of its own. Nothing is changed by it in the end.
import type { DatabaseSync } from 'node:sqlite'
import { TABLE_NAMES } from '../fields/tables.ts'
import { forgetForNow, recallPeople } from '../people/forget.ts'

export interface Selection {
  /** Imports that are left out. */
  without: readonly number[]
  /** True: places and funds stay as they are today, so that an earlier state is published under today's masking rules. */
  todaysRules: boolean
}

export const EVERYTHING: Selection = { without: [], todaysRules: true }
const RULES: readonly string[] = ['places', 'funds']

/** Sets the views up, in the caller's transaction. It takes them down (`unselect`) before it writes to the books. */
export function select(database: DatabaseSync, { without, todaysRules }: Selection): void {
  if (without.length === 0) return
  const list = without.map((id) => Math.trunc(id)).join(', ')
  for (const table of viewsOf(todaysRules))
    database.exec(
      `CREATE TEMP VIEW "${table}" AS SELECT * FROM main."${table}" WHERE ${table === 'imports' ? 'id' : 'import'} NOT IN (${list})`,
    )
  forgetForNow(database, without)
}

export function unselect(database: DatabaseSync): void {
  recallPeople(database)
  for (const table of viewsOf(false)) database.exec(`DROP VIEW IF EXISTS temp."${table}"`)
}

function viewsOf(todaysRules: boolean): string[] {
  return [...TABLE_NAMES, 'origins', 'pictures', 'imports'].filter((table) => !todaysRules || !RULES.includes(table))
}
