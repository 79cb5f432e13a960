// Payments as matching sees them: one after another in the order of villages, each with the ID number that its row or the
// village's roster knows. Money that came back or was reversed reached nobody and isn't looked at.
import type { DatabaseSync } from 'node:sqlite'
import type { MatchedPayment } from '../../contract/console/match.ts'
import { countOf } from '../database/database.ts'
import { groupWord, nameWord, wholeId } from './identity.ts'
import type { Payee } from './judge.ts'

const PAID = `status IN ('已发', '补发')`

/** A payment and its payee in comparable form; the rest is read only of those that match. */
export interface StreamedPayment {
  payee: Payee
  fund: string
  date: string
  whole(): MatchedPayment
}

export function countPayments(database: DatabaseSync): number {
  return countOf(database, `SELECT count(*) FROM payments WHERE ${PAID}`)
}

/** In the order of villages. One reading of the database from first to last, whatever is imported meanwhile. */
export function* paymentsOf(database: DatabaseSync): Generator<StreamedPayment> {
  const files = new Map<number, string>()
  for (const row of database.prepare('SELECT id, file FROM origins').iterate())
    files.set(Number(row.id), String(row.file))
  const statement = database.prepare(
    `SELECT p.village, p."group", p.payee, p.idNumber, r.idNumber, p.fund, p.date, p.batch, p.amount, p.status, p.origin, p."row"
     FROM payments p LEFT JOIN roster r ON r.village = p.village AND r.id = p.person
     WHERE p.${PAID} ORDER BY p.village, p.entry`,
  )
  statement.setReturnArrays(true)
  const rows = statement.iterate() as unknown as Iterable<readonly (string | number | null)[]>
  for (const row of rows) yield streamed(row, files)
}

function streamed(row: readonly (string | number | null)[], files: ReadonlyMap<number, string>): StreamedPayment {
  const text = (at: number): string => String(row[at] ?? '')
  const [village, group, fund, date] = [text(0), text(1), text(5), text(6)]
  const idNumber = wholeId(text(3) || text(4))
  const name = nameWord(text(2))
  const payee = { name, idNumber, village, group: groupWord(group) }
  const whole = (): MatchedPayment => ({
    fund,
    village,
    group,
    payee: text(2),
    idNumber,
    batch: text(7),
    amount: Number(row[8]),
    date,
    status: text(9),
    file: files.get(Number(row[10])) ?? '',
    line: Number(row[11]),
  })
  return { payee, fund, date, whole }
}

/** How many people of a name the roster of a village has; asked once for each. */
export function namesakesIn(database: DatabaseSync): (village: string, name: string) => number {
  const statement = database.prepare('SELECT count(*) FROM roster WHERE village = ? AND name = ?')
  let current = ''
  let known = new Map<string, number>()
  return (village, name) => {
    if (village !== current) {
      current = village
      known = new Map()
    }
    const before = known.get(name)
    if (before !== undefined) return before
    const count = Number(Object.values(statement.get(village, name) ?? {})[0] ?? 0)
    known.set(name, count)
    return count
  }
}
