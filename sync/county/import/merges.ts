// Ranges merged over rows and columns, applied line by line: the text of a range stands in its first cell only, but it is
// said of all of them.
import type { Reason } from '../../contract/console/reasons.ts'
import { fileError } from './file-error.ts'
import type { GridRow } from './grid.ts'
import { IMPORT_LIMITS } from './limits.ts'

/** Rows and columns from 0, both ends included. */
export interface Range {
  s: { r: number; c: number }
  e: { r: number; c: number }
}
interface OpenRange extends Range {
  text: string
  fault: Reason | undefined
}

/** Give it the rows of a sheet in their order. */
export class Merges {
  readonly #starts = new Map<number, Range[]>()
  #open: OpenRange[] = []

  constructor(ranges: readonly Range[]) {
    if (ranges.length > IMPORT_LIMITS.merges)
      throw fileError('merges-many', { most: IMPORT_LIMITS.merges, count: ranges.length })
    for (const range of ranges) {
      const list = this.#starts.get(range.s.r)
      if (list === undefined) this.#starts.set(range.s.r, [range])
      else list.push(range)
    }
  }

  /** The row with each merged range's text in its first column, in every row of the range. */
  apply(row: GridRow): GridRow {
    const at = row.row - 1
    this.#open = this.#open.filter(({ e }) => e.r >= at)
    for (const range of this.#starts.get(at) ?? [])
      this.#open.push({ ...range, text: row.cells[range.s.c] ?? '', fault: row.faults?.get(range.s.c) })
    if (this.#open.length === 0) return row
    const cells = [...row.cells]
    const faults = new Map(row.faults)
    const shared = new Set<number>()
    const covered = new Set<number>()
    for (const { s, e, text, fault } of this.#open) {
      const last = Math.min(e.c, IMPORT_LIMITS.columns)
      while (cells.length <= Math.min(last, Math.max(s.c, row.cells.length))) cells.push('')
      if (e.r > s.r) {
        cells[s.c] = text
        shared.add(s.c)
        if (fault !== undefined) faults.set(s.c, fault)
      }
      for (let column = s.c + 1; column <= last; column += 1) covered.add(column)
    }
    return { row: row.row, cells, faults: faults.size === 0 ? null : faults, shared, covered }
  }
}
