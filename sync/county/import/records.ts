// Turns a file into records: a row of CSV, of a sheet, or a JSON line, each with its row number as a spreadsheet shows it.
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { type Reason, reasonOf } from '../../contract/console/reasons.ts'
import { FileError, fileError } from './file-error.ts'
import { type GridRow, isBlank, plainRow } from './grid.ts'
import { type FieldOf, findHeadings, type Headings } from './headings.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { CellMarks } from './read-row.ts'
import { findSeparator } from './separator.ts'
import { type ByteMeter, type Encoding, textOf } from './text-file.ts'

export interface TextRecord {
  /** Counted from 1; a CSV's headings are row 1. */
  row: number
  /** Cells by the position of their heading. */
  cells: readonly string[]
  /** Set where the record's shape is wrong: the row is refused with this reason. */
  fault: Reason | null
  /** The record as the file of refused rows shows it. */
  shown: readonly string[]
  /** What a workbook says against single cells. */
  marks?: CellMarks
}
export type FileFormat = 'csv' | 'jsonl' | 'xlsx' | 'policy'

/** Longest CSV row and longest JSON line, characters. */
const MAX_CSV_ROW = 1 << 20
const MAX_JSON_LINE = 32 << 20
/** Most names in a file of JSON lines: more are data in the place of names. */
const MAX_NAMES = 1_000

/** What a file is, by its name. Errors: E-INPUT for a kind that isn't read. */
export function formatOf(path: string): FileFormat {
  const name = path.toLowerCase()
  if (/\.csv(?:\.gz)?$/.test(name)) return 'csv'
  if (/\.(?:jsonl|ndjson)(?:\.gz)?$/.test(name)) return 'jsonl'
  if (/\.xls[xm]$/.test(name)) return 'xlsx'
  if (/\.(?:docx|docm|txt)$/.test(name)) return 'policy'
  if (/\.xls$/.test(name)) throw fileError('file-kind-old')
  const wps = /\.(?:et|ett|wps|wpt)$/.exec(name)?.[0]
  throw wps === undefined
    ? fileError('file-kind', { file: basename(path) })
    : fileError('file-kind-wps', { ending: wps })
}

export interface RecordFile {
  headings: readonly string[]
  /** Headings of the refused rows' cells: JSON lines, whose names come line by line, are kept as their text. */
  refusedHeadings: readonly string[]
  records: AsyncIterable<TextRecord>
  /** Where the headings stand in a sheet or CSV; null for what has no lines of headings. */
  found: Headings | null
}

/** How headings are looked for: what the table knows, and the row that the administrator named. */
export interface HeadingSearch {
  fieldOf: FieldOf
  line: number | null
}

/** Opens a CSV: its headings are looked for among its first lines. */
export async function openCsv(
  path: string,
  encoding: Encoding,
  search: HeadingSearch,
  meter?: ByteMeter,
): Promise<RecordFile> {
  const parser = parse({
    delimiter: await findSeparator(path, encoding, search.fieldOf),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: MAX_CSV_ROW,
  })
  const text = Readable.from(textOf(path, encoding, meter), { objectMode: true })
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  return await openGrid(csvRows(parser[Symbol.asyncIterator](), path), search, path)
}

async function* csvRows(rows: AsyncIterator<string[]>, path: string): AsyncGenerator<GridRow> {
  let row = 0
  for (let cells = await nextRow(rows, path); cells !== null; cells = await nextRow(rows, path)) {
    row += 1
    yield plainRow(row, cells)
  }
}

