// Imports one file into one table: in a stream, in constant memory, whole, in part by choice, or not at all.
//
//   file ─► sheets (open-source.ts) ─► records ─► take-records.ts ─► books
//                                                      └─► refused rows: CSV, and a workbook to mend
import { basename, join, resolve } from 'node:path'
import { sql } from 'kysely'
import { reasonOf } from '../../contract/console/reasons.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Books, inTransaction } from '../database/books.ts'
import { countOf } from '../database/query.ts'
import { fieldsOf, TABLES } from '../fields/tables.ts'
import type { Office } from '../office.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { rehang } from '../pictures/list.ts'
import type { TableName } from '../tables.ts'
import { addImport, nextImport } from './add-import.ts'
import { FileError, wordsOf } from './file-error.ts'
import type { MappingOptions } from './mapping.ts'
import { openSource, type SourceFile } from './open-source.ts'
import { type ImportProgress, Meter } from './progress.ts'
import { RefusedFile } from './refused.ts'
import { type RefusedBook, writeRefusedWorkbook } from './refused-workbook.ts'
import type { ImportReport } from './report.ts'
import { reportOf } from './report-of.ts'
import { type Choices, endRun, startRun, type Take } from './runs.ts'
import { rememberedHeadings, rememberHeadings } from './senders.ts'
import type { SheetChoice } from './sheet-file.ts'
import { type SheetTaken, takeSheets } from './take-sheets.ts'
import { RowWriter } from './write-row.ts'

export type { ImportReport } from './report.ts'

export interface ImportOptions extends Pick<MappingOptions, 'map' | 'set'> {
  table: TableName
  file: string
  /** The file's name as people know it; the last part of `file` where it is not given. */
  name?: string
  /** Where refused rows go; null for the office's own folder. */
  refused: string | null
  by: string
  now: Date
  /** 'whole' takes nothing where a row is refused, 'part' (the default) takes the good rows, 'none' only looks. */
  take?: Take
  /** Sheets of a workbook, `ALL_SHEETS` for every one that suits; without it the only one that does. */
  sheet?: SheetChoice
  /** Row of the headings; without it they are looked for. */
  header?: number | null
  /** Whose file it is: its headings are mapped as they were before, and remembered. */
  sender?: string | null
  /** Code of the township whose rows alone are taken. */
  within?: string | null
  progress?: (progress: ImportProgress) => void
}

/** Settled options with everything that a try at an import needs. */
interface Try extends ImportOptions {
  run: number
  choices: Choices
  name: string
  meter: Meter
  remembered: ReadonlyMap<string, string>
}

/** Takes a file. Errors: E-INPUT when it can't be read as a whole; then nothing is changed but the list of tries. */
export async function importFile(office: Office, options: ImportOptions): Promise<ImportReport> {
  checkOptions(options)
  const books = await office.books()
  const choices = choicesOf(options)
  const name = shownName(options.name ?? basename(options.file))
  const path = resolve(options.file)
  const run = await startRun(books, { table: options.table, file: name, path, choices, by: options.by }, options.now)
  const remembered =
    choices.sender === null ? new Map<string, string>() : await rememberedHeadings(books, choices.sender, options.table)
  try {
    return await tryImport(office, { ...options, run, choices, name, meter: new Meter(options.progress), remembered })
  } catch (error) {
    await endRun(books, run, { state: 'failed', message: wordsOf(error), now: options.now })
    throw error
  }
}

async function tryImport(office: Office, options: Try): Promise<ImportReport> {
  const { sheet, header } = options.choices
  const file = await openSource({ ...options, sheet, header }, options.meter)
  const books = await office.books()
  try {
    const report = await inTransaction(books, (all) => take(all, office.folder, file, options))
    return { ...report, ms: options.meter.ms }
  } catch (thrown) {
    // Thrown to roll back: the report is good, the rows were not to stay.
    if (!(thrown instanceof NotTaken)) throw thrown
    const state = options.choices.take === 'none' ? 'looked' : 'refused'
    await endRun(books, options.run, { state, report: thrown.report, now: options.now })
    return { ...thrown.report, ms: options.meter.ms }
  }
}

class NotTaken extends Error {
  readonly report: ImportReport
  constructor(report: ImportReport) {
    super('Nothing was taken')
    this.report = report
  }
}

