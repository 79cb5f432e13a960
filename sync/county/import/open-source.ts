// Opens any file that an office sends as records, by its kind: CSV and JSON lines as a stream, a sheet of a workbook, a policy.
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Reason } from '../../contract/console/reasons.ts'
import { fieldsOf } from '../fields/tables.ts'
import type { TableName } from '../tables.ts'
import { firstBytes } from './archive.ts'
import { FileError, fileError } from './file-error.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { type MappingOptions, mapHeadings, matchedField, requireFields } from './mapping.ts'
import { openPolicy } from './policy-file.ts'
import type { Meter } from './progress.ts'
import { formatOf, type HeadingSearch, openCsv, openJsonLines, type RecordFile } from './records.ts'
import { type Fit, planSheets, readSheet, type SheetChoice, type Suitor } from './sheet-file.ts'
import { type Encoding, findEncoding } from './text-file.ts'

/** A file with everything of it that is to be taken. */
export interface SourceFile {
  /** 'utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'xlsx', 'docx'. */
  encoding: Encoding | 'xlsx' | 'docx'
  sha256: string
  /** The file itself, or its sheets: opened one after the other, because a sheet is held in memory while it is read. */
  parts: readonly { sheet: string; open(): Promise<Source> }[]
  /** Of the file as a whole: macros, sheets that are left out. */
  warnings: Reason[]
}
/** A file of rows, or one sheet. */
export interface Source {
  opened: RecordFile
  /** Name of the sheet; '' where the file has none. */
  sheet: string
  calendar: '1900' | '1904' | null
  warnings: Reason[]
}
export interface SourceOptions extends MappingOptions {
  table: TableName
  file: string
  /** Sheets of a workbook; null to take the only one that suits. */
  sheet: SheetChoice
  /** Row of the headings; null to look for them. */
  header: number | null
}

/** Errors: E-INPUT for a file that can't be read as a whole. */
export async function openSource(options: SourceOptions, meter: Meter): Promise<SourceFile> {
  const { file, table } = options
  const format = formatOf(file)
  firstBytes(file, 1)
  const { size } = statSync(file)
  if (size > IMPORT_LIMITS.fileBytes)
    throw fileError('file-large', { most: IMPORT_LIMITS.fileBytes / 1024 ** 3, bytes: size })
  const search: HeadingSearch = { fieldOf: (heading) => matchedField(table, heading, options), line: options.header }
  if (options.sheet !== null && format !== 'xlsx') throw fileError('sheet-without-workbook', { file: basename(file) })

  if (format === 'xlsx') return await sheetSource(options, search, meter)
  if (format === 'policy') return await policySource(options)
  const encoding = await findEncoding(file)
  const sha256 = await hashOf(file)
  meter.start(size, 'bytes')
  const opened =
    format === 'csv'
      ? await openCsv(file, encoding, search, meter.bytes)
      : await openJsonLines(file, encoding, meter.bytes)
  return { encoding, sha256, parts: onePart(opened, []), warnings: [] }
}

function onePart(opened: RecordFile, warnings: Reason[]): SourceFile['parts'] {
  return [{ sheet: '', open: async () => ({ opened, sheet: '', calendar: null, warnings }) }]
}

async function sheetSource(options: SourceOptions, search: HeadingSearch, meter: Meter): Promise<SourceFile> {
  const { file } = options
  const suitor: Suitor = {
    fitOf: (headings) => fitOf(options, headings),
    whyNot: (headings) => whyNot(options, headings),
  }
  const { workbook, names, warnings } = await planSheets(file, options.sheet, search, suitor)
  const lines = workbook.sheets.filter(({ name }) => names.includes(name)).map((sheet) => sheet.lines)
  meter.start(
    lines.reduce((sum, count) => sum + count, 0),
    'rows',
  )
  const parts = names.map((sheet) => ({
    sheet,
    async open() {
      const opened = await readSheet(workbook, sheet, search, file)
      return { ...opened, opened }
    },
  }))
  return { encoding: 'xlsx', sha256: await hashOf(file), parts, warnings }
}

async function policySource(options: SourceOptions): Promise<SourceFile> {
  const { file, table, set } = options
  if (table !== 'policies') throw fileError('policy-table', { file: basename(file), name: table })
  const encoding = /\.txt$/i.test(file) ? await findEncoding(file) : 'docx'
  const opened = await openPolicy(file, encoding, new Set(set.keys()))
  return { encoding, sha256: await hashOf(file), parts: onePart(opened, opened.warnings), warnings: [] }
}

/** How well a sheet suits: a field for all rows (--set) may still be missing where only some of its headings are there. */
function fitOf(options: SourceOptions, headings: readonly string[]): Fit {
  const known = headings.filter((heading) => matchedField(options.table, heading, options) !== undefined)
  try {
    const { columns, constants } = mapHeadings(options.table, known, {
      ...options,
      map: new Map(onlyOf(options.map, known)),
    })
    const given = new Set([...columns, ...constants].map(({ field }) => field))
    const all = fieldsOf(options.table).every(([name, spec]) => !spec.required || given.has(name))
    return all ? 'all' : columns.length > 1 ? 'some' : 'none'
  } catch {
    // Two columns for one field: the sheet may still be the one that is meant, and says so when it is opened.
    return 'all'
  }
}

/** Why a sheet isn't taken along with the others: headings that nobody knows, or a field that every row must have. */
function whyNot(options: SourceOptions, headings: readonly string[]): Reason | null {
  const { table, map } = options
  try {
    const mapping = mapHeadings(table, headings, {
      ...options,
      map: map.size === 0 ? map : new Map(onlyOf(map, headings)),
    })
    requireFields(table, headings, mapping)
    return null
  } catch (error) {
    if (error instanceof FileError) return error.reason
    throw error
  }
}

function onlyOf(map: ReadonlyMap<string, string>, headings: readonly string[]): [string, string][] {
  return [...map].filter(([heading]) => headings.includes(heading))
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(bytes)
  return hash.digest('hex')
}
