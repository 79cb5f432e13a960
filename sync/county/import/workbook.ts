// Opens an XLSX workbook: the parts that `archive.ts` has counted, and only those, go to the parser. Macros, pictures and
// links to other files never reach it; of a formula the value that the file holds is read, and nothing is calculated.
import { CFB, read, utils, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { type Reason, reasonOf } from '../../contract/console/reasons.ts'
import { messageOf } from '../../contract/errors.ts'
import { type ArchiveFacts, openArchive } from './archive.ts'
import { FileError, fileError } from './file-error.ts'
import type { GridRow } from './grid.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { Merges } from './merges.ts'
import { type SheetCell, textOfCell } from './sheet-cell.ts'

export interface SheetStart {
  name: string
  hidden: boolean
  /** Its first lines, enough to find the headings. */
  rows: GridRow[]
  /** Lines in all, as the sheet itself says. */
  lines: number
}
export interface SheetRows {
  rows: GridRow[]
  /** Numbers of the rows that the sheet hides; they count like the others. */
  hiddenRows: number[]
  /** Places of the columns that it hides, from 1; read like the others. */
  hiddenColumns: number[]
  calendar: '1900' | '1904'
}
export interface Workbook {
  facts: ArchiveFacts
  sheets: readonly SheetStart[]
  rowsOf(sheet: string): SheetRows
}

const WANTED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/(?:sharedStrings|styles|metadata)\.xml|xl\/worksheets\/[^/]+\.xml)$/i

/** Errors: E-INPUT for a file that is no workbook, or one over the limits. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const { parts, ...facts } = await openArchive(path, (name) => WANTED.test(name))
  if (!parts.has('xl/workbook.xml')) throw fileError('not-a-workbook', { path })
  const bytes = repacked(parts)
  const start = parse(path, bytes, { sheetRows: IMPORT_LIMITS.headingLines + IMPORT_LIMITS.headingLevels })
  const calendar = start.Workbook?.WBProps?.date1904 === true ? '1904' : '1900'
  const sheets = start.SheetNames.map((name, at) => ({
    name,
    hidden: (start.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0,
    rows: gridOf(start.Sheets[name], calendar),
    lines: linesOf(start.Sheets[name]),
  }))
  const rowsOf = (name: string): SheetRows => {
    // `cellStyles` is what makes the parser keep which rows and columns are hidden.
    const sheet = parse(path, bytes, { sheets: name, cellStyles: true }).Sheets[name]
    const [hiddenRows, hiddenColumns] = [hiddenOf(sheet?.['!rows']), hiddenOf(sheet?.['!cols'])]
    return { rows: gridOf(sheet, calendar), hiddenRows, hiddenColumns, calendar }
  }
  return { facts, sheets, rowsOf }
}

/** A new container of the counted parts: the parser unpacks by its own code, so it must not see the file itself. */
function repacked(parts: ReadonlyMap<string, Buffer>): Buffer {
  const container = CFB.utils.cfb_new()
  for (const [name, bytes] of parts) CFB.utils.cfb_add(container, `/${name}`, bytes)
  const written: unknown = CFB.write(container, { fileType: 'zip', type: 'buffer' })
  if (!Buffer.isBuffer(written)) throw new TypeError('Expected a buffer from the zip writer')
  return written
}

function parse(
  path: string,
  bytes: Buffer,
  more: { sheetRows?: number; sheets?: string; cellStyles?: true },
): WorkBook {
  try {
    return read(bytes, { dense: true, cellFormula: true, cellNF: true, cellHTML: false, sheetStubs: true, ...more })
  } catch (error) {
    throw new FileError(reasonOf('workbook-unreadable', { path, why: messageOf(error) }), { cause: error })
  }
}

function gridOf(sheet: WorkSheet | undefined, calendar: '1900' | '1904'): GridRow[] {
  const data: readonly (readonly (SheetCell | undefined)[] | undefined)[] = sheet?.['!data'] ?? []
  const merges = new Merges(sheet?.['!merges'] ?? [])
  const rows: GridRow[] = []
  // The list is sparse: a single cell in row 1,048,576 is one row.
  data.forEach((cells, at) => {
    if (cells !== undefined) rows.push(gridRow(cells, at, merges, calendar))
  })
  return rows
}

function gridRow(
  found: readonly (SheetCell | undefined)[],
  at: number,
  merges: Merges,
  calendar: '1900' | '1904',
): GridRow {
  if (found.length > IMPORT_LIMITS.columns)
    throw fileError('columns-many', { most: IMPORT_LIMITS.columns, count: found.length, row: at + 1 })
  const faults = new Map<number, Reason>()
  const cells = Array.from(found, (cell, column) => {
    const { text, fault } = textOfCell(cell, calendar)
    if (fault !== null) faults.set(column, fault)
    return text
  })
  return merges.apply({ row: at + 1, cells, faults: faults.size === 0 ? null : faults, shared: null, covered: null })
}

function linesOf(sheet: WorkSheet | undefined): number {
  const whole: unknown = sheet?.['!fullref'] ?? sheet?.['!ref']
  return typeof whole === 'string' ? utils.decode_range(whole).e.r + 1 : 0
}

/** The parser's lists have holes where a sheet says nothing. */
function hiddenOf(list: readonly { hidden?: boolean }[] = []): number[] {
  const hidden: number[] = []
  list.forEach((one, at) => {
    if (one?.hidden === true) hidden.push(at + 1)
  })
  return hidden
}
