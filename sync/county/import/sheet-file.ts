// Opens one sheet of a workbook as records: the one that the administrator named, else the only one that suits the table.
import { type Reason, reasonOf } from '../../contract/console/reasons.ts'
import { fileError } from './file-error.ts'
import type { GridRow } from './grid.ts'
import { findHeadings } from './headings.ts'
import { type HeadingSearch, openGrid, type RecordFile } from './records.ts'
import { openWorkbook, type SheetStart, type Workbook } from './workbook.ts'

export interface SheetFile extends RecordFile {
  sheet: string
  calendar: '1900' | '1904'
  /** Lines of the sheet, for the progress. */
  lines: number
  /** What the administrator must know of the file: macros, links, hidden sheets and rows. */
  warnings: Reason[]
}

/** How well headings suit the table: all that a row must have, some of it, or next to nothing. */
export type Fit = 'all' | 'some' | 'none'

/** Errors: E-INPUT where the choice isn't clear. */
export async function openSheet(
  path: string,
  wanted: string | null,
  search: HeadingSearch,
  fitOf: (headings: readonly string[]) => Fit,
): Promise<SheetFile> {
  const workbook = await openWorkbook(path)
  const sheet = chooseSheet(workbook.sheets, wanted, (start) => {
    const found = findHeadings(start.rows, search.fieldOf, search.line)
    return found === null ? 'none' : fitOf(found.names)
  })
  const { rows, hiddenRows, calendar } = workbook.rowsOf(sheet)
  const width = Math.max(0, ...rows.slice(0, 40).map(({ cells }) => cells.length))
  const opened = await openGrid(padded(rows, width), search, path)
  const first = opened.found?.lines.at(-1)?.row ?? 0
  const hidden = hiddenRows.filter((row) => row > first)
  return { ...fitted(opened), sheet, calendar, lines: rows.length, warnings: warningsOf(workbook, sheet, hidden) }
}

function chooseSheet(sheets: readonly SheetStart[], wanted: string | null, fitOf: (sheet: SheetStart) => Fit): string {
  const names = sheets.map(({ name }) => `“${name}”`).join('、')
  if (wanted !== null) {
    if (sheets.some(({ name }) => name === wanted)) return wanted
    throw fileError('sheet-unknown', { names, got: wanted })
  }
  const filled = sheets.filter(
    ({ hidden, rows }) => !hidden && rows.some(({ cells }) => cells.some((cell) => cell.trim() !== '')),
  )
  const fits = filled.map((sheet) => ({ sheet, fit: fitOf(sheet) }))
  const suitable = fits.filter(({ fit }) => fit === 'all')
  const likely = suitable.length > 0 ? suitable : fits.filter(({ fit }) => fit === 'some')
  const [only, other] = likely.length > 0 ? likely.map(({ sheet }) => sheet) : filled
  if (only !== undefined && other === undefined) return only.name
  throw suitable.length > 1
    ? fileError('sheets-suit', { count: suitable.length, names })
    : fileError('sheets-none-suit', { names })
}

/** Rows of one width, as a CSV would have them: a sheet ends each row where its last cell is. */
async function* padded(rows: readonly GridRow[], width: number): AsyncGenerator<GridRow> {
  for (const row of rows)
    yield row.cells.length >= width
      ? row
      : { ...row, cells: [...row.cells, ...new Array(width - row.cells.length).fill('')] }
}

/** Cells beyond the last heading are cut where they are empty; where they say something, the row's width refuses it. */
function fitted(opened: RecordFile): RecordFile {
  const width = opened.headings.length
  async function* cut(): RecordFile['records'] {
    for await (const record of opened.records) {
      const beyond = record.cells.slice(width).some((cell) => cell.trim() !== '')
      if (beyond) yield record
      else {
        const cells = Array.from({ length: width }, (_, at) => record.cells[at] ?? '')
        yield { ...record, cells, shown: cells, fault: null }
      }
    }
  }
  return { ...opened, records: cut() }
}

function warningsOf({ facts, sheets }: Workbook, taken: string, hiddenRows: readonly number[]): Reason[] {
  const warnings: Reason[] = []
  const others = sheets
    .filter(({ name }) => name !== taken)
    .map(({ name, hidden }) => `“${name}”${hidden ? '（隐藏）' : ''}`)
  if (facts.macros) warnings.push(reasonOf('macros'))
  if (facts.links) warnings.push(reasonOf('links'))
  if (sheets.some(({ name, hidden }) => name === taken && hidden))
    warnings.push(reasonOf('sheet-hidden', { sheet: taken }))
  if (others.length > 0)
    warnings.push(reasonOf('sheets-left', { sheet: taken, others: others.slice(0, 20).join('、') }))
  if (hiddenRows.length > 0) {
    const more = hiddenRows.length > 10 ? '……' : ''
    const rows = `${hiddenRows.slice(0, 10).join('、')}${more}`
    warnings.push(reasonOf('rows-hidden', { sheet: taken, count: hiddenRows.length, rows }))
  }
  return warnings
}
