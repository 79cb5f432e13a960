// Funds: which had money where, the way down from the province, where it went, and each payment of a village.
//
// Reads: a step of a drill-down is one part's rollup; a village's list is its payments blocks of that year. Masked
// funds have no rollups, no persons and no rows but their own (domain.md, masked funds; P5).

import type { FundCode, FundRow, OriginRow, PlaceCode, RollupRow } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { rowsOfFund, yearsIn } from './by-fund.ts'
import type { Catalogue } from './catalogue.ts'
import type { Answer, FundFlow, FundSpread, FundYear, PaymentView } from './county-data.ts'
import { flowOf } from './flow.ts'
import { joinPayments, readJoins } from './payments.ts'
import type { PlaceIndex } from './places.ts'
import { here, inYear, NONE, once, PENDING, partOfPlace, type Shelf } from './shelf.ts'

export interface Funds {
  years(): Promise<number[]>
  of(place: PlaceCode, year: number): Promise<Answer<{ fund: FundRow; sum: RollupRow }[]>>
  fund(fund: FundCode, year: number): Promise<Answer<FundYear>>
  flow(fund: FundCode, year: number, village: PlaceCode): Promise<Answer<FundFlow>>
  spread(fund: FundCode, year: number, place: PlaceCode): Promise<Answer<FundSpread>>
  payments(fund: FundCode, year: number, village: PlaceCode): Promise<Answer<PaymentView[]>>
}

export function createFunds(
  shelf: Shelf,
  places: () => Promise<PlaceIndex>,
  catalogue: Catalogue,
  origins: () => Promise<OriginRow[]>,
): Funds {
  const years = once(async () => yearsIn(await shelf.reader.village('funds', COUNTY, '')))
  return {
    years,
    of: (place, year) => fundsOf(shelf, catalogue, place, year),
    async fund(code, year) {
      const [fund, all] = [await catalogue.fund(code), await fundYears(shelf, code, await years())]
      if (all === null) return PENDING
      if (fund === null) return NONE
      return here({ fund, year, years: all, policy: await catalogue.document(fund.policy) })
    },
    async flow(code, year, village) {
      const part = partOfPlace(village)
      const upper = await rowsOfFund(shelf, COUNTY, 'allocations', '', code)
      const lower = part === COUNTY ? [] : await rowsOfFund(shelf, part, 'allocations', '', code)
      if (upper === null || lower === null) return PENDING
      const chosen = [...upper, ...lower].filter((row) => row.year === year)
      const flow = flowOf(chosen, await places(), village)
      return flow.steps.length === 0 ? NONE : here(flow)
    },
    spread: (code, year, place) => fundSpread(shelf, places, catalogue, { code, year, place }),
    async payments(code, year, village) {
      const node = await shelf.node('funds', village)
      if (node === 'pending') return PENDING
      if (node === null) return NONE
      const leaves = shelf.leaves(node, 'payments', inYear(year))
      const rows = await shelf.reader.rowsWith(node, 'payments', { field: 'fund', values: new Set([code]) }, leaves)
      const own = rows.filter((row) => row.date.startsWith(String(year)))
      if (own.length === 0) return NONE
      const payees = { field: 'number', values: new Set(own.map((row) => row.person)) } as const
      const people = await shelf.reader.rowsWith(node, 'people', payees)
      return here(joinPayments(own, await readJoins(catalogue, origins, people)).sort(byPerson))
    },
  }
}

function yearsOf(rows: readonly { year: number }[] | null): number[] {
  return [...new Set((rows ?? []).map((row) => row.year))].sort((a, b) => b - a)
}

/** Sums held by a part: townships in the county's, villages in a township's. null while pending. */
async function readRollup(
  shelf: Shelf,
  part: PlaceCode,
  wanted: (period: string) => boolean,
): Promise<RollupRow[] | null> {
  if (!shelf.reader.parts.has(part)) return null
  const node = await shelf.reader.village('funds', part, '')
  return node === null ? [] : shelf.periods(node, 'rollup', wanted)
}

