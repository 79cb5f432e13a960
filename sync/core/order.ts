// Canonical order of the rows of each kind: total, by code units, so that equal rows give equal bytes whatever order
// they came in.
import type { Kind, Rows } from '../contract/rows.ts'
import { canonicalJson } from './canonical.ts'
import { columnsOf } from './schema.ts'

/** Fields that come first; the rest follow in the schema's order, so that only equal rows compare equal. */
const FIRST: { readonly [K in Kind]: readonly (keyof Rows[K] & string)[] } = {
  places: ['code'],
  catalogue: ['code'],
  origins: ['id'],
  allocations: ['fund', 'year', 'from', 'to', 'date', 'document'],
  projects: ['fund', 'year', 'village', 'code'],
  // People in the order of their numbers within a batch: small differences, and a batch of the next month looks alike.
  payments: ['fund', 'batch', 'person', 'serial', 'row'],
  // Sorted by amount, so that nothing of the source's order is left (domain.md, masked funds; P5).
  masked: ['fund', 'month', 'amount', 'status', 'surname'],
  'masked-totals': ['fund', 'year', 'townships'],
  people: ['number'],
  rollup: ['fund', 'year', 'place', 'month'],
  names: ['name'],
  'name-index': ['name'],
  media: ['hash'],
  periods: ['month'],
  entries: ['month', 'date', 'voucher', 'direction'],
  assets: ['village', 'kind', 'number'],
  contracts: ['village', 'number'],
  debts: ['village', 'direction', 'number'],
  documents: ['index'],
  clauses: ['document', 'ordinal'],
  bigrams: ['gram'],
  notices: ['id'],
  answers: ['label'],
}

/** Comparator of two rows of a kind: negative, zero (rows equal in every field) or positive. */
export function canonicalOrder<K extends Kind>(kind: K): (a: Rows[K], b: Rows[K]) => number {
  const fields = fieldsInOrder(kind)
  return (a, b) => {
    const left = a as unknown as Record<string, unknown>
    const right = b as unknown as Record<string, unknown>
    for (const field of fields) {
      const order = compareValues(left[field], right[field])
      if (order !== 0) return order
    }
    return 0
  }
}

/** Fields of a kind in the order in which they tell rows apart. */
export function fieldsInOrder(kind: Kind): string[] {
  return [...new Set<string>([...FIRST[kind], ...columnsOf(kind).map(([name]) => name)])]
}

/** By value its rank among all of them in canonical order; equal values share one. */
export function ranksOf(values: readonly unknown[]): Int32Array {
  const order = values.map((_, at) => at).sort((a, b) => compareValues(values[a], values[b]))
  const ranks = new Int32Array(values.length)
  order.forEach((at, place) => {
    const before = order[place - 1]
    const isNew = before === undefined || compareValues(values[before], values[at]) !== 0
    ranks[at] = isNew ? place : (ranks[before] ?? 0)
  })
  return ranks
}

/** Null first, then numbers by size, texts by code units, false before true, lists and objects by canonical text. */
function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'object' && typeof b === 'object') return compareTexts(canonicalJson(a), canonicalJson(b))
  return compareTexts(String(a), String(b))
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
