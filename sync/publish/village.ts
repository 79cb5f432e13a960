// The blocks of one village: payments by month of the open year and by closed year, its people with the blocks they
// stand in, masked rows, and the ledger.

import type { PersonRow, PlaceCode, RollupRow } from '../contract/rows.ts'
import { bitmapOf } from '../core/bitmap.ts'
import { blocksOf, byPeriod } from './blocks.ts'
import { buildPayments } from './payments.ts'
import type { BuiltBlock } from './prove.ts'
import type { VillageGiven } from './source.ts'

/** A leaf of the tree with its bytes, made anew or out of an earlier release. */
export type VillageLeaf = Pick<BuiltBlock, 'leaf' | 'bytes'>

export interface BuiltVillage {
  funds: readonly VillageLeaf[]
  finance: readonly VillageLeaf[]
  sums: readonly RollupRow[]
}

/** `openYear`: payments of earlier years are compacted to village and year. */
export function buildVillage(village: PlaceCode, rows: VillageGiven, openYear: number): BuiltVillage {
  const { leaves, blocksOfPerson, sums } = buildPayments(village, rows.payments, openYear)
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
    sums,
  }
}
