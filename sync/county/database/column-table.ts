// Columns as `column-texts.ts` reads them, and rows made of them. Without the database, for threads that have none.
import type { Row } from './query.ts'

/** By column the JSON text of its values, in UTF-8; each has its memory to itself. */
export type ColumnTexts<C extends string = string> = ReadonlyMap<C, Uint8Array<ArrayBuffer>>

/** The values of a column. */
export function listIn(texts: ColumnTexts, column: string): unknown[] {
  const bytes = texts.get(column)
  return bytes === undefined ? [] : JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString())
}

/** Columns of which rows are made. */
export class ColumnTable {
  readonly #columns: ReadonlyMap<string, readonly unknown[]>

  constructor(texts: ColumnTexts) {
    this.#columns = new Map([...texts.keys()].map((name) => [name, listIn(texts, name)]))
  }

  column(name: string): readonly unknown[] {
    return this.#columns.get(name) ?? []
  }

  row(at: number): Row {
    const row: Record<string, unknown> = {}
    for (const [name, values] of this.#columns) row[name] = values[at]
    return row
  }

  rows(): Row[] {
    const [first = []] = this.#columns.values()
    return Array.from(first, (_, at) => this.row(at))
  }
}
