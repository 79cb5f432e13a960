// How one field of an import table is written in files, kept in the database and described in `docs/fields.md`.
import type { TableName, Tables } from '../tables.ts'

export type FieldType =
  | 'text'
  | 'money'
  | 'quantity'
  | 'integer'
  | 'day'
  | 'month'
  | 'flag'
  | 'choice'
  | 'list'
  | 'json'
  | 'id'

export interface FieldSpec {
  type: FieldType
  /** Chinese headings seen for it; the first is the one in `docs/fields.md`. */
  zh: readonly string[]
  /** A row without it is refused. */
  required?: true
  /** Unknown is null (else '' or 0, the field's empty value). */
  nullable?: true
  /** A whole text of many lines, not a name or a sentence. */
  long?: true
  /** Never enters a release (P5). */
  office?: true
  /** For 'choice': what may stand there. The first is taken where the cell is empty, unless the field is required. */
  choices?: readonly string[]
  /** Value of an empty cell where neither '' nor 0 nor null is meant; JSON. */
  empty?: string
  example: string
}

export interface TableSpec<T extends TableName> {
  name: T
  zh: string
  /** Rows with the same key replace earlier ones; null where each row counts. */
  key: readonly (keyof Tables[T] & string)[] | null
  fields: { readonly [F in keyof Tables[T] & string]: FieldSpec }
}

/** SQLite's column type of a field. */
export function columnType(type: FieldType): 'INTEGER' | 'TEXT' {
  return type === 'money' || type === 'quantity' || type === 'integer' || type === 'flag' ? 'INTEGER' : 'TEXT'
}

/** A field's value where its cell is empty. */
export function emptyValue(field: FieldSpec): string | number | null {
  if (field.empty !== undefined) return field.empty
  if (field.nullable) return null
  if (field.type === 'choice') return field.choices?.[0] ?? ''
  if (field.type === 'list' || field.type === 'json') return '[]'
  return columnType(field.type) === 'INTEGER' ? 0 : ''
}
