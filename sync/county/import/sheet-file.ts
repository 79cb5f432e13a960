// Opens sheets of a workbook as records: those that the administrator named, all that suit the table, or the only one that
// does. A sheet that is left out is named with the reason, never skipped in silence.
import { type Reason, reasonOf, sayReason } from '../../contract/console/reasons.ts'
import { fileError } from './file-error.ts'
import { columnLetters, type GridRow } from './grid.ts'
import { findHeadings } from './headings.ts'
import { type HeadingSearch, openGrid, type RecordFile } from './records.ts'
import { openWorkbook, type SheetStart, type Workbook } from './workbook.ts'

export interface SheetFile extends RecordFile {
  sheet: string
  calendar: '1900' | '1904'
  /** Lines of the sheet, for the progress. */
  lines: number
  /** What the administrator must know of the sheet: hidden rows, or that it is hidden. */
  warnings: Reason[]
}

/** A sheet's name, several, `ALL_SHEETS`, or null for the only one that suits. */
export type SheetChoice = string | readonly string[] | null
export const ALL_SHEETS = 'all'

/** How well headings suit the table: all that a row must have, some of it, or next to nothing. */
export type Fit = 'all' | 'some' | 'none'

/** What a table says of a sheet's headings. */
export interface Suitor {
  fitOf(headings: readonly string[]): Fit
  /** Why a sheet with these headings isn't taken with the others; null where it is. */
  whyNot(headings: readonly string[]): Reason | null
}

export interface SheetPlan {
  workbook: Workbook
  /** At least one, in the workbook's order. */
  names: readonly string[]
  /** Of the workbook as a whole, and of the sheets that are left. */
  warnings: Reason[]
}

/** One sheet alone. Errors: E-INPUT where the choice isn't clear. */
export async function openSheet(
  path: string,
  wanted: string | null,
  search: HeadingSearch,
  fitOf: (headings: readonly string[]) => Fit,
): Promise<SheetFile> {
  const { workbook, names, warnings } = await planSheets(path, wanted, search, { fitOf, whyNot: () => null })
  const sheet = await readSheet(workbook, names[0] ?? '', search, path)
  return { ...sheet, warnings: [...warnings, ...sheet.warnings] }
}

/** Which sheets are to be taken. Errors: E-INPUT for a name that no sheet has, or where the choice isn't clear. */
export async function planSheets(
  path: string,
  wanted: SheetChoice,
  search: HeadingSearch,
  suitor: Suitor,
): Promise<SheetPlan> {
  const workbook = await openWorkbook(path)
  const { sheets, facts } = workbook
  const warnings: Reason[] = []
  if (facts.macros) warnings.push(reasonOf('macros'))
  if (facts.links) warnings.push(reasonOf('links'))
  const headingsOf = (sheet: SheetStart): readonly string[] | null =>
    findHeadings(sheet.rows, search.fieldOf, search.line)?.names ?? null
  const everySheet = wanted === ALL_SHEETS && !sheets.some(({ name }) => name === ALL_SHEETS)
  if (everySheet) return { workbook, ...suitable(sheets, headingsOf, suitor, warnings) }
  const names = wanted === null ? [onlyOne(sheets, headingsOf, suitor)] : known(sheets, [wanted].flat())
  const others = sheets
    .filter(({ name }) => !names.includes(name))
    .map(({ name, hidden }) => `“${name}”${hidden ? '（隐藏）' : ''}`)
  if (others.length > 0)
    warnings.push(reasonOf('sheets-left', { sheet: names.join('、'), others: others.slice(0, 20).join('、') }))
  return { workbook, names, warnings }
}

type HeadingsOf = (sheet: SheetStart) => readonly string[] | null

function known(sheets: readonly SheetStart[], wanted: readonly string[]): string[] {
  for (const name of wanted)
    if (!sheets.some((sheet) => sheet.name === name))
      throw fileError('sheet-unknown', { names: listOf(sheets), got: name })
  return sheets.map(({ name }) => name).filter((name) => wanted.includes(name))
}

