// What a release holds of one village: people, open payments, masked rows, accounts. Only public fields are copied (P5).
import type { EntryRow, MaskedRow, PaymentRow, PeriodRow } from '../../contract/rows.ts'
import type { Columns } from '../../core/codec.ts'
import type { VillageGiven, VillageRows } from '../../publish/source.ts'
import type { Books } from '../database/books.ts'
import type { MaskFacts, MaskPlans } from '../disclosure/mask-facts.ts'
import { registryOf } from '../people/registry.ts'
import { type DatabaseRow, list, oneOf, sourced, text, textOrNull, whole, wholeOrNull } from './rows.ts'

export interface VillageInput {
  books: Books
  facts: MaskFacts
  plans: MaskPlans
  /** True for pictures that may be published: a look for numbers and faces is recorded. */
  isSeen: (hash: string) => boolean
}

export async function villageRows(input: VillageInput, village: string): Promise<VillageGiven> {
  const { payments, masked, numbers, people } = await paymentsOf(input, village)
  payments.person = payments.person.map((id) => numbers.get(id) ?? 0)
  return { people, payments, masked, ...(await accountsOf(input, village)) }
}

interface Payments {
  payments: Columns<'payments'>
  masked: MaskedRow[]
  numbers: ReadonlyMap<number, number>
  people: VillageRows['people']
}

/** `person` of the payments is still the office's id: the registry comes after all are known. */
async function paymentsOf(input: VillageInput, village: string): Promise<Payments> {
  const payments = noPayments()
  const masked: MaskedRow[] = []
  const paid = new Set<number>()
  const rows = await input.books
    .selectFrom('payments')
    .select([...SHOWN, 'payee'])
    .where('village', '=', village)
    .orderBy('entry')
    .execute()
  for (const row of rows) {
    const disclosure = input.facts.disclosure.get(row.fund)
    if (disclosure === 'open') {
      paid.add(row.person)
      enter(payments, row)
    } else if (disclosure === 'masked') {
      const found = maskedOf(input, village, row, row.payee)
      if (found !== null) masked.push(found)
    }
  }
  const registry = await registryOf(input.books, village, paid)
  return { payments, masked, numbers: registry.numbers, people: registry.people }
}

/** Public columns of a payment (P5). */
function noPayments(): Columns<'payments'> {
  return {
    fund: [],
    person: [],
    batch: [],
    serial: [],
    standard: [],
    quantity: [],
    unit: [],
    due: [],
    amount: [],
    date: [],
    status: [],
    earlier: [],
    policy: [],
    clauses: [],
    origin: [],
    row: [],
  }
}
const SHOWN = Object.keys(noPayments()) as (keyof PaymentRow)[]

/** By column: a copy of each row without its payee takes longer than all the rest. */
function enter(payments: Columns<'payments'>, row: PaymentRow): void {
  for (const column of SHOWN) (payments[column] as unknown[]).push(row[column])
}

/** Fund, month, amount, status, and a surname only in a crowd: nothing that leads to a person, a batch or a file (P5). */
function maskedOf(input: VillageInput, village: string, row: PaymentRow, payee: string): MaskedRow | null {
  const { fund, amount, date, status } = row
  const plan = input.plans.get(fund)?.get(Number(date.slice(0, 4)))
  if (plan?.states.get(village) !== 'shown') return null
  const surname = input.facts.surnameFor(village, payee, '人')
  return surname === null ? null : { fund, month: date.slice(0, 7), surname, amount, status }
}

async function accountsOf(
  input: VillageInput,
  village: string,
): Promise<{ periods: PeriodRow[]; entries: EntryRow[] }> {
  const rows = await input.books
    .selectFrom('ledger')
    .selectAll()
    .where('village', '=', village)
    .orderBy('month')
    .orderBy('date')
    .orderBy('entry')
    .execute()
  const months = new Map<string, DatabaseRow[]>()
  for (const row of rows) {
    const month = months.get(text(row, 'month'))
    if (month === undefined) months.set(text(row, 'month'), [row])
    else month.push(row)
  }
  const periods: PeriodRow[] = []
  const entries: EntryRow[] = []
  let closing: number | null = null
  for (const [month, inMonth] of months) {
    const found = inMonth.filter((row) => whole(row, 'amount') !== 0).map((row) => entryOf(row, month, input.isSeen))
    const period = periodOf(month, inMonth, found, closing)
    // Without an opening balance nothing can be said of the month: it is not yet published, which is never zero.
    if (period === null) continue
    closing = period.closing
    periods.push(period)
    entries.push(...found)
  }
  return { periods, entries }
}

function periodOf(
  month: string,
  rows: readonly DatabaseRow[],
  entries: readonly EntryRow[],
  before: number | null,
): PeriodRow | null {
  const [first] = rows
  const opening = firstNumber(rows, 'opening') ?? before
  if (first === undefined || opening === null) return null
  const income = sumOf(entries, 'income')
  const expense = sumOf(entries, 'expense')
  return {
    ...sourced(first),
    month,
    opening,
    income,
    expense,
    closing: firstNumber(rows, 'closing') ?? opening + income - expense,
    entries: entries.length,
    checkedBy: firstText(rows, 'checkedBy') ?? '',
    checkedOn: firstText(rows, 'checkedOn'),
    publishedOn: firstText(rows, 'publishedOn'),
  }
}

function entryOf(row: DatabaseRow, month: string, isSeen: (hash: string) => boolean): EntryRow {
  return {
    ...sourced(row),
    month,
    voucher: text(row, 'voucher'),
    date: text(row, 'date'),
    edition: text(row, 'edition'),
    account: text(row, 'account'),
    accountName: text(row, 'accountName'),
    class: text(row, 'class'),
    summary: text(row, 'summary'),
    direction: oneOf(row, 'direction', ['income', 'expense']),
    amount: whole(row, 'amount'),
    counterpart: text(row, 'counterpart'),
    handler: text(row, 'handler'),
    approver: text(row, 'approver'),
    checkedBy: text(row, 'checkedBy'),
    images: list<string>(row, 'images').filter(isSeen),
  }
}

function sumOf(entries: readonly EntryRow[], direction: EntryRow['direction']): number {
  return entries.reduce((sum, entry) => (entry.direction === direction ? sum + entry.amount : sum), 0)
}

function firstNumber(rows: readonly DatabaseRow[], column: string): number | null {
  return rows.map((row) => wholeOrNull(row, column)).find((value) => value !== null) ?? null
}

function firstText(rows: readonly DatabaseRow[], column: string): string | null {
  return rows.map((row) => textOrNull(row, column)).find((value) => value !== null) ?? null
}
