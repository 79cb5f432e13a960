// Writes the rows that couldn't be taken, each with its number and reason, as a CSV that a spreadsheet opens. It is
// written aside and moved into place when the import stands: what lay there before is never half overwritten.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { BOM, csvLine, inert } from '../csv.ts'
import { asideOf, sweepAsides } from './leftovers.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { ORIGINAL_ROW, REFUSED_SHEET, REFUSED_WHY } from './mapping.ts'
import { type CellRefusal, sayRefusal } from './read-row.ts'
import type { TextRecord } from './records.ts'

const BUFFER_CHARACTERS = 1 << 16

/** A refused row as the workbook of refused cells shows it. */
export interface RefusedRow {
  /** '' where the file has no sheets, or one alone was taken. */
  sheet: string
  row: number
  cells: readonly string[]
  wrong: readonly CellRefusal[]
}

export class RefusedFile {
  readonly path: string
  /** The first rows, for the workbook. */
  readonly rows: RefusedRow[] = []
  /** Headings of each sheet that was begun, '' for the only one. */
  readonly sections = new Map<string, readonly string[]>()
  #sheet = ''
  #headed = ''
  #descriptor: number | null = null
  #pending = ''

  constructor(path: string) {
    this.path = path
    // Left behind where an import was killed: nobody asked for it, and it holds people's rows.
    sweepAsides(path)
  }

  /** From here on rows are of this sheet: it has headings of its own. */
  section(sheet: string, headings: readonly string[]): void {
    this.#sheet = sheet
    this.sections.set(sheet, headings)
  }

  add(row: number, record: TextRecord, wrong: readonly CellRefusal[]): void {
    if (this.#descriptor === null) this.#open()
    this.#head()
    const cells = record.shown.map((cell) => (cell.length > 1000 ? `${cell.slice(0, 1000)}…` : cell))
    const reason = wrong.map(sayRefusal).join('。')
    this.#pending += csvLine([String(row), reason, ...this.#sheetCell(this.#sheet), ...cells.map(inert)])
    if (this.rows.length < IMPORT_LIMITS.workbookRows) this.rows.push({ sheet: this.#sheet, row, cells, wrong })
    if (this.#pending.length > BUFFER_CHARACTERS) this.#flush()
  }

  /** True when there was anything to write, or the file is wanted even without a row. */
  close(always: boolean): boolean {
    if (this.#descriptor === null && always) this.#open()
    if (this.#descriptor === null) return false
    this.#head()
    this.#flush()
    fsyncSync(this.#descriptor)
    closeSync(this.#descriptor)
    this.#descriptor = null
    renameSync(this.#aside, this.path)
    return true
  }

  discard(): void {
    if (this.#descriptor === null) return
    closeSync(this.#descriptor)
    this.#descriptor = null
    rmSync(this.#aside, { force: true })
  }

  get #aside(): string {
    return asideOf(this.path)
  }

  #open(): void {
    mkdirSync(dirname(this.path), { recursive: true })
    this.#descriptor = openSync(this.#aside, 'w')
    this.#pending = BOM
    this.#headed = ''
  }

  /** A heading line wherever the columns are others than above. */
  #head(): void {
    const line = csvLine([
      ORIGINAL_ROW,
      REFUSED_WHY,
      ...this.#sheetCell(REFUSED_SHEET),
      ...(this.sections.get(this.#sheet) ?? []),
    ])
    if (line === this.#headed) return
    this.#headed = line
    this.#pending += line
  }

  #sheetCell(text: string): string[] {
    return this.#sheet === '' ? [] : [text]
  }

  #flush(): void {
    if (this.#descriptor !== null) writeSync(this.#descriptor, this.#pending)
    this.#pending = ''
  }
}