/** Opens the lines of a sheet. Errors: E-INPUT where there is none that says anything. */
export async function openGrid(
  rows: AsyncGenerator<GridRow>,
  search: HeadingSearch,
  path: string,
): Promise<RecordFile> {
  const start: GridRow[] = []
  let lines = 0
  while (lines < IMPORT_LIMITS.headingLines + IMPORT_LIMITS.headingLevels) {
    const next = await rows.next()
    if (next.done === true) break
    start.push(next.value)
    if (!isBlank(next.value)) lines += 1
  }
  const found = findHeadings(start, search.fieldOf, search.line)
  if (found === null) throw fileError('heading-missing', { path })
  const last = found.lines.at(-1)?.row ?? 0
  const below = start.filter(({ row }) => row > last)
  return { headings: found.names, refusedHeadings: found.names, records: gridRecords(below, rows, found), found }
}

async function* gridRecords(
  start: readonly GridRow[],
  rest: AsyncGenerator<GridRow>,
  found: Headings,
): AsyncGenerator<TextRecord> {
  const width = found.names.length
  for (const row of start) if (!isBlank(row)) yield recordOf(row, width)
  for await (const row of rest) if (!isBlank(row)) yield recordOf(row, width)
}

function recordOf({ row, cells, faults, shared }: GridRow, width: number): TextRecord {
  const fault = cells.length === width ? null : reasonOf('row-width', { expected: width, count: cells.length })
  return faults === null && shared === null
    ? { row, cells, fault, shown: cells }
    : { row, cells, fault, shown: cells, marks: { faults, shared } }
}

async function nextRow(rows: AsyncIterator<string[]>, path: string): Promise<string[] | null> {
  try {
    const next = await rows.next()
    return next.done === true ? null : next.value
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new FileError(csvFault(error, path), { cause: error })
  }
}

function csvFault(error: CsvError, path: string): Reason {
  const line = Number(Reflect.get(error, 'lines') ?? 0)
  if (error.code === 'CSV_MAX_RECORD_SIZE') return reasonOf('row-long', { most: MAX_CSV_ROW, line, path })
  // A quote that is never closed takes the rest of the file with it.
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return reasonOf('quote-open', { line, path })
  return reasonOf('csv-fault', { why: error.message.split('\n')[0] ?? error.code, line, path })
}

/** Opens a file of JSON lines. Headings are the names seen so far: `headings` grows while records are read. */
export async function openJsonLines(path: string, encoding: Encoding, meter?: ByteMeter): Promise<RecordFile> {
  const headings: string[] = []
  return { headings, refusedHeadings: ['line'], records: jsonRecords(path, encoding, headings, meter), found: null }
}

async function* jsonRecords(
  path: string,
  encoding: Encoding,
  headings: string[],
  meter?: ByteMeter,
): AsyncGenerator<TextRecord> {
  const positions = new Map<string, number>()
  let row = 0
  for await (const line of linesOf(path, encoding, meter)) {
    row += 1
    if (line.trim() === '') continue
    const object = parseObject(line)
    if (object === null) {
      yield { row, cells: [line], fault: reasonOf('json-line'), shown: [line] }
      continue
    }
    const cells: string[] = new Array(headings.length).fill('')
    for (const [name, value] of Object.entries(object)) {
      let at = positions.get(name)
      if (at === undefined) {
        at = headings.push(name) - 1
        if (at >= MAX_NAMES) throw fileError('json-names', { most: MAX_NAMES, line: row, path })
        positions.set(name, at)
      }
      cells[at] = cellText(value)
    }
    yield { row, cells, fault: null, shown: [line] }
  }
  if (row === 0) throw fileError('json-empty', { path })
}

async function* linesOf(path: string, encoding: Encoding, meter?: ByteMeter): AsyncGenerator<string> {
  let rest = ''
  let row = 0
  for await (const chunk of textOf(path, encoding, meter)) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      row += 1
      yield line
    }
    if (rest.length > MAX_JSON_LINE) {
      throw fileError('line-long', { most: MAX_JSON_LINE, line: row + 1, path })
    }
  }
  if (rest !== '') yield rest
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  // JSON.parse has rounded a whole number this long (an ID number without quotes): its exponent has every reader refuse it.
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential()
  return typeof value === 'string' ? value : JSON.stringify(value)
}