/** The number is given inside the transaction: two imports at once would both ask for the same one. */
async function take(books: Books, folder: string, file: SourceFile, options: Try): Promise<ImportReport> {
  const { table, choices, run, name, by, now } = options
  const id = await nextImport(books)
  // A look has no number of its own: its refused rows may not lie where the next import's will.
  const place = join(folder, 'refused', choices.take === 'part' ? `${id}` : `try-${run}`)
  const refused = new RefusedFile(options.refused ?? `${place}.csv`)
  try {
    const same = sql`SELECT max(id) FROM imports WHERE sha256 = ${file.sha256} AND "table" = ${table} AND undone IS NULL`
    const sameFileAs = (await countOf(books, same)) || null
    const counts = { accepted: 0, refused: 0, duplicates: 0, sample: 0 }
    const { sha256, encoding } = file
    // Its sheets enter their origins themselves.
    await addImport(books, { id, table, file: name, sha256, encoding, ...counts, by, now, origin: null })
    const sheets = await takeAll(books, id, file, refused, options)
    requireRows(sheets)
    const clean = sheets.every((sheet) => sheet.refused === 0)
    const kept = choices.take === 'part' || (choices.take === 'whole' && clean)
    const report = reportOf(file, sheets, { id: kept ? id : 0, run, table, name, sameFileAs })
    report.refusedFile = refused.close(options.refused !== null) ? refused.path : null
    // Before the rows count: an import that stands has its files, whenever the power goes.
    if (!clean && sheets.some(({ source }) => source.opened.found !== null)) {
      report.refusedWorkbook = `${place}.xlsx`
      await writeRefusedWorkbook(report.refusedWorkbook, bookOf(report, sheets, refused))
    }
    if (!kept) throw new NotTaken(report)
    await finishImport(books, report, options)
    return report
  } catch (error) {
    refused.discard()
    throw error
  }
}

/** An import of nothing would look like one that went well. Errors: E-INPUT. */
function requireRows(sheets: readonly SheetTaken[]): void {
  if (sheets.some(({ accepted, refused, duplicates }) => accepted + refused + duplicates > 0)) return
  const headings = [...new Set(sheets.flatMap(({ source }) => source.opened.headings))]
  throw new FileError(reasonOf('rows-missing', { list: headings.join('、') }))
}

async function takeAll(books: Books, id: number, file: SourceFile, refused: RefusedFile, options: Try) {
  const { table, name, by, now, meter, map, set, remembered, choices } = options
  return takeSheets({
    books,
    gazetteer: await Gazetteer.open(books),
    table,
    file,
    origin: { file: name, by, day: now.toISOString().slice(0, 10), import: id },
    mapping: { map, set, remembered },
    writer: await RowWriter.open(books, table, id),
    refused,
    within: choices.within,
    now,
    meter,
  })
}

function bookOf(report: ImportReport, sheets: readonly SheetTaken[], refused: RefusedFile): RefusedBook {
  return {
    source: report.sheet === '' ? report.file : `${report.file} [${report.sheet}]`,
    sheets: [...refused.sections].map(([sheet, headings]) => ({
      sheet,
      headings,
      unit: report.sheets.find((one) => sheet === '' || one.sheet === sheet)?.unit ?? null,
      rows: refused.rows.filter((row) => row.sheet === sheet),
    })),
    refused: report.refused,
    constants: sheets[0]?.mapping.constants ?? [],
  }
}

async function finishImport(books: Books, report: ImportReport, options: Try): Promise<void> {
  const { sender } = options.choices
  const { accepted, refused, duplicates, refusedFile } = report
  const counts = { accepted, refused, duplicates, refusedFile }
  await books.updateTable('imports').set(counts).where('id', '=', report.import).execute()
  if (sender !== null) {
    const { table, by, now } = options
    await rememberHeadings(books, { name: sender, table, by, now }, options.map)
  }
  // A ledger that was taken back and comes again finds the pictures of its vouchers.
  if (options.table === 'ledger' || options.table === 'projects') await rehang(books)
  await endRun(books, options.run, { state: 'taken', import: report.import, report, now: options.now })
}

function choicesOf(options: ImportOptions): Choices {
  return {
    map: [...options.map],
    set: [...options.set],
    sheet: options.sheet ?? null,
    header: options.header ?? null,
    sender: options.sender ?? null,
    take: options.take ?? 'part',
    refused: options.refused,
    within: options.within ?? null,
  }
}

/** Errors: E-INPUT for a place of refused rows that is the file itself, E-FORBIDDEN for a table that isn't a township's. */
function checkOptions(options: ImportOptions): void {
  if (options.refused !== null && resolve(options.refused) === resolve(options.file))
    throw new SunhallError('E-INPUT', `Expected --refused FILE beside the imported file, got the file itself`)
  const local = fieldsOf(options.table).some(([name]) => name === 'village') || options.table === 'notices'
  if (options.within && !local)
    throw new FileError(reasonOf('not-a-townships-table', { table: TABLES[options.table].zh, name: options.table }), {
      code: 'E-FORBIDDEN',
    })
}

/** A name for lists and screens: without a path, controls, signs that turn text around, or more length than a list has. */
export function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const shown = last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 120)
    .trim()
  return shown === '' ? '未命名' : shown
}
