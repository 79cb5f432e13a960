// Imports one file into one table: in a stream, in constant memory, whole or not at all.
//
//   bytes ─► text ─► records ─► duplicate? ─► read ─► write      every record ends as accepted, refused or duplicate
//                                   │           └─► refused file
//                                   └─► counted
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { countOf, inLongTransaction } from '../database/database.ts'
import type { Office } from '../office.ts'
import type { TableName } from '../tables.ts'
import { RowSet } from './duplicates.ts'
import { type Mapping, type MappingOptions, mapHeadings, requireFields, unusedMaps } from './mapping.ts'
import { type RowReader, rowReader } from './read-row.ts'
import { formatOf, openCsv, openJsonLines, type RecordFile } from './records.ts'
import { RefusedFile } from './refused.ts'
import { findEncoding } from './text-file.ts'
import { RowWriter } from './write-row.ts'

export interface ImportOptions extends MappingOptions {
  table: TableName
  file: string
  /** Where refused rows go; null for the office's own folder. */
  refused: string | null
  by: string
  now: Date
}
export interface ImportReport {
  import: number
  table: TableName
  file: string
  encoding: string
  accepted: number
  refused: number
  duplicates: number
  /** Headings that were left out because no --map names them. */
  ignored: string[]
  /** File with the refused rows and reasons; null when none were refused and no file was asked for. */
  refusedFile: string | null
  /** Number of an earlier import of exactly this file that still counts; null when there is none. */
  sameFileAs: number | null
  ms: number
}
type Counts = Pick<ImportReport, 'accepted' | 'refused' | 'duplicates' | 'ignored'>

/** Takes a file. Errors: E-INPUT when it can't be read as a whole; then nothing is changed. */
export async function importFile(office: Office, options: ImportOptions): Promise<ImportReport> {
  const started = performance.now()
  const format = formatOf(options.file)
  const encoding = await findEncoding(options.file)
  const sha256 = await hashOf(options.file)
  const opened = format === 'csv' ? await openCsv(options.file, encoding) : await openJsonLines(options.file, encoding)
  if (options.refused !== null && resolve(options.refused) === resolve(options.file))
    throw new SunhallError('E-INPUT', `Expected --refused FILE beside the imported file, got the file itself`)
  const taken = await inLongTransaction(office.database, () => take(office, opened, { ...options, encoding, sha256 }))
  return { ...taken, ms: Math.round(performance.now() - started) }
}

/** The number is given inside the transaction: two imports at once would both ask for the same one. */
async function take(
  office: Office,
  opened: RecordFile,
  options: ImportOptions & { encoding: string; sha256: string },
): Promise<Omit<ImportReport, 'ms'>> {
  const { database } = office
  const { table, encoding, sha256 } = options
  const id = countOf(database, 'SELECT max(id) FROM imports') + 1
  const path = options.refused ?? join(office.folder, 'refused', `${id}.csv`)
  const refused = new RefusedFile(path, opened.refusedHeadings)
  const same = 'SELECT max(id) FROM imports WHERE sha256 = ? AND "table" = ? AND undone IS NULL'
  const sameFileAs = countOf(database, same, sha256, table) || null
  const file = basename(options.file)
  database
    .prepare(
      `INSERT INTO imports (id, "table", file, sha256, encoding, accepted, refused, duplicates, at, by, sample)
       VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, ?, 0)`,
    )
    .run(id, table, file, sha256, encoding, options.now.toISOString(), options.by)
  addOrigin(office, id, options)
  try {
    const counts = await takeRecords(office, id, opened, refused, options)
    const refusedFile = refused.close(options.refused !== null) ? path : null
    database
      .prepare('UPDATE imports SET accepted = ?, refused = ?, duplicates = ?, refusedFile = ? WHERE id = ?')
      .run(counts.accepted, counts.refused, counts.duplicates, refusedFile, id)
    return { import: id, table, file, encoding, ...counts, refusedFile, sameFileAs }
  } catch (error) {
    refused.discard()
    throw error
  }
}

async function takeRecords(
  office: Office,
  importId: number,
  opened: RecordFile,
  refused: RefusedFile,
  options: ImportOptions,
): Promise<Counts> {
  const counts: Counts = { accepted: 0, refused: 0, duplicates: 0, ignored: [] }
  const seen = new RowSet()
  const writer = new RowWriter(office.database, options.table, importId)
  let mapping: Mapping | null = null
  let reader: RowReader | null = null
  let known = 0
  for await (const { row, cells, fault, shown } of opened.records) {
    // JSON lines may bring a new name on any line: the mapping is made anew, and refuses what it doesn't know.
    if (mapping === null || reader === null || opened.headings.length !== known) {
      mapping = mapHeadings(options.table, opened.headings, options)
      reader = rowReader(options.table, mapping, office.database, options.now)
      known = opened.headings.length
    }
    if (seen.addIsRepeat(fault === null ? mappedText(mapping, cells) : JSON.stringify(cells))) {
      counts.duplicates += 1
      continue
    }
    const reading = fault === null ? reader(cells) : { ok: false as const, reason: fault }
    if (reading.ok) {
      writer.write(reading.value, importId, row)
      counts.accepted += 1
    } else {
      refused.add(row, reading.reason, shown)
      counts.refused += 1
    }
  }
  const whole = checkMaps(opened, mapping, options)
  writer.finish()
  return { ...counts, ignored: [...whole.ignored] }
}

/** What makes a duplicate: all mapped cells (--map heading= leaves a cell out). Empty ones at the end say nothing: a name
 * that a later JSON line brings was empty on the lines before. */
function mappedText(mapping: Mapping, cells: readonly string[]): string {
  let text = ''
  let end = 0
  for (const column of mapping.columns) {
    const cell = cells[column.at] ?? ''
    text += `${cell}\u0001`
    if (cell !== '') end = text.length
  }
  return text.slice(0, end)
}

function checkMaps(opened: RecordFile, mapping: Mapping | null, options: ImportOptions): Mapping {
  const whole = mapping ?? mapHeadings(options.table, opened.headings, options)
  requireFields(options.table, opened.headings, whole)
  const unused = unusedMaps(opened.headings, options)
  if (unused.length > 0) {
    throw new SunhallError(
      'E-INPUT',
      `Expected the mapped headings in the file, missed ${unused.join(', ')}; it has ${opened.headings.join(', ')}`,
    )
  }
  return whole
}

function addOrigin(office: Office, id: number, options: ImportOptions): void {
  office.database
    .prepare(`INSERT INTO origins VALUES (?, ?, ?, ?, ?, ?, '', NULL, 0)`)
    .run(id, id, options.table, basename(options.file), options.by, options.now.toISOString().slice(0, 10))
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(bytes)
  return hash.digest('hex')
}
