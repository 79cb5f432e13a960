// A block read column by column as asked, and written again with some cells changed: only the columns that changed, or
// that are told by changed ones, are decoded and encoded anew. What comes out is what `encodeBlock` would write.
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Kind } from '../contract/rows.ts'
import { codeCells } from './coded.ts'
import type { Columns } from './coded-rows.ts'
import { pickColumn } from './column-pick.ts'
import { readColumn } from './column-read.ts'
import type { Column } from './column-values.ts'
import { type Written, writeColumn } from './column-write.ts'
import { type FormTexts, formTexts } from './form-texts.ts'
import { columnsOf } from './schema.ts'

/** New values by column and row of the block. */
export type Cells = ReadonlyMap<string, ReadonlyMap<number, unknown>>

export interface OpenBlock {
  readonly rows: number
  /** Values of a column, one a row. Errors: E-FORMAT. */
  values(name: string): readonly unknown[]
  /**
   * Columns (all, or those wanted) of the rows at these places (ascending, each below `rows`), without reading the other
   * rows where that is possible. Errors: E-FORMAT.
   */
  pick<K extends Kind>(places: readonly number[], wanted?: readonly string[]): Columns<K>
  /** Bytes of the block with these cells changed. Errors: E-FORMAT for a value, row or column that can't be. */
  write(cells: Cells): Uint8Array<ArrayBuffer>
}

/** Errors: E-FORMAT for bytes that aren't a block of the kind. */
export function openBlock(kind: Kind, bytes: Uint8Array): OpenBlock {
  const schema = new Map(columnsOf(kind))
  const { rows, forms } = textsOf(kind, bytes, schema.size)
  const names = [...schema.keys()]
  const parsed = new Map<string, unknown>()
  const formOf = (name: string): unknown => {
    if (!parsed.has(name)) parsed.set(name, parseForm(name, forms[names.indexOf(name)] ?? ''))
    return parsed.get(name)
  }
  const read = new Map<string, readonly unknown[]>()

  const values = (name: string): readonly unknown[] => {
    const known = read.get(name)
    if (known !== undefined) return known
    const column = columnNamed(schema, kind, name)
    for (const told of toldBy(column)) values(told)
    const made = readColumn(name, column, formOf(name), rows, read)
    read.set(name, made)
    return made
  }

  const write = (cells: Cells): Uint8Array<ArrayBuffer> => {
    for (const name of cells.keys()) columnNamed(schema, kind, name)
    const changed = new Set<string>()
    const written = new Map<string, Written>()
    const texts = names.map((name, at) => {
      const column = columnNamed(schema, kind, name)
      const own = cells.get(name)
      if (own === undefined && !toldBy(column).some((told) => changed.has(told))) return forms[at] ?? ''
      changed.add(name)
      for (const told of toldBy(column)) if (!written.has(told)) written.set(told, writtenAs(values(told)))
      return writeColumn(name, column, withCells(values(name), own, name), written)
    })
    const out = new TextEncoder().encode(`["${kind}",${rows},[${texts.join(',')}]]`)
    if (out.length <= MAX_BLOCK_BYTES) return out
    throw new SunhallError('E-FORMAT', `Expected at most ${MAX_BLOCK_BYTES} bytes in a block, got ${out.length}`)
  }
  const grouped = new Map<string, Groups>()
  const groups = (name: string): Groups => {
    const known = grouped.get(name)
    if (known !== undefined) return known
    const made = groupsOf(values(name))
    grouped.set(name, made)
    return made
  }
  const pick = <K extends Kind>(places: readonly number[], wanted: readonly string[] = names): Columns<K> => {
    const picked = new Map<string, readonly unknown[]>()
    const pickOne = (name: string): readonly unknown[] => {
      const known = picked.get(name)
      if (known !== undefined) return known
      const whole = read.get(name)
      const column = columnNamed(schema, kind, name)
      const found = whole === undefined ? pickColumn(column, formOf(name), rows, places, earlier) : null
      const own = found ?? places.map((place) => (whole ?? values(name))[place])
      picked.set(name, own)
      return own
    }
    const earlier = { pick: pickOne, groups }
    return Object.fromEntries(wanted.map((name) => [name, pickOne(name)])) as Columns<K>
  }
  return { rows, values, pick, write }
}

interface Groups {
  numbers: Int32Array
  count: number
}

function groupsOf(values: readonly unknown[]): Groups {
  const places = new Map<unknown, number>()
  const numbers = new Int32Array(values.length)
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    let number = at > 0 && value === values[at - 1] ? (numbers[at - 1] as number) : places.get(value)
    if (number === undefined) {
      number = places.size
      places.set(value, number)
    }
    numbers[at] = number
  }
  return { numbers, count: places.size }
}

/** Earlier columns that a column's form may refer to. */
function toldBy({ by, like, product }: Column<unknown>): string[] {
  return [by, like, ...(product ?? [])].filter((name) => name !== undefined)
}

/** A column that stays, for those that refer to it; numbered only if one asks. */
function writtenAs(values: readonly unknown[]): Written {
  return {
    values,
    get coded() {
      return codeCells(values as readonly (string | number | boolean | null)[], (cell) => JSON.stringify(cell))
    },
  }
}

function withCells(
  values: readonly unknown[],
  cells: ReadonlyMap<number, unknown> | undefined,
  name: string,
): readonly unknown[] {
  if (cells === undefined) return values
  const changed = [...values]
  for (const [row, value] of cells) {
    if (row >= changed.length)
      throw new SunhallError('E-FORMAT', `Expected rows below ${changed.length} in column ${name}, got ${row}`)
    changed[row] = value
  }
  return changed
}

function columnNamed(schema: ReadonlyMap<string, Column<unknown>>, kind: Kind, name: string): Column<unknown> {
  const column = schema.get(name)
  if (column !== undefined) return column
  throw new SunhallError('E-FORMAT', `Expected a column of ${kind}, got ${name}`)
}

function textsOf(kind: Kind, bytes: Uint8Array, columns: number): FormTexts {
  let text: string
  try {
    text = UTF8.decode(bytes)
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected a block in UTF-8 JSON, got other bytes; fetch it again', { cause })
  }
  const found = formTexts(text)
  if (found?.kind === kind && found.rows <= MAX_BLOCK_ROWS && found.forms.length === columns) return found
  throw new SunhallError('E-FORMAT', `Expected a block of ${kind}, got other bytes; fetch it again`)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function parseForm(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SunhallError('E-FORMAT', `Expected JSON in column ${name}, got other text; fetch the block again`, {
      cause,
    })
  }
}
