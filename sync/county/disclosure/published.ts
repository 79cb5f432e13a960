// Remembers what a release shows of masked funds and of people's numbers, so that the next can be held against it.
import type { DatabaseSync } from 'node:sqlite'
import type { MaskedRow } from '../../contract/rows.ts'
import type { MaskPlans } from './mask-facts.ts'

/** fund + year → village → state. */
export type PublishedDecisions = ReadonlyMap<string, ReadonlyMap<string, 'shown' | 'counted'>>

export function publishedDecisions(database: DatabaseSync): PublishedDecisions {
  const found = new Map<string, Map<string, 'shown' | 'counted'>>()
  for (const row of database.prepare('SELECT fund, year, village, state FROM maskDecisions').iterate()) {
    const key = `${String(row.fund)} ${String(row.year)}`
    const villages = found.get(key) ?? new Map<string, 'shown' | 'counted'>()
    found.set(key, villages)
    villages.set(String(row.village), row.state === 'shown' ? 'shown' : 'counted')
  }
  return found
}

export function earlierDecisionsOf(
  decisions: PublishedDecisions,
  fund: string,
  year: number,
): ReadonlyMap<string, 'shown' | 'counted'> {
  return decisions.get(`${fund} ${year}`) ?? new Map()
}

/**
 * Writes down what release `number` shows, before it is signed: too much remembered only hides more, too little could
 * undo a mask. The caller holds the transaction.
 */
export function rememberRelease(database: DatabaseSync, number: number, plans: MaskPlans): void {
  const decide = database.prepare(
    'INSERT OR IGNORE INTO maskDecisions (fund, year, village, state, release) VALUES (?, ?, ?, ?, ?)',
  )
  const group = database.prepare(
    'INSERT OR IGNORE INTO maskGroups (fund, year, townships, release) VALUES (?, ?, ?, ?)',
  )
  for (const [fund, years] of plans) {
    for (const [year, plan] of years) {
      for (const [village, state] of plan.states) if (state !== 'out') decide.run(fund, year, village, state, number)
      for (const { townships } of plan.groups) group.run(fund, year, JSON.stringify(townships), number)
    }
  }
}

/** Masked rows of one village as shown, and the surnames that its masks are fixed to from now on. */
export function rememberMasked(
  database: DatabaseSync,
  number: number,
  village: string,
  rows: readonly MaskedRow[],
  surnames: ReadonlySet<string>,
): void {
  database
    .prepare('INSERT OR IGNORE INTO maskSurnames (village, surnames, release) VALUES (?, ?, ?)')
    .run(village, JSON.stringify([...surnames].sort()), number)
  const insert = database.prepare(
    'INSERT OR IGNORE INTO maskPublished (village, fund, month, amount, status, surname, first) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  for (const row of rows) insert.run(village, row.fund, row.month, row.amount, row.status, row.surname, number)
}

/** Registry numbers of a village keep the names they were published with. */
export function rememberPeople(database: DatabaseSync, village: string, numbers: readonly number[]): void {
  const known = database
    .prepare(
      'SELECT count(*) AS unknown FROM roster WHERE village = ? AND number IS NOT NULL AND publishedName IS NULL',
    )
    .get(village)
  if (Number(known?.unknown ?? 0) === 0) return
  database
    .prepare(
      'UPDATE roster SET publishedName = name WHERE village = ? AND publishedName IS NULL AND number IN (SELECT value FROM json_each(?))',
    )
    .run(village, JSON.stringify(numbers))
}
