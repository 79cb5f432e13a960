// Lines of a sheet before anyone knows which of them are headings, rows or signatures: what CSV and XLSX have in common.
import type { Reason } from '../../contract/console/reasons.ts'

export interface GridRow {
  /** Counted from 1, as a spreadsheet shows it. */
  row: number
  cells: readonly string[]
  /** Cells that can't be believed, by column from 0, with the reason; null where there are none. */
  faults: ReadonlyMap<number, Reason> | null
  /** Columns whose cell is part of a range merged over several rows; its text stands in each of them. */
  shared: ReadonlySet<number> | null
  /** Columns whose cell is covered by the one to its left (a range merged over several columns). */
  covered: ReadonlySet<number> | null
}

export function plainRow(row: number, cells: readonly string[]): GridRow {
  return { row, cells, faults: null, shared: null, covered: null }
}

export function isBlank(row: GridRow): boolean {
  return row.cells.every((cell) => cell.trim() === '') && row.faults === null
}

/** 0 → 'A', 26 → 'AA': a column as a spreadsheet names it. */
export function columnLetters(at: number): string {
  let letters = ''
  for (let rest = at + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** Numbers of persons go no farther than they must: what is left tells a rounded one from a whole one. */
export function cutNumber(cell: string): string {
  return cell.length > 6 && !/[.+]/.test(cell) ? `${cell.slice(0, 4)}…` : cell
}