async function fundYears(shelf: Shelf, code: FundCode, years: readonly number[]): Promise<number[] | null> {
  const allocations = await rowsOfFund(shelf, COUNTY, 'allocations', '', code)
  const totals = await shelf.own('funds', COUNTY, 'masked-totals')
  if (allocations === null || totals === null) return null
  const found = yearsOf([...allocations, ...totals].filter((row) => row.fund === code))
  for (const year of years) {
    if (found.includes(year)) continue
    const sums = await rowsOfFund(shelf, COUNTY, 'rollup', String(year), code)
    if (sums !== null && sums.length > 0) found.push(year)
  }
  return found.sort((a, b) => b - a)
}

async function fundsOf(
  shelf: Shelf,
  catalogue: Catalogue,
  place: PlaceCode,
  year: number,
): Promise<Answer<{ fund: FundRow; sum: RollupRow }[]>> {
  // A township's own sums lie with the county, a village's with its township.
  const part = place.length === 12 ? partOfPlace(place) : COUNTY
  const rollup = await readRollup(shelf, part, inYear(year))
  const funds = await catalogue.funds()
  if (rollup === null || funds === null || (place === COUNTY && !shelf.whole)) return PENDING
  const sums = rollup.filter((row) => row.year === year && row.month === '' && row.place === place)
  const byCode = new Map(funds.map((fund) => [fund.code, fund]))
  const found = sums.flatMap((sum) => {
    const fund = byCode.get(sum.fund)
    return fund === undefined ? [] : [{ fund, sum }]
  })
  return found.length === 0 ? NONE : here(found.sort((a, b) => b.sum.amount - a.sum.amount))
}

interface SpreadQuestion {
  code: FundCode
  year: number
  place: PlaceCode
}

async function fundSpread(
  shelf: Shelf,
  places: () => Promise<PlaceIndex>,
  catalogue: Catalogue,
  question: SpreadQuestion,
): Promise<Answer<FundSpread>> {
  const { code, year, place } = question
  if (place === COUNTY && !shelf.whole) return PENDING
  const fund = await catalogue.fund(code)
  if (fund?.masked === true) return maskedSpread(shelf, question)
  const part = place === COUNTY ? COUNTY : partOfPlace(place)
  const rollup = await rowsOfFund(shelf, part, 'rollup', String(year), code)
  if (rollup === null) return PENDING
  const index = await places()
  const rows = rollup
    .filter((row) => isChild(row, place))
    .sort((a, b) => (a.place === b.place ? (a.month < b.month ? -1 : 1) : a.place < b.place ? -1 : 1))
    .map((row) => ({ place: index.byCode.get(row.place) ?? null, month: row.month, rollup: row }))
  return rows.length === 0 ? NONE : here({ rows, masked: null })
}

/** A village's months, a township's villages, or the county's townships (whose part holds the county's own sum too). */
function isChild(row: RollupRow, place: PlaceCode): boolean {
  if (place.length === 12) return row.place === place && row.month !== ''
  return row.month === '' && row.place !== COUNTY && row.place !== place
}

/** A village's masked rows (none where fewer than five payees) and the township totals they hide in. */
async function maskedSpread(shelf: Shelf, { code, year, place }: SpreadQuestion): Promise<Answer<FundSpread>> {
  const all = await shelf.own('funds', COUNTY, 'masked-totals')
  const lists = place.length === 12 ? await shelf.of('funds', place, 'masked') : []
  if (all === null || lists === null) return PENDING
  const rows = lists.filter((row) => row.fund === code && row.month.startsWith(String(year)))
  const township = partOfPlace(place)
  const totals = all.filter(
    (row) => row.fund === code && row.year === year && (place === COUNTY || row.townships.includes(township)),
  )
  return rows.length + totals.length === 0 ? NONE : here({ rows: [], masked: { rows, totals } })
}

function byPerson(a: PaymentView, b: PaymentView): number {
  if (a.person.number !== b.person.number) return a.person.number - b.person.number
  return a.row.date < b.row.date ? -1 : a.row.date > b.row.date ? 1 : a.row.serial - b.row.serial
}
