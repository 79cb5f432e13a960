// Imports one file into one table: in a stream, in constant memory, whole, in part by choice, or not at all.
//
//   file ─► source (open-source.ts) ─► records ─► take-records.ts ─► books
//                                                      └─► refused rows: CSV, and a workbook to mend
import { basename, join, resolve } from 'node:path'
import { reasonOf } from '../../contract/console/reasons.ts'
import { SunhallError } from '../../contract/errors.ts'
import { countOf, inLongTransaction } from '../database/database.ts'
import { fieldsOf, TABLES } from '../fields/tables.ts'
import type { Office } from '../office.ts'
import type { TableName } from '../tables.ts'
import { FileError, wordsOf } from './file-error.ts'
import type { MappingOptions } from './mapping.ts'
import { openSource, type Source } from './open-source.ts'
import { type ImportProgress, Meter } from './progress.ts'
import { RefusedFile } from './refused.ts'
import { writeRefusedWorkbook } from './refused-workbook.ts'
import type { ImportReport } from './report.ts'
import { type Choices, endRun, startRun, type Take } from './runs.ts'
import { rememberedHeadings, rememberHeadings } from './senders.ts'
import { type Taken, takeRecords } from './take-records.ts'
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
  /** Sheet of a workbook; without it the only one that suits. */
  sheet?: string | null
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
  const { database } = office
  checkOptions(options)
  const choices = choicesOf(options)
  const name = shownName(options.name ?? basename(options.file))
  const path = resolve(options.file)
  const run = startRun(database, { table: options.table, file: name, path, choices, by: options.by }, options.now)
  const remembered =
    choices.sender === null ? new Map<string, string>() : rememberedHeadings(database, choices.sender, options.table)
  try {
    return await tryImport(office, { ...options, run, choices, name, meter: new Meter(options.progress), remembered })
  } catch (error) {
    endRun(database, run, { state: 'failed', message: wordsOf(error), now: options.now })
    throw error
  }
}

async function tryImport(office: Office, options: Try): Promise<ImportReport> {
  const { sheet, header } = options.choices
  const source = await openSource({ ...options, sheet, header }, options.meter)
  const mapping: MappingOptions = { map: options.map, set: options.set, remembered: options.remembered }
  if (source.opened.found?.unit) mapping.unit = source.opened.found.unit
  let outcome: Outcome
  try {
    outcome = await inLongTransaction(office.database, () => take(office, source, mapping, options))
  } catch (thrown) {
    // Thrown to roll back: the report is good, the rows were not to stay.
    if (!(thrown instanceof NotTaken)) throw thrown
    outcome = thrown.outcome
    const state = options.choices.take === 'none' ? 'looked' : 'refused'
    endRun(office.database, options.run, { state, report: outcome.report, now: options.now })
  }
  const { report, refused } = outcome
  if (report.refusedWorkbook !== null)
    await writeRefusedWorkbook(report.refusedWorkbook, {
      source: report.sheet === '' ? report.file : `${report.file} [${report.sheet}]`,
      headings: source.opened.refusedHeadings,
      unit: report.unit,
      rows: refused.rows,
      refused: report.refused,
      constants: outcome.taken.mapping.constants,
    })
  return { ...report, ms: options.meter.ms }
}

interface Outcome {
  report: ImportReport
  taken: Taken
  refused: RefusedFile
}
class NotTaken extends Error {
  readonly outcome: Outcome
  constructor(outcome: Outcome) {
    super('Nothing was taken')
    this.outcome = outcome
  }
}

/** The number is given inside the transaction: two imports at once would both ask for the same one. */
async function take(office: Office, source: Source, mapping: MappingOptions, options: Try): Promise<Outcome> {
  const { database } = office
  const { table, choices, run, now, meter } = options
  const id = countOf(database, 'SELECT max(id) FROM imports') + 1
  // A look has no number of its own: its refused rows may not lie where the next import's will.
  const place = join(office.folder, 'refused', choices.take === 'part' ? `${id}` : `try-${run}`)
  const refused = new RefusedFile(options.refused ?? `${place}.csv`, source.opened.refusedHeadings)
  try {
    const same = 'SELECT max(id) FROM imports WHERE sha256 = ? AND "table" = ? AND undone IS NULL'
    const sameFileAs = countOf(database, same, source.sha256, table) || null
    addImport(office, id, source, options)
    const writer = new RowWriter(database, table, id)
    const within = choices.within
    const taken = await takeRecords({
      database,
      table,
      importId: id,
      source,
      mapping,
      writer,
      refused,
      within,
      now,
      meter,
    })
    const kept = choices.take === 'part' || (choices.take === 'whole' && taken.refused === 0)
    const report = reportOf(source, taken, { ...options, id: kept ? id : 0, sameFileAs })
    report.refusedFile = refused.close(options.refused !== null) ? refused.path : null
    const book = taken.refused > 0 && source.opened.found !== null
    report.refusedWorkbook = book ? `${place}.xlsx` : null
    if (!kept) throw new NotTaken({ report, taken, refused })
    finishImport(office, report, options)
    return { report, taken, refused }
  } catch (error) {
    refused.discard()
    throw error
  }
}

function addImport(office: Office, id: number, source: Source, options: Try): void {
  const { table, name, by, now } = options
  office.database
    .prepare(
      `INSERT INTO imports (id, "table", file, sha256, encoding, accepted, refused, duplicates, at, by, sample)
       VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, ?, 0)`,
    )
    .run(id, table, name, source.sha256, source.encoding, now.toISOString(), by)
  const file = source.sheet === '' ? name : `${name} [${source.sheet}]`
  office.database
    .prepare(`INSERT INTO origins VALUES (?, ?, ?, ?, ?, ?, '', NULL, 0)`)
    .run(id, id, table, file, by, now.toISOString().slice(0, 10))
}

function finishImport({ database }: Office, report: ImportReport, options: Try): void {
  const { sender } = options.choices
  database
    .prepare('UPDATE imports SET accepted = ?, refused = ?, duplicates = ?, refusedFile = ? WHERE id = ?')
    .run(report.accepted, report.refused, report.duplicates, report.refusedFile, report.import)
  if (sender !== null)
    rememberHeadings(database, { name: sender, table: options.table, by: options.by, now: options.now }, options.map)
  endRun(database, options.run, { state: 'taken', import: report.import, report, now: options.now })
}

function reportOf(source: Source, taken: Taken, more: Try & { id: number; sameFileAs: number | null }): ImportReport {
  const { mapping, accepted, refused, duplicates, skipped, refusedCells, skippedLines, totals } = taken
  const { found } = source.opened
  return {
    import: more.id,
    run: more.run,
    table: more.table,
    file: more.name,
    encoding: source.encoding,
    taken: more.id > 0,
    accepted,
    refused,
    duplicates,
    skipped,
    ignored: [...mapping.ignored],
    refusedFile: null,
    refusedWorkbook: null,
    sameFileAs: more.sameFileAs,
    sheet: source.sheet,
    headingRows: found?.lines.map(({ row }) => row) ?? [],
    titles: [...(found?.titles ?? [])],
    unit: found?.unit ?? null,
    headings: mapping.columns.map(({ heading, field, how }) => ({ heading, field, how })),
    refusedCells,
    skippedLines,
    totals,
    warnings: source.warnings,
    ms: 0,
  }
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
