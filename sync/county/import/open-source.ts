// Opens any file that an office sends as records, by its kind: CSV and JSON lines as a stream, a sheet of a workbook, a policy.
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Reason } from '../../contract/console/reasons.ts'
import { fieldsOf } from '../fields/tables.ts'
import type { TableName } from '../tables.ts'
import { firstBytes } from './archive.ts'
import { fileError } from './file-error.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { type MappingOptions, mapHeadings, matchedField } from './mapping.ts'
import { openPolicy } from './policy-file.ts'
import type { Meter } from './progress.ts'
import { formatOf, type HeadingSearch, openCsv, openJsonLines, type RecordFile } from './records.ts'
import { type Fit, openSheet } from './sheet-file.ts'
import { type Encoding, findEncoding } from './text-file.ts'

export interface Source {
  opened: RecordFile
  /** 'utf-8', 'gb18030', 'utf-16le', 'xlsx', 'docx'. */
  encoding: Encoding | 'xlsx' | 'docx'
  sha256: string
  /** Name of the sheet; '' where the file has none. */
  sheet: string
  calendar: '1900' | '1904' | null
  warnings: Reason[]
}
export interface SourceOptions extends MappingOptions {
  table: TableName
  file: string
  /** Sheet of a workbook; null to take the only one that suits. */
  sheet: string | null
  /** Row of the headings; null to look for them. */
  header: number | null
}

/** Errors: E-INPUT for a file that can't be read as a whole. */
export async function openSource(options: SourceOptions, meter: Meter): Promise<Source> {
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
  return { opened, encoding, sha256, sheet: '', calendar: null, warnings: [] }
}

async function sheetSource(options: SourceOptions, search: HeadingSearch, meter: Meter): Promise<Source> {
  const sha256 = await hashOf(options.file)
  const opened = await openSheet(options.file, options.sheet, search, (headings) => fitOf(options, headings))
  meter.start(opened.lines, 'rows')
  return { ...opened, opened, encoding: 'xlsx', sha256 }
}

async function policySource(options: SourceOptions): Promise<Source> {
  const { file, table, set } = options
  if (table !== 'policies') throw fileError('policy-table', { file: basename(file), name: table })
  const encoding = /\.txt$/i.test(file) ? await findEncoding(file) : 'docx'
  const opened = await openPolicy(file, encoding, new Set(set.keys()))
  return { opened, encoding, sha256: await hashOf(file), sheet: '', calendar: null, warnings: opened.warnings }
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

function onlyOf(map: ReadonlyMap<string, string>, headings: readonly string[]): [string, string][] {
  return [...map].filter(([heading]) => headings.includes(heading))
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(bytes)
  return hash.digest('hex')
}
