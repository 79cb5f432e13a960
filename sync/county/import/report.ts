// What an import says of itself: the fate of every line, what was read as what, and where the refused cells are.
import type { Reason } from '../../contract/console/reasons.ts'
import type { TableName } from '../tables.ts'
import type { MatchedBy } from './mapping.ts'
import type { TotalLine } from './totals.ts'

export interface RefusedCell {
  /** '' where the file has no sheets. */
  sheet: string
  row: number
  /** Letters as in a spreadsheet; '' where the whole row is wrong. */
  column: string
  heading: string
  /** As it stands in the file; numbers of persons are cut. */
  value: string
  reason: Reason
}
export interface SkippedLine {
  sheet: string
  row: number
  kind: 'total' | 'subtotal' | 'signature' | 'heading'
  text: string
}
export interface MatchedHeading {
  heading: string
  /** '' where the heading is left out. */
  field: string
  how: MatchedBy
}
export interface SheetReport {
  sheet: string
  accepted: number
  refused: number
  duplicates: number
  skipped: number
  /** What a title line says of its money; null where none does. */
  unit: '元' | '万元' | null
  /** Rows of the headings; empty for JSON lines and policies. */
  headingRows: number[]
}
export interface ImportReport {
  /** Number of the import; 0 where nothing was taken. */
  import: number
  /** Number of the try (`runs.ts`). */
  run: number
  table: TableName
  file: string
  encoding: string
  /** True where the rows are in the books. */
  taken: boolean
  accepted: number
  refused: number
  duplicates: number
  /** Lines that are no rows: totals, signatures, headings once more. */
  skipped: number
  /** Headings that were left out because no --map names them. */
  ignored: string[]
  /** File with the refused rows and reasons; null when none were refused and no file was asked for. */
  refusedFile: string | null
  /** The same as a workbook with the bad cells in colour; null where none were refused, or for JSON lines. */
  refusedWorkbook: string | null
  /** Number of an earlier import of exactly this file that still counts; null when there is none. */
  sameFileAs: number | null
  /** Sheets of the workbook, joined by '、'; '' where the file has none. */
  sheet: string
  /** What became of each; one with the name '' where the file has none. */
  sheets: SheetReport[]
  /** Texts of the lines above the headings. */
  titles: string[]
  /** What a title line says of money; null where none does. */
  unit: '元' | '万元' | null
  headings: MatchedHeading[]
  /** The first refused cells (`limits.ts`); the files have all. */
  refusedCells: RefusedCell[]
  /** The first skipped lines. */
  skippedLines: SkippedLine[]
  /** 合计 and 小计 beside the sums of the rows above them. */
  totals: (TotalLine & { sheet: string; origin: number })[]
  /** What the administrator must know of the file itself. */
  warnings: Reason[]
  ms: number
}
