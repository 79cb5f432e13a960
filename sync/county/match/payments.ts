// Payments as matching sees them: one after another in the order of villages, each with the ID number that its row or the
// village's roster knows. Money that came back or was reversed reached nobody and isn't looked at.
import { sql } from 'kysely'
import type { MatchedPayment } from '../../contract/console/match.ts'
import type { Books } from '../database/books.ts'
import { countOf, type Row, rowsOf } from '../database/query.ts'
import { groupWord, nameWord, wholeId } from './identity.ts'
import type { Payee } from './judge.ts'

const PAID = sql`('已发', '补发')`

/** A payment and its payee in comparable form; the rest is read only of those that match. */
export interface StreamedPayment {
  payee: Payee
  fund: string
  date: string
  whole(): MatchedPayment
}

export function countPayments(books: Books): Promise<number> {
  return countOf(books, sql`SELECT count(*) FROM payments WHERE status IN ${PAID}`)
}

/** In the order of villages. The caller holds the reading, so that nothing imported meanwhile is half seen. */
export async function* paymentsOf(books: Books): AsyncGenerator<StreamedPayment[]> {
  const origins = await books.selectFrom('origins').select(['id', 'file']).execute()
  const files = new Map(origins.map(({ id, file }) => [id, file]))
  for (let village = await villageAfter(books, ''); village !== ''; village = await villageAfter(books, village)) {
    const rows = await rowsOf(
      books,
      sql`SELECT p.village, p."group", p.payee, p."idNumber", r."idNumber" AS known, p.fund, p.date, p.batch, p.amount,
         p.status, p.origin, p."row"
       FROM payments p LEFT JOIN roster r ON r.village = p.village AND r.id = p.person
       WHERE p.village = ${village} AND p.status IN ${PAID} ORDER BY p.entry`,
    )
    yield rows.map((row) => streamed(row, files))
  }
}

/** '' after the last. */
async function villageAfter(books: Books, village: string): Promise<string> {
  const [row] = await rowsOf(books, sql`SELECT min(village) AS village FROM payments WHERE village > ${village}`)
  return typeof row?.village === 'string' ? row.village : ''
}

function streamed(row: Row, files: ReadonlyMap<number, string>): StreamedPayment {
  const text = (column: string): string => String(row[column] ?? '')
  const [village, group, fund, date] = [text('village'), text('group'), text('fund'), text('date')]
  const idNumber = wholeId(text('idNumber') || text('known'))
  const name = nameWord(text('payee'))
  const payee = { name, idNumber, village, group: groupWord(group) }
  const whole = (): MatchedPayment => ({
    fund,
    village,
    group,
    payee: text('payee'),
    idNumber,
    batch: text('batch'),
    amount: Number(row.amount),
    date,
    status: text('status'),
    file: files.get(Number(row.origin)) ?? '',
    line: Number(row.row),
  })
  return { payee, fund, date, whole }
}

/** How many people of a name the roster of a village has. */
export async function namesakesIn(books: Books, village: string): Promise<(name: string) => number> {
  const rows = await rowsOf(
    books,
    sql`SELECT name, count(*) AS people FROM roster WHERE village = ${village} GROUP BY name`,
  )
  const counts = new Map(rows.map((row) => [String(row.name), Number(row.people)]))
  return (name) => counts.get(name) ?? 0
}
