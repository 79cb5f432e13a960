// What a release holds of one village: people, open payments, masked rows, accounts. Only public fields are copied (P5).
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { EntryRow, MaskedRow, PaymentRow, PeriodRow } from '../../contract/rows.ts'
import type { Columns } from '../../core/codec.ts'
import { SCHEMAS } from '../../core/schema.ts'
import type { VillageGiven } from '../../publish/source.ts'
import type { Books } from '../database/books.ts'
import { columnTexts } from '../database/column-texts.ts'
import { listed } from '../database/query.ts'
import type { FundDisclosure, MaskFacts, MaskPlans } from '../disclosure/mask-facts.ts'
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
  const texts = await openPayments(input, village)
  const ids = listIn(texts, 'person')
  const { people, numbers } = await registryOf(input.books, village, new Set(ids))
  const person = ids.map((id) => numbers.get(id) ?? 0)
  const masked = await maskedPayments(input, village)
  const accounts = await accountsOf(input, village)
  return {
    ...{ people, masked, ...accounts },
    // Either is made only when asked for: whoever knows the print has the blocks already.
    get print() {
      return printOf(texts, { person, people, masked, ...accounts })
    },
    get payments() {
      return paymentsIn(texts, person)
    },
  }
}

type PaymentTexts = ReadonlyMap<keyof PaymentRow, string>

/** Public columns of the payments of open funds (P5); `person` is still the office's id. */
function openPayments({ books, facts }: VillageInput, village: string): Promise<PaymentTexts> {
  const open = fundsThatAre(facts, 'open')
  return columnTexts(books, 'payments', SHOWN, sql`village = ${village} AND fund IN ${listed(open)}`)
}

const SHOWN = Object.keys(SCHEMAS.payments) as (keyof PaymentRow)[]

function listIn<F extends keyof PaymentRow>(texts: PaymentTexts, column: F): PaymentRow[F][] {
  return JSON.parse(texts.get(column) ?? '[]')
}

function paymentsIn(texts: PaymentTexts, person: number[]): Columns<'payments'> {
  const lists = SHOWN.map((column) => [column, column === 'person' ? person : listIn(texts, column)])
  // One list of each column's values: the schema's columns are the row's fields.
  return Object.fromEntries(lists)
}

/** Changes with anything that the village's blocks are made of. */
function printOf(texts: PaymentTexts, rest: object): string {
  const print = createHash('sha256')
  for (const [column, text] of texts) if (column !== 'person') print.update(text)
  return print.update(JSON.stringify(rest)).digest('hex')
}

function fundsThatAre(facts: MaskFacts, disclosure: FundDisclosure): string[] {
  return [...facts.disclosure].filter(([, how]) => how === disclosure).map(([fund]) => fund)
}

async function maskedPayments(input: VillageInput, village: string): Promise<MaskedRow[]> {
  const funds = fundsThatAre(input.facts, 'masked')
  if (funds.length === 0) return []
  const rows = await input.books
    .selectFrom('payments')
    .select(['fund', 'amount', 'date', 'status', 'payee'])
    .where('village', '=', village)
    .where('fund', 'in', funds)
    .execute()
  return rows.flatMap((row) => maskedOf(input, village, row) ?? [])
}

type MaskedPayment = Pick<PaymentRow, 'fund' | 'amount' | 'date' | 'status'> & { payee: string }

/** Fund, month, amount, status, and a surname only in a crowd: nothing that leads to a person, a batch or a file (P5). */
function maskedOf(input: VillageInput, village: string, row: MaskedPayment): MaskedRow | null {
  const { fund, amount, date, status } = row
  const plan = input.plans.get(fund)?.get(Number(date.slice(0, 4)))
  if (plan?.states.get(village) !== 'shown') return null
  const surname = input.facts.surnameFor(village, row.payee, '人')
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
