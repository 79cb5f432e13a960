// The blocks of one village: payments by month of the open year and by closed year, its people with the blocks they
// stand in, masked rows, and the ledger.

import { MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { PaymentRow, PersonRow, PlaceCode, RollupRow } from '../contract/rows.ts'
import { bitmapOf } from '../core/bitmap.ts'
import { canonicalOrder } from '../core/order.ts'
import { blockOf, blocksOf, byPeriod, type Leaf } from './blocks.ts'
import type { VillageRows } from './source.ts'
import { villageSums } from './sums.ts'

export interface BuiltVillage {
  funds: Leaf[]
  finance: Leaf[]
  sums: RollupRow[]
}

/** `openYear`: payments of earlier years are compacted to village and year. */
export function buildVillage(village: PlaceCode, rows: VillageRows, openYear: number): BuiltVillage {
  const { leaves, blocksOfPerson } = paymentBlocks(rows.payments, openYear)
  return {
    funds: [
      ...blocksOf('masked', '', rows.masked),
      ...leaves,
      ...blocksOf(
        'people',
        '',
        rows.people.map((person): PersonRow => {
          return { ...person, blocks: bitmapOf(blocksOfPerson.get(person.number) ?? []) }
        }),
      ),
    ],
    finance: [
      ...byPeriod(rows.entries, ({ month }) => month.slice(0, 4)).flatMap(([year, of]) =>
        blocksOf('entries', year, of),
      ),
      ...blocksOf('periods', '', rows.periods),
    ],
    sums: villageSums(village, rows.payments),
  }
}

/**
 * Payment blocks in the order of the village's node, and for each person the numbers of those that name them: postings
 * name blocks and not rows, so that a changed amount leaves the people alone.
 */
function paymentBlocks(
  payments: readonly PaymentRow[],
  openYear: number,
): { leaves: Leaf[]; blocksOfPerson: Map<number, number[]> } {
  const leaves: Leaf[] = []
  const blocksOfPerson = new Map<number, number[]>()
  for (const [period, rows] of byPeriod(payments, (payment) => periodOf(payment, openYear))) {
    rows.sort(canonicalOrder('payments'))
    for (let at = 0, seq = 0; at < rows.length; at += MAX_BLOCK_ROWS, seq++) {
      const block = rows.slice(at, at + MAX_BLOCK_ROWS)
      for (const person of new Set(block.map((row) => row.person))) {
        const blocks = blocksOfPerson.get(person)
        if (blocks === undefined) blocksOfPerson.set(person, [leaves.length])
        else blocks.push(leaves.length)
      }
      leaves.push(blockOf('payments', period, seq, block))
    }
  }
  return { leaves, blocksOfPerson }
}

function periodOf(payment: PaymentRow, openYear: number): string {
  const year = payment.date.slice(0, 4)
  return Number(year) < openYear ? year : payment.date.slice(0, 7)
}
