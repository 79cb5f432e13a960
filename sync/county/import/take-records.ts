// Takes the records of one file, one after the other: each ends as accepted, refused, duplicate or skipped, never as two of them.
//
//   record ─► a row? ─► duplicate? ─► read ─► write
//               │            │          └─► refused, cell by cell
//               │            └─► counted
//               └─► skipped: 合计, signatures, headings once more

import type { Reason } from '../../contract/console/reasons.ts'
import { fromInert } from '../csv.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import type { TableName } from '../tables.ts'
import type { RowSet } from './duplicates.ts'
import { fileError } from './file-error.ts'
import { columnLetters, cutNumber } from './grid.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { type LineReader, lineReader } from './lines.ts'
import { type Mapping, type MappingOptions, mapHeadings, requireFields, unusedMaps } from './mapping.ts'
import type { Source } from './open-source.ts'
import type { Meter } from './progress.ts'
import { type CellRefusal, type RowReader, rowReader } from './read-row.ts'
import type { TextRecord } from './records.ts'
import type { RefusedFile } from './refused.ts'
import type { RefusedCell, SkippedLine } from './report.ts'
import { Totals } from './totals.ts'
import { reasonWithoutNumbers, withoutNumbers } from './without-numbers.ts'
import type { RowWriter } from './write-row.ts'

export interface TakeParts {
  gazetteer: Gazetteer
  table: TableName
  source: Source
  /** Row of `origins` that the rows come from: one for each sheet. */
  origin: number
  mapping: MappingOptions
  /** Rows of the file so far. `sameRows` tells apart what only the sheet tells apart. */
  seen: RowSet
  sameRows: string
  /** One of several sheets: a mapped heading may stand in another. */
  several: boolean
  writer: RowWriter
  refused: RefusedFile
  within: string | null
  now: Date
  meter: Meter
}
export interface Taken {
  accepted: number
  refused: number
  duplicates: number
  skipped: number
  mapping: Mapping
  refusedCells: RefusedCell[]
  skippedLines: SkippedLine[]
  totals: Totals['lines']
}

/** Errors: E-INPUT for headings that don't suit, or whatever breaks off the reading of the file. */
export async function takeRecords(parts: TakeParts): Promise<Taken> {
  const taker = new Taker(parts)
  for await (const record of parts.source.opened.records) {
    parts.meter.row()
    await taker.take(record)
  }
  return taker.finish()
}

interface Tools {
  mapping: Mapping
  read: RowReader
  kindOf: LineReader | null
  totals: Totals
}

class Taker {
  readonly #parts: TakeParts
  readonly #counts = { accepted: 0, refused: 0, duplicates: 0, skipped: 0 }
  readonly #refusedCells: RefusedCell[] = []
  readonly #skippedLines: SkippedLine[] = []
  #known = -1
  #tools: Tools | null = null

  constructor(parts: TakeParts) {
    this.#parts = parts
  }

  async take(record: TextRecord): Promise<void> {
    const { mapping, read, kindOf, totals } = this.#toolsFor()
    const cells = mapping.rowAt === null ? record.cells : record.cells.map(fromInert)
    const kind = kindOf === null ? 'row' : kindOf(cells)
    if (kind !== 'row') {
      if (kind === 'total' || kind === 'subtotal') totals.line(record.row, kind === 'total' ? 'whole' : 'part', cells)
      this.#skip(record, kind)
      return
    }
    const text = record.fault === null ? mappedText(mapping, cells) : JSON.stringify(cells)
    if (this.#parts.seen.addIsRepeat(this.#parts.sameRows + text)) {
      this.#counts.duplicates += 1
      totals.left('duplicates')
      return
    }
    const reading =
      record.fault === null ? read(cells, record.marks) : { ok: false as const, cells: wholeRow(record.fault) }
    const row = originalRow(mapping, record)
    if (!reading.ok) {
      totals.left('refused')
      this.#refuse(row, record, reading.cells)
      return
    }
    await this.#parts.writer.write(reading.value, this.#parts.origin, row)
    totals.accepted(reading.value)
    this.#counts.accepted += 1
  }

  async finish(): Promise<Taken> {
    const { source, table, mapping: options, writer, several } = this.#parts
    const { headings } = source.opened
    const { mapping, totals } = this.#toolsFor()
    requireFields(table, headings, mapping)
    const unused = several ? [] : unusedMaps(headings, options)
    if (unused.length > 0) throw fileError('maps-unused', { list: unused.join('、'), headings: headings.join('、') })
    await writer.finish()
    const lists = { refusedCells: this.#refusedCells, skippedLines: this.#skippedLines, totals: totals.lines }
    return { ...this.#counts, mapping, ...lists }
  }

  /** JSON lines may bring a new name on any line: the mapping is made anew, and refuses what it doesn't know. */
  #toolsFor(): Tools {
    const { source, table, mapping: options, gazetteer, within, now } = this.#parts
    const { headings, found } = source.opened
    if (this.#tools !== null && headings.length === this.#known) return this.#tools
    const mapping = mapHeadings(table, headings, options)
    const read = rowReader(table, mapping, gazetteer, { now, within, calendar: source.calendar })
    const totals = this.#tools?.totals ?? new Totals(mapping)
    this.#known = headings.length
    this.#tools = { mapping, read, kindOf: found === null ? null : lineReader(table, mapping, found), totals }
    return this.#tools
  }

  #skip(record: TextRecord, kind: SkippedLine['kind']): void {
    this.#counts.skipped += 1
    if (this.#skippedLines.length >= IMPORT_LIMITS.listedLines) return
    const said = record.cells.filter((cell) => cell.trim() !== '')
    const text = said.map(withoutNumbers).join(' ')
    this.#skippedLines.push({ sheet: this.#parts.source.sheet, row: record.row, kind, text: text.slice(0, 200) })
  }

  #refuse(row: number, record: TextRecord, wrong: readonly CellRefusal[]): void {
    this.#counts.refused += 1
    this.#parts.refused.add(row, record, wrong)
    for (const { at, reason } of wrong) {
      if (this.#refusedCells.length >= IMPORT_LIMITS.listedCells) return
      this.#refusedCells.push({
        sheet: this.#parts.source.sheet,
        row,
        column: at === null ? '' : columnLetters(at),
        heading: at === null ? '' : (this.#parts.source.opened.headings[at] ?? ''),
        value: at === null ? '' : this.#shownValue(at, record.cells[at] ?? ''),
        reason: reasonWithoutNumbers(reason),
      })
    }
  }

  /** Lists go to logs and screens: of a person's numbers they show what tells a rounded one, no more. */
  #shownValue(at: number, cell: string): string {
    const office = this.#tools?.mapping.columns.find((column) => column.at === at)?.spec.office === true
    return (office ? cutNumber(cell) : withoutNumbers(cell)).slice(0, 200)
  }
}

function wholeRow(reason: Reason): CellRefusal[] {
  return [{ at: null, reason }]
}

/** A mended row goes on counting by the file that it was refused from (P8). */
function originalRow(mapping: Mapping, record: TextRecord): number {
  const text = mapping.rowAt === null ? '' : (record.cells[mapping.rowAt] ?? '').trim()
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : record.row
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
