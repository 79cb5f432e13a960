// A block read column by column as asked, and written again with some cells changed: only the columns that changed, or
// that are told by changed ones, are decoded and encoded anew. What comes out is what `encodeBlock` would write.
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Kind } from '../contract/rows.ts'
import { type Cell, type Coded, codeCells } from './coded.ts'
import type { Columns } from './coded-rows.ts'
import { pickColumn } from './column-pick.ts'
import { readColumn } from './column-read.ts'
import type { Column } from './column-values.ts'
import { numberedLater, type Written, writeColumn } from './column-write.ts'
import { type FormBytes, formBytes } from './form-bytes.ts'
import { columnsOf } from './schema.ts'

const [COMMA, CLOSE] = [0x2c, 0x5d]

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
  return new Opened(kind, bytes)
}

class Opened implements OpenBlock {
  readonly rows: number
  readonly #kind: Kind
  readonly #schema: ReadonlyMap<string, Column<unknown>>
  /** By column: bytes of its form, the form, its values, and its values numbered; each is made when it is asked for. */
  readonly #bytes: ReadonlyMap<string, Uint8Array>
  readonly #forms = new Map<string, unknown>()
  readonly #values = new Map<string, readonly unknown[]>()
  readonly #coded = new Map<string, Coded>()

  constructor(kind: Kind, bytes: Uint8Array) {
    const columns = columnsOf(kind)
    const { rows, forms } = cutBlock(kind, bytes, columns.length)
    this.rows = rows
    this.#kind = kind
    this.#schema = new Map(columns)
    this.#bytes = new Map(columns.map(([name], at) => [name, forms[at] ?? NO_BYTES]))
  }

  values(name: string): readonly unknown[] {
    const known = this.#values.get(name)
    if (known !== undefined) return known
    const column = this.#column(name)
    for (const told of toldBy(column)) this.values(told)
    const made = readColumn(name, column, this.#form(name), this.rows, this.#values)
    this.#values.set(name, made)
    return made
  }

  pick<K extends Kind>(places: readonly number[], wanted: Iterable<string> = this.#schema.keys()): Columns<K> {
    const picked = new Map<string, readonly unknown[]>()
    const pick = (name: string): readonly unknown[] => {
      const known = picked.get(name)
      if (known !== undefined) return known
      const whole = this.#values.get(name)
      const found =
        whole === undefined ? pickColumn(this.#column(name), this.#form(name), this.rows, places, earlier) : null
      const own = found ?? places.map((place) => (whole ?? this.values(name))[place])
      picked.set(name, own)
      return own
    }
    const earlier = { pick, coded: (name: string) => this.#codedOf(name) }
    return Object.fromEntries(Array.from(wanted, (name) => [name, pick(name)])) as Columns<K>
  }

  write(cells: Cells): Uint8Array<ArrayBuffer> {
    for (const name of cells.keys()) this.#column(name)
    const changed = new Set<string>()
    const written = new Map<string, Written>()
    const forms = Array.from(this.#schema, ([name, column]) => {
      const own = cells.get(name)
      if (own === undefined && !toldBy(column).some((told) => changed.has(told)))
        return this.#bytes.get(name) ?? NO_BYTES
      changed.add(name)
      for (const told of toldBy(column)) if (!written.has(told)) written.set(told, numberedLater(this.values(told)))
      return utf8(writeColumn(name, column, withCells(this.values(name), own, name), written))
    })
    const out = joined(utf8(`["${this.#kind}",${this.rows},[`), forms)
    if (out.length <= MAX_BLOCK_BYTES) return out
    throw new SunhallError('E-FORMAT', `Expected at most ${MAX_BLOCK_BYTES} bytes in a block, got ${out.length}`)
  }

  #column(name: string): Column<unknown> {
    const column = this.#schema.get(name)
    if (column !== undefined) return column
    throw new SunhallError('E-FORMAT', `Expected a column of ${this.#kind}, got ${name}`)
  }

  #form(name: string): unknown {
    if (!this.#forms.has(name)) this.#forms.set(name, parseForm(name, this.#bytes.get(name) ?? NO_BYTES))
    return this.#forms.get(name)
  }

  #codedOf(name: string): Coded {
    const known = this.#coded.get(name)
    if (known !== undefined) return known
    const made = codeCells(this.values(name) as readonly Cell[], String)
    this.#coded.set(name, made)
    return made
  }
}

/** Earlier columns that a column's form may refer to. */
function toldBy({ by, like, product }: Column<unknown>): string[] {
  return [by, like, ...(product ?? [])].filter((name) => name !== undefined)
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

function cutBlock(kind: Kind, bytes: Uint8Array, columns: number): FormBytes {
  const found = formBytes(bytes)
  if (found?.kind === kind && found.rows <= MAX_BLOCK_ROWS && found.forms.length === columns) return found
  throw new SunhallError('E-FORMAT', `Expected a block of ${kind}, got other bytes; fetch it again`)
}

const NO_BYTES = new Uint8Array()
const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8 = (text: string): Uint8Array => ENCODER.encode(text)

/** A block out of its beginning and its forms. */
function joined(head: Uint8Array, forms: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = forms.reduce((sum, form) => sum + form.length + 1, head.length + 1)
  const out = new Uint8Array(length).fill(COMMA)
  out.set(head)
  let at = head.length
  for (const form of forms) {
    out.set(form, at)
    at += form.length + 1
  }
  return out.fill(CLOSE, length - 2)
}

function parseForm(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(DECODER.decode(bytes))
  } catch (cause) {
    throw new SunhallError('E-FORMAT', `Expected JSON in column ${name}, got other bytes; fetch the block again`, {
      cause,
    })
  }
}
