// A group: all blocks of one node, kind and period, with their rows counted through; and an edit of it. What stays
// isn't touched: a cell changed costs its own block, a row that comes or goes the blocks from there on.
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Hash, Kind, Rows } from '../contract/rows.ts'
import type { BlockLeaf } from '../contract/tree.ts'
import { decodeBlock, encodeBlock } from './codec.ts'
import { type OpenBlock, openBlock } from './open-block.ts'
import { canonicalOrder } from './order.ts'

export type Row = Readonly<Record<string, unknown>>

/** Cells first, then the rows that go (all in the numbers of the group as it was), then those that come, in their order's place. */
export interface Edit {
  cells: Map<string, Map<number, unknown>>
  removed: Set<number>
  inserted: Row[]
}
/** A block of the group afterwards: one of those before, by its number, or a new one. */
export type Entry = number | { rows: number; bytes: Uint8Array<ArrayBuffer> }

export function noEdit(): Edit {
  return { cells: new Map(), removed: new Set(), inserted: [] }
}

export function isEmpty({ cells, removed, inserted }: Edit): boolean {
  return cells.size === 0 && removed.size === 0 && inserted.length === 0
}

/** True where rows come or go, so that those behind them move. */
export function movesRows({ removed, inserted }: Edit): boolean {
  return removed.size > 0 || inserted.length > 0
}

export function setCell(edit: Edit, column: string, row: number, value: unknown): void {
  const cells = edit.cells.get(column) ?? new Map<number, unknown>()
  edit.cells.set(column, cells)
  cells.set(row, value)
}

/** The blocks of a group; their bytes are asked for only where they are needed. */
export class Group {
  readonly kind: Kind
  readonly leaves: readonly BlockLeaf[]
  readonly #bytes: (hash: Hash) => Uint8Array
  readonly #open = new Map<number, OpenBlock>()

  constructor(kind: Kind, leaves: readonly BlockLeaf[], bytes: (hash: Hash) => Uint8Array) {
    this.kind = kind
    this.leaves = leaves
    this.#bytes = bytes
  }

  get rows(): number {
    return this.leaves.reduce((sum, leaf) => sum + leaf[3], 0)
  }

  get hashes(): Hash[] {
    return this.leaves.map((leaf) => leaf[4])
  }

  /** Bytes of a block as it was. */
  bytes(at: number): Uint8Array {
    const leaf = this.leaves[at]
    if (leaf === undefined) throw new SunhallError('E-FORMAT', `Expected a block of ${this.kind}, got number ${at}`)
    return this.#bytes(leaf[4])
  }

  block(at: number): OpenBlock {
    const known = this.#open.get(at)
    if (known !== undefined) return known
    const opened = openBlock(this.kind, this.bytes(at))
    this.#open.set(at, opened)
    return opened
  }

  /** Block and row in it, of a row counted through. Errors: E-FORMAT past the end. */
  placeOf(row: number): { block: number; at: number } {
    let at = row
    for (const [block, leaf] of this.leaves.entries()) {
      if (at < leaf[3]) return { block, at }
      at -= leaf[3]
    }
    throw new SunhallError('E-FORMAT', `Expected a row of ${this.kind} below ${this.rows}, got ${row}`)
  }

  /** A cell as it was. */
  cell(column: string, row: number): unknown {
    const { block, at } = this.placeOf(row)
    return this.block(block).values(column)[at]
  }

  /** Columns of rows (ascending) as they were, in their order. Errors: E-FORMAT for a row past the end. */
  rowsAt(rows: readonly number[], columns: readonly string[]): Row[] {
    const found: Row[] = []
    for (const [block, places] of this.#byBlock(rows)) {
      const picked = Object.entries<readonly unknown[]>(this.block(block).pick(places, columns))
      for (let at = 0; at < places.length; at++)
        found.push(Object.fromEntries(picked.map(([column, values]) => [column, values[at]])))
    }
    return found
  }

  #byBlock(rows: readonly number[]): Map<number, number[]> {
    const blocks = new Map<number, number[]>()
    for (const row of rows) {
      const { block, at } = this.placeOf(row)
      const places = blocks.get(block)
      if (places === undefined) blocks.set(block, [at])
      else places.push(at)
    }
    return blocks
  }

  /** A column of all blocks. */
  column(name: string): unknown[] {
    const blocks = this.leaves.map((_, at) => this.block(at).values(name))
    return ([] as unknown[]).concat(...blocks)
  }

  allRows(): Row[] {
    return this.leaves.flatMap((_, at) => decodeBlock(this.kind, this.bytes(at)) as unknown as Row[])
  }

  /** Lets go of what was read: a patch over a whole county would hold every column of it. */
  forget(): void {
    this.#open.clear()
  }

  /** Blocks whose bytes an edit will ask for. */
  needed(edit: Edit): Hash[] {
    if (movesRows(edit)) return this.hashes
    const blocks = new Set(
      [...edit.cells.values()].flatMap((of) => [...of.keys()].map((row) => this.placeOf(row).block)),
    )
    return this.leaves.filter((_, at) => blocks.has(at)).map((leaf) => leaf[4])
  }

  /** Errors: E-FORMAT for an edit that this group can't have. */
  apply(edit: Edit): Entry[] {
    if (movesRows(edit)) return blocksOfRows(this.kind, editRows(this.kind, this.allRows(), edit))
    const byBlock = new Map<number, Map<string, Map<number, unknown>>>()
    for (const [column, cells] of edit.cells) {
      for (const [row, value] of cells) {
        const { block, at } = this.placeOf(row)
        const columns = byBlock.get(block) ?? new Map<string, Map<number, unknown>>()
        byBlock.set(block, columns)
        columns.set(column, (columns.get(column) ?? new Map<number, unknown>()).set(at, value))
      }
    }
    return this.leaves.map((leaf, at): Entry => {
      const cells = byBlock.get(at)
      return cells === undefined ? at : { rows: leaf[3], bytes: this.block(at).write(cells) }
    })
  }
}

/** Rows in canonical order as publication cuts them, but for blocks over the limit of bytes: those travel whole. */
export function blocksOfRows(kind: Kind, rows: readonly Row[]): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at < rows.length; at += MAX_BLOCK_ROWS) {
    const some = rows.slice(at, at + MAX_BLOCK_ROWS)
    entries.push({ rows: some.length, bytes: encodeBlock(kind, some as unknown as Rows[Kind][]) })
  }
  return entries
}

/** Rows after an edit, in canonical order. Errors: E-FORMAT for a row that isn't there. */
export function editRows(kind: Kind, rows: readonly Row[], edit: Edit): Row[] {
  const edited = [...rows]
  for (const [column, cells] of edit.cells) {
    for (const [at, value] of cells) edited[at] = { ...existing(edited[at], kind, at), [column]: value }
  }
  const kept = edit.removed.size === 0 ? edited : edited.filter((_, at) => !edit.removed.has(at))
  if (edit.inserted.length === 0) return kept
  return [...kept, ...edit.inserted].sort(orderOf(kind))
}

/** `canonicalOrder` of rows whose kind is known only when it runs. */
export function orderOf(kind: Kind): (a: Row, b: Row) => number {
  return canonicalOrder(kind) as unknown as (a: Row, b: Row) => number
}

function existing(row: Row | undefined, kind: Kind, at: number): Row {
  if (row !== undefined) return row
  throw new SunhallError('E-FORMAT', `Expected a row of ${kind}, got number ${at}`)
}
