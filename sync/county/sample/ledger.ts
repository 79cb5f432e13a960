// The sample's village books: 24 months to last month, each opening with the balance the month before closed with.
import type { Day, Fen, Month } from '../../contract/rows.ts'
import type { LedgerRow } from '../tables.ts'
import { daysAfter, monthsAfter } from './calendar.ts'
import type { Frame, Village } from './frame.ts'
import { accountOf, type Entry, EXPENSES, editionOf, INCOMES } from './ledger-entries.ts'
import { type Officers, officersOf } from './officers.ts'
import type { InvoicePicture, Pictures } from './pictures.ts'
import { hash32, type Random, randomOf } from './random.ts'

const MONTHS = 24

interface Draft {
  entry: Entry
  amount: Fen
  counterpart: string
  images: string[]
}
interface Book {
  frame: Frame
  village: Village
  random: Random
  officers: Officers
  pictures: Pictures
  /** 1 for a village of middle size. */
  size: number
}

/** Vouchers of a month: 15 to 28 at full scale, fewer below it, never under five. */
function vouchersOf(book: Book): number {
  const full = book.random.int(15, 28)
  return Math.max(5, Math.round(full * Math.min(1, 0.3 + book.frame.scale)))
}

function draftOf(book: Book, entries: readonly Entry[]): Draft {
  const { random, size } = book
  const entry = random.pick(entries)
  const fen = Math.round(entry.yuan * (0.5 + random.next() * 0.8) * size * 10) * 10
  return { entry, amount: Math.max(1000, fen), counterpart: entry.counterpart, images: [] }
}

/** A voucher of the drawn invoice: same item, same amount, so that picture and book agree. */
function drawnOf(picture: InvoicePicture): Draft {
  const entry: Entry = {
    class: picture.class,
    summary: `付${picture.item}`,
    counterpart: picture.seller,
    yuan: picture.amount / 100,
    direction: 'expense',
  }
  return { entry, amount: picture.amount, counterpart: picture.seller, images: [picture.hash] }
}

function draftsOf(book: Book, opening: Fen, month: Month): Draft[] {
  const { random, pictures } = book
  const count = vouchersOf(book)
  const quarter = Number(month.slice(5)) % 3 === 0
  const income = Array.from({ length: Math.max(2, Math.round(count * 0.28)) }, (_, i) =>
    draftOf(book, i === 0 ? INCOMES.filter((one) => one.class === '补助收入') : INCOMES),
  )
  let left = opening + income.reduce((sum, one) => sum + one.amount, 0)
  const expenses: Draft[] = []
  while (expenses.length + income.length < count) {
    const drawn = expenses.length < 2 || random.chance(0.25)
    const draft = drawn ? drawnOf(random.pick(pictures.invoices)) : draftOf(book, EXPENSES)
    // A village can't spend what it hasn't: the draft is cut to what is left, and some stays for next month.
    if (draft.amount > left * 0.4) {
      if (left < 200_000) break
      if (draft.images.length) continue
      draft.amount = Math.floor(left / 4000) * 1000
    }
    left -= draft.amount
    expenses.push(draft)
  }
  // Larger works fall into the last month of a quarter, so that months differ as they do in life.
  if (quarter && left > 4_000_000) {
    const works = draftOf(
      book,
      EXPENSES.filter((one) => one.class === '公益支出'),
    )
    expenses.push({ ...works, amount: Math.floor(left / 3000) * 1000 })
  }
  return [...income, ...expenses]
}

function rowOf(book: Book, month: Month, draft: Draft, date: Day, order: number): LedgerRow {
  const { frame, village, officers } = book
  const { entry, amount, counterpart, images } = draft
  const edition = editionOf(village.township, month)
  const account = accountOf(edition, entry.class)
  const nextMonth = `${monthsAfter(month, 1)}-01`
  const checkedOn = daysAfter(nextMonth, 4 + (hash32(`${village.code}${month}`) % 5))
  const publishedOn = daysAfter(checkedOn, 2)
  return {
    village: village.code,
    month,
    voucher: `记-${String(order).padStart(3, '0')}`,
    date,
    edition,
    account: account.code,
    accountName: account.name,
    class: entry.class,
    summary: entry.summary,
    direction: entry.direction,
    amount,
    counterpart,
    handler: officers.treasurer,
    approver: officers.secretary,
    checkedBy: '民主理财小组',
    checkedOn: checkedOn <= frame.today ? checkedOn : null,
    publishedOn: publishedOn <= frame.today ? publishedOn : null,
    images,
    opening: null,
    closing: null,
  }
}

function monthRows(book: Book, month: Month, opening: Fen): LedgerRow[] {
  const drafts = draftsOf(book, opening, month)
  const days = drafts.map(() => book.random.int(1, 27)).sort((a, b) => a - b)
  // Income and expenses mixed over the month: by a hash, the same on every run.
  const mixed = drafts
    .map((draft, i) => ({ draft, key: hash32(`${month}${i}${draft.entry.summary}`) }))
    .sort((a, b) => a.key - b.key)
  const rows = mixed.map(({ draft }, i) => {
    const date = `${month}-${String(days[i] ?? 1).padStart(2, '0')}`
    return rowOf(book, month, draft, date, i + 1)
  })
  const closing = rows.reduce((sum, row) => sum + (row.direction === 'income' ? row.amount : -row.amount), opening)
  return rows.map((row, i) => (i === 0 ? { ...row, opening, closing } : row))
}

function* ledgerOfVillage(frame: Frame, village: Village, pictures: Pictures): Generator<LedgerRow> {
  const random = randomOf(frame.seed, `ledger ${village.code}`)
  const size = 0.6 + (hash32(village.code) % 100) / 100
  const book: Book = { frame, village, random, officers: officersOf(frame, village), pictures, size }
  let balance: Fen = Math.round(random.int(38_000, 160_000) * size) * 100 + random.int(0, 99)
  for (let back = MONTHS; back >= 1; back--) {
    const rows = monthRows(book, monthsAfter(frame.today.slice(0, 7), -back), balance)
    balance = rows[0]?.closing ?? balance
    yield* rows
  }
}

export function* ledgerOf(frame: Frame, pictures: Pictures): Generator<LedgerRow> {
  for (const village of frame.villages) yield* ledgerOfVillage(frame, village, pictures)
}
