// What follows from changed payments, so that a patch needn't say it: the sums by fund and month, and the blocks in which
// a person stands. Whoever makes a patch and whoever applies it foretell the same, and the patch has only what differs.
import type { Fen } from '../contract/rows.ts'
import { bitmapOf, bitsOf, hasBit } from './bitmap.ts'
import { type Edit, type Group, noEdit, type Row, setCell } from './group.ts'

/** A payment as sums see it. */
export interface Paid {
  fund: string
  date: string
  person: number
  status: string
  amount: Fen
}

/** What a payment adds to a sum: money that came back (退回) doesn't count. */
export function countedAmount({ status, amount }: Pick<Paid, 'status' | 'amount'>): Fen {
  return status === '退回' ? 0 : amount
}

/** How one sum changes. `people`: persons of the rows that came, who are all of them where the sum is new. */
interface SumChange {
  fund: string
  /** Month, or '' for the year's sum. */
  month: string
  year: number
  rows: number
  amount: Fen
  people: Set<number>
  payees: number
}

/** Changes of a place's sums, by fund, year and month. */
export class SumChanges {
  readonly #changes = new Map<string, SumChange>()

  get all(): SumChange[] {
    return [...this.#changes.values()].filter(({ rows, amount, payees }) => rows !== 0 || amount !== 0 || payees !== 0)
  }

  came(row: Paid): void {
    for (const change of this.#of(row)) {
      change.rows += 1
      change.amount += countedAmount(row)
      change.people.add(row.person)
    }
  }

  went(row: Paid): void {
    for (const change of this.#of(row)) {
      change.rows -= 1
      change.amount -= countedAmount(row)
    }
  }

  /** A place below has changed: a level up it is the same change. */
  add({ fund, month, year, rows, amount, payees }: SumChange): void {
    const sum = this.#change(fund, year, month)
    sum.rows += rows
    sum.amount += amount
    sum.payees += payees
  }

  #of({ fund, date }: Paid): SumChange[] {
    const year = Number(date.slice(0, 4))
    return [this.#change(fund, year, date.slice(0, 7)), this.#change(fund, year, '')]
  }

  #change(fund: string, year: number, month: string): SumChange {
    const key = `${fund} ${year} ${month}`
    const known = this.#changes.get(key)
    if (known !== undefined) return known
    const made = { fund, month, year, rows: 0, amount: 0, people: new Set<number>(), payees: 0 }
    this.#changes.set(key, made)
    return made
  }
}

/** The foretold edit of a year's sums (a rollup group). Fills in `payees` of the changes that make or end a sum. */
export function foretellSums(group: Group, changes: ReadonlyMap<string, SumChanges>, year: number): Edit {
  const edit = noEdit()
  const find = sumFinder(group)
  for (const [place, of] of changes) {
    for (const change of of.all.filter((each) => each.year === year)) {
      const at = find([change.fund, place, change.month])
      if (at === null) edit.inserted.push(newSum(place, change))
      else changeSum(group, edit, at, change)
    }
  }
  return edit
}

type SumKey = readonly [fund: string, place: string, month: string]

/** Finds the row of a sum: within a year they are in the order of fund, place and month (`order.ts`). */
function sumFinder(group: Group): (key: SumKey) => number | null {
  const columns = ['fund', 'place', 'month'].map((name) => group.column(name) as string[])
  const compare = (at: number, key: SumKey): number => {
    for (const [index, column] of columns.entries()) {
      const [value, wanted] = [column[at] ?? '', key[index] ?? '']
      if (value !== wanted) return value < wanted ? -1 : 1
    }
    return 0
  }
  return (key) => {
    let [low, high] = [0, group.rows - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const order = compare(middle, key)
      if (order === 0) return middle
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return null
  }
}

function newSum(place: string, change: SumChange): Row {
  const { fund, year, month, rows, amount } = change
  if (change.people.size > 0) change.payees = change.people.size
  return { place, fund, year, month, payees: change.payees, rows, amount }
}

function changeSum(group: Group, edit: Edit, at: number, change: SumChange): void {
  const was = (column: string): number => Number(group.cell(column, at))
  // Where as many rows are counted as before, neither they nor their payees are looked at.
  const rows = change.rows === 0 ? 1 : was('rows') + change.rows
  if (rows <= 0) {
    change.payees = -was('payees')
    edit.removed.add(at)
    return
  }
  if (change.payees !== 0) setCell(edit, 'payees', at, was('payees') + change.payees)
  if (change.rows !== 0) setCell(edit, 'rows', at, rows)
  if (change.amount !== 0) setCell(edit, 'amount', at, was('amount') + change.amount)
}

/** A payments block of the village afterwards: one of those before by its number there, or who stands in it. */
export type Standing = number | ReadonlySet<number>

/** True where every person stands in the blocks of before: then nothing follows for a village's people. */
export function standAsBefore(blocks: readonly Standing[], before: number): boolean {
  return keepPlaces(blocks, before) && blocks.every((block) => typeof block === 'number')
}

/** Blocks may have come behind those of before and may hold other persons, but none of those has gone or moved. */
function keepPlaces(blocks: readonly Standing[], before: number): boolean {
  return blocks.length >= before && blocks.every((block, at) => typeof block !== 'number' || block === at)
}

/** The foretold edit of a village's people: in which of its payments blocks each stands. */
export function foretellBlocks(group: Group, blocks: readonly Standing[], before: number): Edit {
  const edit = noEdit()
  if (standAsBefore(blocks, before)) return edit
  const stays = keepPlaces(blocks, before)
  const sets = blocks.flatMap((block, at) => (typeof block === 'number' ? [] : [[at, block] as const]))
  const numbers = group.column('number') as number[]
  const bitmaps = group.column('blocks') as string[]
  numbers.forEach((number, row) => {
    const bitmap = bitmaps[row] ?? ''
    if (stays && sets.every(([at, of]) => of.has(number) === hasBit(bitmap, at))) return
    const old = new Set(bitsOf(bitmap))
    const bits = blocks.flatMap((block, at) => {
      const stands = typeof block === 'number' ? old.has(block) : block.has(number)
      return stands ? [at] : []
    })
    const now = bitmapOf(bits)
    if (now !== bitmap) setCell(edit, 'blocks', row, now)
  })
  return edit
}
