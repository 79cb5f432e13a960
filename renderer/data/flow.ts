// The first question as steps down from the province: source → county → townships → villages. Pure.
//
//   province ──► county (or its department) ──► townships ──► villages of the own township
//
// A level whose money is not published is left out, never shown as zero. Money that passes from the county to one of
// its departments stays on the county's level.

import type { AllocationRow, Fen, PlaceCode } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import type { FlowStep, FundFlow } from './county-data.ts'
import type { PlaceIndex } from './places.ts'

const COUNTY_LENGTH = 6
const TOWNSHIP_LENGTH = 9
const VILLAGE_LENGTH = 12

/** @param allocations of one fund and year: the county's and those of the village's township. */
export function flowOf(allocations: readonly AllocationRow[], places: PlaceIndex, village: PlaceCode): FundFlow {
  const township = village.slice(0, TOWNSHIP_LENGTH)
  const toCounty = allocations.filter((row) => isFromAbove(row) && isCountyLevel(row.to))
  const within = allocations.filter((row) => !isFromAbove(row) && isCountyLevel(row.from) && isCountyLevel(row.to))
  const toTownships = allocations.filter((row) => row.to.length === TOWNSHIP_LENGTH && isDigits(row.to))
  const toVillages = allocations.filter(
    (row) => row.to.length === VILLAGE_LENGTH && isDigits(row.to) && row.to.startsWith(township),
  )
  const steps: FlowStep[] = []
  if (toCounty.length > 0) {
    const amount = sumOf(toCounty)
    steps.push({ level: 'source', amount, shares: sharesOf(toCounty), places: [], allocations: toCounty })
    steps.push({ level: 'county', amount, shares: [], places: [], allocations: [...toCounty, ...within] })
  }
  if (toTownships.length > 0) steps.push(placeStep('township', toTownships, places))
  if (toVillages.length > 0) steps.push(placeStep('village', toVillages, places))
  return {
    steps,
    own: { township: places.byCode.get(township) ?? null, village: places.byCode.get(village) ?? null },
  }
}

function isDigits(code: PlaceCode): boolean {
  return /^\d+$/.test(code)
}

/** The county itself, or one of its departments. */
function isCountyLevel(code: PlaceCode): boolean {
  return code === COUNTY || code.startsWith('dept:')
}

function isFromAbove(row: AllocationRow): boolean {
  return isDigits(row.from) && row.from.length < COUNTY_LENGTH
}

function sumOf(rows: readonly AllocationRow[]): Fen {
  return rows.reduce((sum, row) => sum + row.amount, 0)
}

function sharesOf(rows: readonly AllocationRow[]): FlowStep['shares'] {
  const levels = [
    ['中央', 'central'],
    ['省', 'provincial'],
    ['市', 'municipal'],
    ['县', 'county'],
  ] as const
  return levels
    .map(([level, field]) => ({ level, amount: rows.reduce((sum, row) => sum + row[field], 0) }))
    .filter((share) => share.amount !== 0)
}

function placeStep(level: 'township' | 'village', rows: readonly AllocationRow[], places: PlaceIndex): FlowStep {
  const sums = new Map<PlaceCode, Fen>()
  for (const row of rows) sums.set(row.to, (sums.get(row.to) ?? 0) + row.amount)
  const shares = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([code, amount]) => {
      const place = places.byCode.get(code)
      return place === undefined ? [] : [{ place, amount }]
    })
  return { level, amount: sumOf(rows), shares: [], places: shares, allocations: [...rows] }
}
