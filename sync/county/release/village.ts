// What a release holds of one village: people, open payments, masked rows, accounts. Only public fields are copied (P5).
// Pure, so that it runs in any thread; the books are read by `village-read.ts`.
import { createHash } from 'node:crypto'
import type { EntryRow, MaskedRow, PaymentRow, PeriodRow } from '../../contract/rows.ts'
import type { Columns } from '../../core/codec.ts'
import type { VillageGiven } from '../../publish/source.ts'
import { ColumnTable, type ColumnTexts, listIn } from '../database/column-table.ts'
import { maskedSurname, type VillageMask } from '../disclosure/surnames.ts'
import { kindOf, type Member, type NewNumber, registryOf } from '../people/registry.ts'
import { type DatabaseRow, list, oneOf, sourced, text, textOrNull, whole, wholeOrNull } from './rows.ts'

/** Of one village, as `village-read.ts` reads it. */
export interface VillageRead {
  /** Public columns of the payments of open funds; `person` is still the office's id. */
  payments: ColumnTexts<keyof PaymentRow>
  /** By id. */
  members: ColumnTexts
  /** By month, date and entry. */
  ledger: ColumnTexts
  masked: ColumnTexts
  /** 'fund year' of masked rows that are shown. */
  shownIn: readonly string[]
  mask: VillageMask
}
export type ShapedVillage = VillageGiven & { print: string; fresh: NewNumber[] }
/** Hashes of pictures that may be published: a look for numbers and faces is recorded. */
export type Seen = ReadonlySet<string>

export function shapeVillage(read: VillageRead, seen: Seen): ShapedVillage {
  const ids = listIn(read.payments, 'person') as number[]
  const { people, numbers, fresh } = registryOf(membersIn(read.members), new Set(ids))
  const person = ids.map((id) => numbers.get(id) ?? 0)
  const masked = maskedIn(read)
  let accounts: Accounts | null = null
  const accountsOnce = (): Accounts => {
    accounts ??= accountsIn(read.ledger, seen)
    return accounts
  }
  return {
    people,
    masked,
    fresh,
    // These are made only when asked for: whoever knows the print has the blocks already.
    get print() {
      return printOf(read, { person, people, masked, images: imagesIn(read.ledger, seen) })
    },
    get payments() {
      return paymentsIn(read.payments, person)
    },
    get entries() {
      return accountsOnce().entries
    },
    get periods() {
      return accountsOnce().periods
    },
  }
}

function paymentsIn(texts: VillageRead['payments'], person: number[]): Columns<'payments'> {
  const lists = [...texts.keys()].map((column) => [column, column === 'person' ? person : listIn(texts, column)])
  // One list of each column's values: the schema's columns are the row's fields.
  return Object.fromEntries(lists)
}

/** Changes with anything that the village's blocks are made of. */
function printOf({ payments, ledger }: VillageRead, rest: object): string {
  const print = createHash('sha256')
  for (const [column, bytes] of payments) if (column !== 'person') print.update(bytes)
  for (const bytes of ledger.values()) print.update(bytes)
  return print.update(JSON.stringify(rest)).digest('hex')
}

function membersIn(texts: ColumnTexts): Map<number, Member> {
  const members = new ColumnTable(texts).rows().map((row): [number, Member] => {
    const [id, number] = [whole(row, 'id'), wholeOrNull(row, 'number')]
    const [name, group] = [text(row, 'name'), text(row, 'group')]
    const [household, relation] = [text(row, 'household'), text(row, 'relation')]
    return [id, { id, name, group, kind: kindOf(row.kind), household, relation, number }]
  })
  return new Map(members)
}

function maskedIn({ masked, shownIn, mask }: VillageRead): MaskedRow[] {
  const shown = new Set(shownIn)
  return new ColumnTable(masked).rows().flatMap((row) => maskedOf(row, shown, mask) ?? [])
}

/** Fund, month, amount, status, and a surname only in a crowd: nothing that leads to a person, a batch or a file (P5). */
function maskedOf(row: DatabaseRow, shown: ReadonlySet<string>, mask: VillageMask): MaskedRow | null {
  const fund = text(row, 'fund')
  const date = text(row, 'date')
  if (!shown.has(`${fund} ${Number(date.slice(0, 4))}`)) return null
  const surname = maskedSurname(mask, text(row, 'payee'), '人')
  if (surname === null) return null
  return {
    fund,
    month: date.slice(0, 7),
    surname,
    amount: whole(row, 'amount'),
    status: row.status as MaskedRow['status'],
  }
}

interface Accounts {
  periods: PeriodRow[]
  entries: EntryRow[]
}

function accountsIn(ledger: ColumnTexts, seen: Seen): Accounts {
  const periods: PeriodRow[] = []
  const entries: EntryRow[] = []
  let closing: number | null = null
  for (const [month, inMonth] of Map.groupBy(new ColumnTable(ledger).rows(), (row) => text(row, 'month'))) {
    const found = inMonth.filter((row) => whole(row, 'amount') !== 0).map((row) => entryOf(row, month, seen))
    const period = periodOf(month, inMonth, found, closing)
    // Without an opening balance nothing can be said of the month: it is not yet published, which is never zero.
    if (period === null) continue
    closing = period.closing
    periods.push(period)
    // One by one: a list of any length can't be spread into arguments.
    for (const entry of found) entries.push(entry)
  }
  return { periods, entries }
}

/** By entry the pictures that it shows. */
function imagesIn(ledger: ColumnTexts, seen: Seen): string[][] {
  return listIn(ledger, 'images').map((images) => list<string>({ images }, 'images').filter((hash) => seen.has(hash)))
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

function entryOf(row: DatabaseRow, month: string, seen: Seen): EntryRow {
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
    images: list<string>(row, 'images').filter((hash) => seen.has(hash)),
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
