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

/** A village that is built, or needn't be. */
export interface VillageDone {
  /** Of its people, each once. */
  names: string[]
  /** Two readings with the same print have the same rows; left out where the source doesn't know, or nobody asked. */
  print?: string
  /** Null where the print is the one that was known. */
  built: BuiltVillage | null
}
/** Builds villages, several at once. */
export interface VillageBuilder {
  /**
   * `known`: the print of which the blocks are at hand, '' for none, null where nobody asks for prints. Errors: E-INPUT,
   * E-FORMAT, and the source's own.
   */
  build(village: PlaceCode, known: string | null): Promise<VillageDone>
  close(): Promise<void>
}

/** Builds a village, unless its print is the one that is `known` (as above). Errors: E-FORMAT. */
export function buildGiven(
  village: PlaceCode,
  rows: VillageGiven,
  openYear: number,
  known: string | null,
): VillageDone {
  const print = known === null ? undefined : rows.print
  const names = [...new Set(rows.people.map(({ name }) => name))]
  if (print === undefined) return { names, built: buildVillage(village, rows, openYear) }
  return { names, print, built: print === known ? null : buildVillage(village, rows, openYear) }
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
