// Sums that make each step of a drill-down one read: fund × place × year, with its months (RollupRow); a village's are
// made with its payments. Masked funds have no payments there, so no sums (P5).
import type { PlaceCode, RollupRow } from '../contract/rows.ts'

/** A level up: sums of sums. People of two villages are two people. */
export function addUp(place: PlaceCode, parts: readonly RollupRow[]): RollupRow[] {
  const sums = new Map<string, RollupRow>()
  for (const part of parts) {
    const key = `${part.fund} ${part.year} ${part.month}`
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { ...part, place })
    else {
      sum.payees += part.payees
      sum.rows += part.rows
      sum.amount += part.amount
    }
  }
  return [...sums.values()]
}
