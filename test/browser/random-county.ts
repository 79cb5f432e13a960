// A small county whose villages' payments change at random from release to release, with the sums that follow from them.
import type { RollupRow } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { countyBlock, paymentsBlock, type TinyBlock } from './store-release.ts'

/** Amounts in fen by village code. */
export type County = Map<string, number[]>

export function startCounty(random: () => number, rows = 60): County {
  const county: County = new Map()
  for (const town of [100, 101, 102])
    for (const village of [201, 202, 203, 204])
      county.set(
        `431225${town}${village}`,
        Array.from({ length: rows }, () => Math.floor(random() * 1e6)),
      )
  return county
}

/** Amounts change, payments are added and taken away, villages come and go. */
export function changed(county: County, random: () => number): County {
  const next: County = new Map(county)
  for (const [village, amounts] of county) {
    if (random() > 0.25) continue
    const kind = random()
    if (kind < 0.6)
      next.set(
        village,
        amounts.map((amount) => (random() < 0.1 ? amount + 1 : amount)),
      )
    else if (kind < 0.9) next.set(village, [...amounts, Math.floor(random() * 1e6)])
    else if (county.size > 6) next.delete(village)
  }
  if (random() < 0.2) next.set(`43122510${Math.floor(random() * 4)}2${10 + Math.floor(random() * 20)}`, [1, 2, 3])
  return next
}

export function blocksOf(county: County, number: number): TinyBlock[] {
  const villages = [...county].map(([village, amounts]) => paymentsBlock(village, amounts))
  return [countyBlock(`会同县 ${number}`), ...villages, ...sumsOf(county)]
}

/** Sums of each township's villages, and of the county's townships, as a patch foretells them. */
function sumsOf(county: County): TinyBlock<'rollup'>[] {
  const byTown = Map.groupBy(county, ([village]) => village.slice(0, 9))
  const towns = [...byTown].map(([town, villages]) => [town, villages.flatMap(([, amounts]) => amounts)] as const)
  const all = [COUNTY, towns.flatMap(([, amounts]) => amounts)] as const
  return [...[...byTown].map(([town, villages]) => sumsBlock(town, villages)), sumsBlock(COUNTY, [all, ...towns])]
}

function sumsBlock(
  part: string,
  of: readonly (readonly [place: string, amounts: readonly number[]])[],
): TinyBlock<'rollup'> {
  const rows = [...of]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([place, amounts]) => ['', '2026-01'].map((month): RollupRow => sumOf(place, month, amounts)))
  return { dataset: 'funds', part, village: '', kind: 'rollup', period: '2026', rows }
}

function sumOf(place: string, month: string, amounts: readonly number[]): RollupRow {
  const amount = amounts.reduce((sum, each) => sum + each, 0)
  return { place, fund: 'F001', year: 2026, month, payees: amounts.length, rows: amounts.length, amount }
}
