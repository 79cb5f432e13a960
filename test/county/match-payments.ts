// Payments in the office's books for tests of matching, with the roster that an import would have made of them.
import { countOf, inTransaction } from '../../sync/county/database/database.ts'
import type { Office } from '../../sync/county/office.ts'

export interface TestPayment {
  fund: string
  village: string
  group: string
  payee: string
  idNumber: string
  batch: string
  amount: number
  date: string
  status: string
}

/** Adds payments as import 900 of 'test.csv'; a person is a name, group and ID number in a village. */
export function fillPayments(office: Office, payments: Iterable<TestPayment>): void {
  const { database } = office
  const entry = new Map<string, number>()
  const people = new Map<string, number>()
  let line = countOf(database, 'SELECT count(*) FROM payments')
  inTransaction(database, () => {
    database.exec(
      `INSERT OR IGNORE INTO imports (id, "table", file, sha256, encoding, accepted, refused, duplicates, at, by, sample)
       VALUES (900, 'payments', 'test.csv', '', 'utf-8', 0, 0, 0, '2026-11-24', '', 1)`,
    )
    database.exec(
      `INSERT OR IGNORE INTO origins VALUES (900, 900, 'payments', 'test.csv', '', '2026-11-24', '', NULL, 1)`,
    )
    const person = database.prepare(
      `INSERT OR IGNORE INTO roster (village, id, import, name, "group", kind, idNumber, household, relation, number, publishedName)
       VALUES (?, ?, 900, ?, ?, '人', ?, '', '', NULL, NULL)`,
    )
    const add = database.prepare(
      `INSERT INTO payments (entry, import, origin, "row", person, fund, village, "group", payee, household, relation, idNumber,
       bankAccount, phone, batch, serial, standard, quantity, unit, due, amount, date, status, earlier, policy, clauses, note)
       VALUES (?, 900, 900, ?, ?, ?, ?, ?, ?, '', '', ?, '', '', ?, 0, NULL, NULL, '', ?, ?, ?, ?, NULL, '', '', '')`,
    )
    const lastEntry = database.prepare('SELECT coalesce(max(entry), 0) AS last FROM payments WHERE village = ?')
    for (const row of payments) {
      line += 1
      const { village } = row
      const at = (entry.get(village) ?? Number(lastEntry.get(village)?.last ?? 0)) + 1
      entry.set(village, at)
      const who = JSON.stringify([village, row.payee, row.group, row.idNumber])
      const id = people.get(who) ?? people.size + 1 + line * 1_000_000
      if (!people.has(who)) person.run(village, id, row.payee, row.group, row.idNumber)
      people.set(who, id)
      add.run(
        at,
        line,
        id,
        row.fund,
        village,
        row.group,
        row.payee,
        row.idNumber,
        row.batch,
        row.amount,
        row.amount,
        row.date,
        row.status,
      )
    }
  })
}
