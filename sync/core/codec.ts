// Rows of one kind ⇄ the raw canonical bytes of a block: what is hashed, sent and stored (docs/format.md, "Block").
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Kind, Rows } from '../contract/rows.ts'
import { type Columns, codeRows, encodeCoded } from './coded-rows.ts'
import { readColumn } from './column-read.ts'
import { rowsOf } from './row-makers.ts'
import { columnsOf } from './schema.ts'

export type { Columns } from './coded-rows.ts'

/**
 * Bytes of a block: UTF-8 of `["kind",rows,[column,…]]`. Rows must be in canonical order already (`order.ts`); equal
 * rows give equal bytes. Errors: E-FORMAT for too many rows, too many bytes or a value the schema doesn't allow.
 */
export function encodeBlock<K extends Kind>(kind: K, rows: readonly Rows[K][]): Uint8Array<ArrayBuffer> {
  return encodeCoded(codeRows(kind, rows))
}

/** Rows of a block, in canonical order. Errors: E-FORMAT for anything that `encodeBlock` can't have written. */
export function decodeBlock<K extends Kind>(kind: K, bytes: Uint8Array): Rows[K][] {
  const { rows, columns } = readColumns(kind, bytes)
  return rowsOf(kind, rows, Object.fromEntries(columns) as Columns<K>)
}

/** The same, column by column, for readers that look at few of them. Errors: E-FORMAT. */
export function decodeColumns<K extends Kind>(kind: K, bytes: Uint8Array): Columns<K> {
  return Object.fromEntries(readColumns(kind, bytes).columns) as Columns<K>
}

function readColumns(kind: Kind, bytes: Uint8Array): { rows: number; columns: Map<string, unknown[]> } {
  const block = parseBlock(bytes)
  const [blockKind, rows, forms] = block
  const schema = columnsOf(kind)
  const whole = typeof rows === 'number' && Number.isSafeInteger(rows) && rows >= 0 && rows <= MAX_BLOCK_ROWS
  if (block.length !== 3 || blockKind !== kind || !whole || !Array.isArray(forms) || forms.length !== schema.length) {
    throw new SunhallError('E-FORMAT', `Expected a block of ${kind}, got other bytes; fetch it again`)
  }
  const columns = new Map<string, unknown[]>()
  schema.forEach(([name, column], at) => {
    columns.set(name, readColumn(name, column, forms[at], rows, columns))
  })
  return { rows, columns }
}

function parseBlock(bytes: Uint8Array): readonly unknown[] {
  try {
    const block: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    if (Array.isArray(block)) return block
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected a block in UTF-8 JSON, got other bytes; fetch it again', { cause })
  }
  throw new SunhallError('E-FORMAT', 'Expected a block to be a list, got something else; fetch it again')
}
