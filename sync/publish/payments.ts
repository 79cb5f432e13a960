// The payments of a village by column: their blocks by month of the open year and by closed year, the blocks that each
// person stands in, and what they sum up to. By column and by number, because a county has a million of them.
import { MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { PaymentRow, PlaceCode, RollupRow } from '../contract/rows.ts'
import type { Coded } from '../core/coded.ts'
import { type CodedRows, type Columns, canonicalPlaces, codeColumns, codeRows } from '../core/coded-rows.ts'
import { blockAt, type Leaf } from './blocks.ts'

/** A few rows as they are, many by column. */
export type Payments = readonly PaymentRow[] | Columns<'payments'>

export interface BuiltPayments {
  leaves: Leaf[]
  /** By person the numbers of the blocks that name them: postings name blocks and not rows, so that a changed amount
   * leaves the people alone. */
  blocksOfPerson: ReadonlyMap<number, number[]>
  sums: RollupRow[]
}

/** `openYear`: payments of earlier years are compacted to village and year. Errors: E-FORMAT. */
export function buildPayments(village: PlaceCode, payments: Payments, openYear: number): BuiltPayments {
  const rows = isRows(payments) ? codeRows('payments', payments) : codeColumns('payments', payments)
  const person = columnOf(rows, 'person')
  const leaves: Leaf[] = []
  const posted = new Postings(person)
  for (const [period, places] of placesByPeriod(rows, openYear)) {
    for (let at = 0, seq = 0; at < places.length; at += MAX_BLOCK_ROWS, seq++) {
      const block = places.subarray(at, at + MAX_BLOCK_ROWS)
      posted.add(block, leaves.length)
      leaves.push(blockAt(rows, period, seq, block))
    }
  }
  return { leaves, blocksOfPerson: posted.byPerson(), sums: villageSums(village, rows) }
}

function isRows(payments: Payments): payments is readonly PaymentRow[] {
  return Array.isArray(payments)
}

function columnOf(rows: CodedRows, name: keyof PaymentRow): Coded {
  const found = rows.columns.get(name)
  if (found === undefined) throw new Error(`Expected a column ${name} of payments`)
  return found.coded
}

/** Rows of each period in canonical order, periods in code unit order. */
function placesByPeriod(rows: CodedRows, openYear: number): [string, Int32Array][] {
  const { codes, values } = columnOf(rows, 'date')
  const periods = values.map((date) => periodOf(String(date), openYear))
  const groups = new Map<string, number[]>()
  for (const place of canonicalPlaces(rows)) {
    const period = periods[codes[place] as number] as string
    const group = groups.get(period)
    if (group === undefined) groups.set(period, [place])
    else group.push(place)
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, places]): [string, Int32Array] => [period, Int32Array.from(places)])
}

function periodOf(date: string, openYear: number): string {
  const year = date.slice(0, 4)
  return Number(year) < openYear ? year : date.slice(0, 7)
}

/** Which blocks name a person, each once. */
class Postings {
  readonly #person: Coded
  readonly #blocks: number[][]

  constructor(person: Coded) {
    this.#person = person
    this.#blocks = person.values.map(() => [])
  }

  add(places: Int32Array, block: number): void {
    for (const place of places) {
      const blocks = this.#blocks[this.#person.codes[place] as number] as number[]
      if (blocks.at(-1) !== block) blocks.push(block)
    }
  }

  byPerson(): Map<number, number[]> {
    return new Map(this.#blocks.map((blocks, code) => [this.#person.values[code] as number, blocks]))
  }
}

/**
 * What a village received, by fund and month, and by fund and year. `payees` counts persons, each once. Money that came
 * back (退回) doesn't count; the row that pays it again (补发) does.
 */
function villageSums(place: PlaceCode, rows: CodedRows): RollupRow[] {
  const [fund, date, person] = [columnOf(rows, 'fund'), columnOf(rows, 'date'), columnOf(rows, 'person')]
  const [status, amount] = [columnOf(rows, 'status'), columnOf(rows, 'amount')]
  const isBack = status.values.map((value) => value === '退回')
  const sums = new Sums(place)
  // Person after person: then a sum has met one already only if it was the last it met.
  for (const at of byCode(person)) {
    const code = (fund.codes[at] as number) * date.values.length + (date.codes[at] as number)
    const paid = isBack[status.codes[at] as number] === true ? 0 : (amount.values[amount.codes[at] as number] as number)
    const of = sums.at(code) ?? sums.open(code, String(fund.values[fund.codes[at] as number]), dateAt(date, at))
    for (const sum of of) add(sum, person.codes[at] as number, paid)
  }
  return sums.rows()
}

/** Rows in the order of their values' numbers. */
function byCode({ codes, counts }: Coded): Int32Array {
  const next = new Int32Array(counts.length)
  for (let code = 1; code < counts.length; code++)
    next[code] = (next[code - 1] as number) + (counts[code - 1] as number)
  const places = new Int32Array(codes.length)
  codes.forEach((code, at) => {
    places[next[code] as number] = at
    next[code] = (next[code] as number) + 1
  })
  return places
}

function dateAt(date: Coded, at: number): string {
  return String(date.values[date.codes[at] as number])
}

interface Sum {
  row: RollupRow
  /** Number of the person it met last. */
  person: number
}

function add(sum: Sum, person: number, paid: number): void {
  const { row } = sum
  if (sum.person !== person) {
    sum.person = person
    row.payees += 1
  }
  row.rows += 1
  row.amount += paid
}

/** The sums that a payment goes into, found by the number of its fund and day. */
class Sums {
  readonly #place: PlaceCode
  readonly #byCode = new Map<number, readonly Sum[]>()
  readonly #byKey = new Map<string, Sum>()

  constructor(place: PlaceCode) {
    this.#place = place
  }

  at(code: number): readonly Sum[] | undefined {
    return this.#byCode.get(code)
  }

  open(code: number, fund: string, date: string): readonly Sum[] {
    const made = [this.#of(fund, date.slice(0, 7)), this.#of(fund, date.slice(0, 4))]
    this.#byCode.set(code, made)
    return made
  }

  rows(): RollupRow[] {
    return [...this.#byKey.values()].map(({ row }) => row)
  }

  #of(fund: string, period: string): Sum {
    const key = `${fund} ${period}`
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const year = Number(period.slice(0, 4))
    const month = period.length === 4 ? '' : period
    const row = { place: this.#place, fund, year, month, payees: 0, rows: 0, amount: 0 }
    const sum: Sum = { row, person: -1 }
    this.#byKey.set(key, sum)
    return sum
  }
}
