// Rows of one kind as columns whose distinct values are numbered once for all blocks that are cut out of them, their
// canonical order, and the bytes of a block of some of them. What `encodeBlock` and publication stand on.
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Kind, Rows } from '../contract/rows.ts'
import { type Coded, pickCoded } from './coded.ts'
import { codeColumn, type Written, writeCoded } from './column-write.ts'
import { fieldsInOrder, ranksOf } from './order.ts'
import { type Column, columnsOf } from './schema.ts'

/** A block's values column by column: every list has one value a row. */
export type Columns<K extends Kind> = { [F in keyof Rows[K]]-?: Rows[K][F][] }

interface CodedColumn {
  readonly column: Column<unknown>
  readonly values: readonly unknown[]
  readonly coded: Coded
}
export interface CodedRows {
  readonly kind: Kind
  readonly length: number
  readonly columns: ReadonlyMap<string, CodedColumn>
}

/** Errors: E-FORMAT for a value that the schema doesn't allow. */
export function codeRows<K extends Kind>(kind: K, rows: readonly Rows[K][]): CodedRows {
  return codeAll(kind, rows.length, (name) => rows.map((row) => (row as unknown as Record<string, unknown>)[name]))
}

/** The same of columns. Errors: E-FORMAT, also where a column is shorter or longer than the others. */
export function codeColumns<K extends Kind>(kind: K, columns: Columns<K>): CodedRows {
  const lists = new Map<string, unknown[]>(Object.entries(columns))
  const length = lists.values().next().value?.length ?? 0
  return codeAll(kind, length, (name) => {
    const values = lists.get(name) ?? []
    if (values.length === length) return values
    throw new SunhallError('E-FORMAT', `Expected ${length} values in column ${name} of ${kind}, got ${values.length}`)
  })
}

function codeAll(kind: Kind, length: number, valuesOf: (name: string) => unknown[]): CodedRows {
  const columns = new Map<string, CodedColumn>()
  for (const [name, column] of columnsOf(kind)) {
    const values = valuesOf(name)
    columns.set(name, { column, values, coded: codeColumn(name, column, values) })
  }
  return { kind, length, columns }
}

/** Places of the rows in canonical order. */
export function canonicalPlaces({ kind, length, columns }: CodedRows): Int32Array {
  // A column with one value tells no rows apart.
  const telling = fieldsInOrder(kind)
    .flatMap((name) => columns.get(name) ?? [])
    .filter((each) => each.coded.values.length > 1)
  const { keys, fields } = rankKeys(telling, length)
  // Numbers are sorted without a comparison in JavaScript, which is several times as quick.
  keys.sort()
  const places = Int32Array.from(keys, (key) => key % length)
  if (fields < telling.length) sortTies(places, keys, telling.slice(fields))
  return places
}

/** By row one number: its ranks in the first fields, as many as fit, then its place; and how many fields that were. */
function rankKeys(telling: readonly CodedColumn[], length: number): { keys: Float64Array; fields: number } {
  const keys = new Float64Array(length)
  let span = length
  let fields = 0
  for (const column of telling) {
    const count = column.coded.values.length
    if (span * count > Number.MAX_SAFE_INTEGER) break
    const ranks = rowRanks(column)
    for (let at = 0; at < length; at++) keys[at] = (keys[at] as number) * count + (ranks[at] as number)
    span *= count
    fields += 1
  }
  for (let at = 0; at < length; at++) keys[at] = (keys[at] as number) * length + at
  return { keys, fields }
}

/** Puts rows whose keys are the same but for their places into the order of the fields that didn't fit. */
function sortTies(places: Int32Array, keys: Float64Array, telling: readonly CodedColumn[]): void {
  const rankAt = (at: number): number => Math.floor((keys[at] as number) / places.length)
  const ranks: Int32Array[] = []
  const compare = (a: number, b: number): number => {
    for (const [field, column] of telling.entries()) {
      // Ranks of the later fields are only made where the earlier ones don't tell.
      ranks[field] ??= rowRanks(column)
      const rank = ranks[field] as Int32Array
      const order = (rank[a] as number) - (rank[b] as number)
      if (order !== 0) return order
    }
    return 0
  }
  for (let start = 0, end = 1; start < places.length; start = end, end++) {
    while (end < places.length && rankAt(end) === rankAt(start)) end++
    if (end - start > 1) places.subarray(start, end).sort(compare)
  }
}

function rowRanks({ coded, values }: CodedColumn): Int32Array {
  const first: number[] = []
  for (let at = coded.codes.length - 1; at >= 0; at--) first[coded.codes[at] as number] = at
  const ranks = ranksOf(first.map((at) => values[at]))
  return coded.codes.map((code) => ranks[code] as number)
}

/**
 * Bytes of a block of the rows at `places`, which are in canonical order; of all of them where it isn't given. Errors:
 * E-FORMAT for too many rows or too many bytes.
 */
export function encodeCoded(rows: CodedRows, places: Int32Array | null = null): Uint8Array<ArrayBuffer> {
  const { kind, columns } = rows
  const length = places?.length ?? rows.length
  if (length > MAX_BLOCK_ROWS) {
    throw new SunhallError('E-FORMAT', `Expected at most ${MAX_BLOCK_ROWS} rows in a block of ${kind}, got ${length}`)
  }
  const written = new Map<string, Written>()
  const texts: string[] = []
  for (const [name, each] of columns) {
    const own = places === null ? each : picked(each, places)
    written.set(name, own)
    texts.push(writeCoded(each.column, own, written))
  }
  const bytes = new TextEncoder().encode(`["${kind}",${length},[${texts.join(',')}]]`)
  if (bytes.length <= MAX_BLOCK_BYTES) return bytes
  throw new SunhallError(
    'E-FORMAT',
    `Expected at most ${MAX_BLOCK_BYTES} bytes in a block of ${kind}, got ${bytes.length}`,
  )
}

/** Few columns are asked for their values: those that another is told by, and lists. */
function picked({ values, coded }: CodedColumn, places: Int32Array): Written {
  let own: readonly unknown[] | null = null
  return {
    coded: pickCoded(coded, places),
    get values() {
      own ??= Array.from(places, (place) => values[place])
      return own
    },
  }
}
