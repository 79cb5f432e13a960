// What an open table and its columns are, and how a public value becomes a cell. A column's type says how it is written, and
// how the dictionary and the data package describe it.
import type { Kind, PersonRow, Rows } from '../../contract/rows.ts'
import { inert } from '../csv.ts'

/**
 * How a cell is written. 'money': yuan with two decimals, from fen. 'quantity': a decimal number, from thousandths. 'list':
 * parts joined by 、. 'word': one of a few words, explained in the dictionary.
 */
export type CellType =
  | 'text'
  | 'word'
  | 'list'
  | 'money'
  | 'number'
  | 'quantity'
  | 'decimal'
  | 'day'
  | 'month'
  | 'flag'
  | 'path'

/** Chinese and English of each word that a column can hold. */
export type Words = { readonly [word: string]: readonly [chinese: string, english: string] }

/** Where a row lies, and who a payment's number stands for: ledgers and payments say neither themselves. */
export interface Place {
  village: string
  person(number: number): PersonRow | undefined
}
export interface OpenColumn {
  name: string
  type: CellType
  title: string
  english: string
  words: Words | null
  /** 'funds.code': table and column that it names, where the release holds each one named. */
  refersTo: string | null
}
export interface OpenTable {
  name: string
  title: string
  english: string
  kind: Kind
  /** Columns that tell one row from the others; none where nothing public does. */
  key: readonly string[]
  /** True for a table of so many rows that it is gzipped. Fixed, so that addresses stay the same from release to release. */
  packed: boolean
  columns: readonly OpenColumn[]
  /** The lines of one public row: cells in the order of `columns`. */
  lines(row: Rows[Kind], place: Place): string[][]
}

/** [field, type, Chinese title, English title, words, table and column referred to]. */
export type Spec<R> = readonly [
  field: keyof R & string,
  type: CellType,
  title: string,
  english: string,
  words?: Words | null,
  refersTo?: string,
]
export type InVillage<R> = R & { village: string }
/** Columns that many tables have. */
export const ORIGIN = ['origin', 'number', '来源号', 'source file', null, 'sources.id'] as const
export const ROW = ['row', 'number', '来源行', 'row in that file'] as const
export const VILLAGE = ['village', 'text', '村代码', 'village', null, 'places.code'] as const

interface About<K extends Kind, R> {
  name: string
  title: string
  english: string
  kind: K
  columns: readonly Spec<R>[]
  key?: readonly (keyof R & string)[]
  packed?: boolean
}

/** A table whose lines are the rows of a kind as they are. */
export function plainTable<K extends Kind>(about: About<K, Rows[K]>): OpenTable {
  return tableOf(about, (row) => [row])
}

/** A table whose lines are made from the rows of a kind: with their place, or what lies within them. */
export function madeTable<K extends Kind, R>(
  about: About<K, R>,
  rows: (row: Rows[K], place: Place) => readonly R[],
): OpenTable {
  return tableOf(about, rows)
}

function tableOf<K extends Kind, R>(
  { columns, key = [], packed = false, ...about }: About<K, R>,
  rows: (row: Rows[K], place: Place) => readonly R[],
): OpenTable {
  return {
    ...about,
    key,
    packed,
    columns: columns.map(([name, type, title, english, words = null, refersTo = null]) => ({
      name,
      type,
      title,
      english,
      words,
      refersTo,
    })),
    lines: (row, place) =>
      // The caller gives rows of this table's own kind.
      rows(row as Rows[K], place).map((one) => columns.map(([field, type]) => cellOf(one[field], type))),
  }
}

/** A public value as a cell; unknown stays empty. */
export function cellOf(value: unknown, type: CellType): string {
  if (value === null || value === undefined) return ''
  switch (type) {
    case 'money':
      return (Number(value) / 100).toFixed(2)
    case 'quantity':
      return String(Number(value) / 1000)
    case 'number':
    case 'decimal':
    case 'flag':
      return String(value)
    case 'list':
      return inert(Array.isArray(value) ? value.join('、') : String(value))
    default:
      return inert(String(value))
  }
}
