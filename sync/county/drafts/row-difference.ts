// The difference of two lists of public rows of one kind and place: equal rows fall out, what is left is paired by what
// names a row (its key), and the rest was added or removed. Pure.
import type { Kind, Rows } from '../../contract/rows.ts'
import { canonicalJson } from '../../core/canonical.ts'

/** Kinds that follow from others: a change of theirs is told by the rows behind it. */
export const DERIVED: ReadonlySet<Kind> = new Set<Kind>(['rollup', 'names', 'name-index', 'bigrams'])

/** What names a row among its kind and place; without any, a changed row is one removed and one added. */
const KEYS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  places: ['code'],
  catalogue: ['code'],
  origins: ['id'],
  allocations: ['fund', 'year', 'document', 'from', 'to'],
  projects: ['code'],
  payments: ['fund', 'person', 'batch', 'serial'],
  'masked-totals': ['fund', 'year', 'townships'],
  people: ['number'],
  media: ['hash'],
  periods: ['month'],
  entries: ['month', 'voucher', 'account', 'direction', 'summary'],
  assets: ['village', 'number'],
  contracts: ['village', 'number'],
  debts: ['village', 'number'],
  documents: ['index'],
  clauses: ['document', 'ordinal'],
  notices: ['id'],
  answers: ['label'],
}
/** Fields that only say where other rows lie. */
const POSITIONS: ReadonlySet<string> = new Set(['blocks', 'clauseSeq'])

const MONEY: Readonly<Partial<Record<Kind, string>>> = {
  payments: 'amount',
  masked: 'amount',
  'masked-totals': 'amount',
  allocations: 'amount',
  entries: 'amount',
  projects: 'paid',
  contracts: 'received',
  debts: 'amount',
}

export type PublicRow = { readonly [field: string]: unknown }
export interface RowPair {
  before: PublicRow | null
  after: PublicRow | null
}

/** Fen that a row is about; 0 where its kind has none. */
export function moneyOf(kind: Kind, row: PublicRow | null): number {
  const value = row?.[MONEY[kind] ?? '']
  return typeof value === 'number' ? value : 0
}

export function pairRows<K extends Kind>(kind: K, before: readonly Rows[K][], after: readonly Rows[K][]): RowPair[] {
  const old = before.map(plain)
  const fresh = after.map(plain)
  if (old.length === 0) return fresh.map((row) => ({ before: null, after: row }))
  if (fresh.length === 0) return old.map((row) => ({ before: row, after: null }))
  const [removed, added] = withoutEqual(old, fresh)
  const key = KEYS[kind]
  if (key === undefined)
    return [
      ...removed.map((row) => ({ before: row, after: null })),
      ...added.map((row) => ({ before: null, after: row })),
    ]
  return byKey(key, removed, added)
}

function plain(row: object): PublicRow {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !POSITIONS.has(field)))
}

/** What is left of both when each row has taken an equal one of the other side with it. */
function withoutEqual(old: readonly PublicRow[], fresh: readonly PublicRow[]): [PublicRow[], PublicRow[]] {
  const unmatched = new Map<string, PublicRow[]>()
  for (const row of old) push(unmatched, canonicalJson(row), row)
  const added = fresh.filter((row) => unmatched.get(canonicalJson(row))?.pop() === undefined)
  return [[...unmatched.values()].flat(), added]
}

function byKey(key: readonly string[], removed: readonly PublicRow[], added: readonly PublicRow[]): RowPair[] {
  const name = (row: PublicRow): string => JSON.stringify(key.map((field) => row[field]))
  const waiting = new Map<string, PublicRow[]>()
  for (const row of removed) push(waiting, name(row), row)
  const pairs: RowPair[] = added.map((row) => ({ before: waiting.get(name(row))?.shift() ?? null, after: row }))
  return [...pairs, ...[...waiting.values()].flat().map((row) => ({ before: row, after: null }))]
}

function push(lists: Map<string, PublicRow[]>, name: string, row: PublicRow): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [row])
  else list.push(row)
}
