// Rows out of columns. An object whose fields are written out is made some ten times as fast as one that is filled by
// name, so the kinds of which a screen reads thousands have a maker of their own; the others are filled.
import type { Kind, Rows } from '../contract/rows.ts'
import type { Columns } from './coded-rows.ts'

type Maker<K extends Kind> = (columns: Columns<K>, at: number) => Rows[K]

/** Fields in the order of the schema. */
const MAKERS: { readonly [K in Kind]?: Maker<K> } = {
  payments: (of, at) => ({
    fund: value(of.fund, at),
    person: value(of.person, at),
    batch: value(of.batch, at),
    serial: value(of.serial, at),
    standard: value(of.standard, at),
    quantity: value(of.quantity, at),
    unit: value(of.unit, at),
    due: value(of.due, at),
    amount: value(of.amount, at),
    date: value(of.date, at),
    status: value(of.status, at),
    earlier: value(of.earlier, at),
    policy: value(of.policy, at),
    clauses: value(of.clauses, at),
    origin: value(of.origin, at),
    row: value(of.row, at),
  }),
  people: (of, at) => ({
    number: value(of.number, at),
    name: value(of.name, at),
    group: value(of.group, at),
    kind: value(of.kind, at),
    household: value(of.household, at),
    relation: value(of.relation, at),
    blocks: value(of.blocks, at),
  }),
  rollup: (of, at) => ({
    place: value(of.place, at),
    fund: value(of.fund, at),
    year: value(of.year, at),
    month: value(of.month, at),
    payees: value(of.payees, at),
    rows: value(of.rows, at),
    amount: value(of.amount, at),
  }),
  names: (of, at) => ({ name: value(of.name, at), villages: value(of.villages, at) }),
  'name-index': (of, at) => ({ name: value(of.name, at), villages: value(of.villages, at) }),
}

function value<T>(column: readonly T[], at: number): T {
  // Every column has a value for each row of its block.
  return column[at] as T
}

/** As many rows as each column has values. */
export function rowsOf<K extends Kind>(kind: K, length: number, columns: Columns<K>): Rows[K][] {
  const make = (MAKERS[kind] as Maker<K> | undefined) ?? filled
  const rows: Rows[K][] = []
  for (let at = 0; at < length; at++) rows.push(make(columns, at))
  return rows
}

function filled<K extends Kind>(columns: Columns<K>, at: number): Rows[K] {
  const row: Record<string, unknown> = {}
  for (const [name, values] of Object.entries<readonly unknown[]>(columns)) row[name] = values[at]
  // The schema's type has exactly the kind's fields, and each value was checked against it.
  return row as unknown as Rows[K]
}
