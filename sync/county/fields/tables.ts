// The import tables by name, in the order in which references can be found: what `docs/fields.md` describes.
import type { TableName } from '../tables.ts'
import type { FieldSpec, TableSpec } from './field.ts'
import { assets, contracts, debts, ledger, payments } from './money-of-households-and-villages.ts'
import { allocations, funds, places, projects } from './places-and-funds.ts'
import { notices, policies } from './policies-and-notices.ts'

export const TABLES: { readonly [T in TableName]: TableSpec<T> } = {
  places,
  funds,
  policies,
  allocations,
  projects,
  payments,
  ledger,
  assets,
  contracts,
  debts,
  notices,
}
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]

export function isTable(name: string): name is TableName {
  return Object.hasOwn(TABLES, name)
}

/** Fields of a table in their order, as pairs of name and specification. */
export function fieldsOf(table: TableName): readonly (readonly [string, FieldSpec])[] {
  return Object.entries<FieldSpec>(TABLES[table].fields)
}