/** Every sheet that suits; what doesn't is said one by one. Hidden ones hold codes and old states: nobody sees what is in them. */
function suitable(
  sheets: readonly SheetStart[],
  headingsOf: HeadingsOf,
  suitor: Suitor,
  warnings: Reason[],
): Pick<SheetPlan, 'names' | 'warnings'> {
  const names: string[] = []
  for (const sheet of sheets) {
    const why = whyLeft(sheet, headingsOf, suitor)
    if (why === null) names.push(sheet.name)
    else warnings.push(reasonOf('sheet-left', { sheet: sheet.name, ...why }))
  }
  if (names.length === 0) throw fileError('sheets-none-suit', { names: listOf(sheets) })
  return { names, warnings }
}

function whyLeft(sheet: SheetStart, headingsOf: HeadingsOf, suitor: Suitor): { why: string; english: string } | null {
  if (sheet.hidden) return { why: '这张表是隐藏的；要导入请取消隐藏', english: 'it is hidden' }
  if (!isFilled(sheet)) return { why: '这张表是空的', english: 'it is empty' }
  const reason = suitor.whyNot(headingsOf(sheet) ?? [])
  return reason === null ? null : { why: sayReason(reason, 'zh'), english: sayReason(reason, 'en') }
}

function onlyOne(sheets: readonly SheetStart[], headingsOf: HeadingsOf, suitor: Suitor): string {
  const filled = sheets.filter((sheet) => !sheet.hidden && isFilled(sheet))
  const fits = filled.map((sheet) => {
    const headings = headingsOf(sheet)
    return { sheet, fit: headings === null ? 'none' : suitor.fitOf(headings) }
  })
  const all = fits.filter(({ fit }) => fit === 'all')
  const likely = all.length > 0 ? all : fits.filter(({ fit }) => fit === 'some')
  const [only, other] = likely.length > 0 ? likely.map(({ sheet }) => sheet) : filled
  if (only !== undefined && other === undefined) return only.name
  throw all.length > 1
    ? fileError('sheets-suit', { count: all.length, names: listOf(sheets) })
    : fileError('sheets-none-suit', { names: listOf(sheets) })
}

/** The records of one sheet, which is held in memory while it is read. */
export async function readSheet(
  workbook: Workbook,
  name: string,
  search: HeadingSearch,
  path: string,
): Promise<SheetFile> {
  const { rows, hiddenRows, hiddenColumns, calendar } = workbook.rowsOf(name)
  const width = Math.max(0, ...rows.slice(0, 40).map(({ cells }) => cells.length))
  const opened = await openGrid(padded(rows, width), search, path)
  const first = opened.found?.lines.at(-1)?.row ?? 0
  const hidden = { rows: hiddenRows.filter((row) => row > first), columns: hiddenColumns.filter((at) => at <= width) }
  const warnings = warningsOf(workbook, name, hidden)
  return { ...fitted(opened), sheet: name, calendar, lines: rows.length, warnings }
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

function warningsOf({ sheets }: Workbook, sheet: string, hides: { rows: number[]; columns: number[] }): Reason[] {
  const warnings: Reason[] = []
  if (sheets.some(({ name, hidden }) => name === sheet && hidden)) warnings.push(reasonOf('sheet-hidden', { sheet }))
  if (hides.rows.length > 0) {
    const rows = `${hides.rows.slice(0, 10).join('、')}${hides.rows.length > 10 ? '……' : ''}`
    warnings.push(reasonOf('rows-hidden', { sheet, count: hides.rows.length, rows }))
  }
  if (hides.columns.length > 0)
    warnings.push(
      reasonOf('columns-hidden', { sheet, columns: hides.columns.map((at) => columnLetters(at - 1)).join('、') }),
    )
  return warnings
}

function isFilled({ rows }: SheetStart): boolean {
  return rows.some(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

function listOf(sheets: readonly SheetStart[]): string {
  return sheets.map(({ name }) => `“${name}”`).join('、')
}
