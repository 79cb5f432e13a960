// Payments in the office's books for tests of matching, with the roster that an import would have made of them.
import { sql } from 'kysely'
import { type Books, inTransaction } from '../../sync/county/database/books.ts'
import { Bulk } from '../../sync/county/database/bulk.ts'
import { countOf } from '../../sync/county/database/query.ts'
import { columnsOf } from '../../sync/county/database/schema.ts'
import { addImport } from '../../sync/county/import/add-import.ts'
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
export async function fillPayments(office: Office, payments: Iterable<TestPayment>): Promise<void> {
  const people = new Map<string, number>()
  await inTransaction(await office.books(), async (books) => {
    await enterFile(books)
    let line = await countOf(books, sql`SELECT count(*) FROM payments`)
    let entry = await countOf(books, sql`SELECT max(entry) FROM payments`)
    const person = new Bulk(books, 'roster', PERSON)
    const paid = new Bulk(books, 'payments', PAID)
    for (const row of payments) {
      line += 1
      entry += 1
      const who = JSON.stringify([row.village, row.payee, row.group, row.idNumber])
      const id = people.get(who) ?? people.size + 1 + line * 1_000
      if (!people.has(who)) await person.put([row.village, id, 900, row.payee, row.group, '人', row.idNumber, '', ''])
      people.set(who, id)
      const named = [row.fund, row.village, row.group, row.payee, '', '', row.idNumber, '', '', row.batch]
      const money = [0, null, null, '', row.amount, row.amount, row.date, row.status, null, '', '', '']
      await paid.put([entry, 900, 900, line, id, ...named, ...money])
    }
    await person.flush()
    await paid.flush()
  })
}

const PERSON = ['village', 'id', 'import', 'name', 'group', 'kind', 'idNumber', 'household', 'relation']
const PAID = ['entry', 'import', 'origin', 'row', 'person', ...columnsOf('payments')]

async function enterFile(books: Books): Promise<void> {
  if ((await countOf(books, sql`SELECT count(*) FROM imports WHERE id = 900`)) > 0) return
  const counts = { accepted: 0, refused: 0, duplicates: 0, sample: 1 }
  const file = { file: 'test.csv', sha256: '', encoding: 'utf-8', by: '' }
  await addImport(books, { id: 900, table: 'payments', ...file, ...counts, now: new Date('2026-11-24T00:00:00Z') })
}
