// The sums that payments change, gathered while a patch is walked: by the part in whose node they lie, and by place.
import type { PlaceCode } from '../contract/rows.ts'
import { type Paid, SumChanges } from './derived.ts'
import type { Edit, Group, Row } from './group.ts'
import { type OpenBlock, openBlock } from './open-block.ts'
import type { Change } from './patch-apply.ts'

export type PlaceSums = Map<PlaceCode, SumChanges>

/** Tells a village's sums which payments came and went. */
export function tellPayments(sums: SumChanges, group: Group, change: Change): void {
  if ('edit' in change) tellEdited(sums, group, change.edit)
  else tellWhole(sums, group, change.whole)
}

function tellWhole(sums: SumChanges, group: Group, whole: Extract<Change, { whole: unknown }>['whole']): void {
  const kept = new Set(whole.filter((entry) => typeof entry === 'number'))
  group.leaves.forEach((_, at) => {
    if (!kept.has(at)) for (const row of paidRows(group.block(at))) sums.went(row)
  })
  for (const entry of whole) {
    if (typeof entry !== 'number') for (const row of paidRows(openBlock('payments', entry.bytes))) sums.came(row)
  }
}

function tellEdited(sums: SumChanges, group: Group, { cells, removed, inserted }: Edit): void {
  const rows = new Set([...removed, ...[...cells.values()].flatMap((of) => [...of.keys()])])
  const places = [...rows].sort((a, b) => a - b)
  group.rowsAt(places, PAID).forEach((was, index) => {
    const at = places[index] as number
    sums.went(was as unknown as Paid)
    if (!removed.has(at)) sums.came(withCells(was, at, cells))
  })
  for (const row of inserted) sums.came(row as unknown as Paid)
}

/** Changes of several places added up. */
export function addedUp(places: Iterable<SumChanges>): SumChanges {
  const sum = new SumChanges()
  for (const place of places) for (const change of place.all) sum.add(change)
  return sum
}

const PAID = ['fund', 'date', 'person', 'status', 'amount'] as const

function paidRows(block: OpenBlock): Paid[] {
  const columns = PAID.map((name) => [name, block.values(name)] as const)
  const rows = Array.from({ length: block.rows }, (_, at) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[at]])),
  )
  // Each value was checked against its column's type.
  return rows as unknown as Paid[]
}

function withCells(row: Row, at: number, cells: Edit['cells']): Paid {
  const changed = PAID.flatMap((column) => {
    const of = cells.get(column)
    return of?.has(at) === true ? [[column, of.get(at)] as const] : []
  })
  // A cell of a wrong type ends in E-FORMAT when its column is written.
  return { ...row, ...Object.fromEntries(changed) } as unknown as Paid
}
