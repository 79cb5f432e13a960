// Writes the rows that couldn't be taken, each with its number and reason, as a CSV that a spreadsheet opens. It is
// written aside and moved into place when the import stands: what lay there before is never half overwritten.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { BOM, csvLine, inert } from '../csv.ts'
import { asideOf, sweepAsides } from './leftovers.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { ORIGINAL_ROW, REFUSED_WHY } from './mapping.ts'
import { type CellRefusal, sayRefusal } from './read-row.ts'
import type { TextRecord } from './records.ts'

const BUFFER_CHARACTERS = 1 << 16

/** A refused row as the workbook of refused cells shows it. */
export interface RefusedRow {
  row: number
  cells: readonly string[]
  wrong: readonly CellRefusal[]
}

export class RefusedFile {
  readonly path: string
  /** The first rows, for the workbook. */
  readonly rows: RefusedRow[] = []
  readonly #headings: readonly string[]
  #descriptor: number | null = null
  #pending = ''

  constructor(path: string, headings: readonly string[]) {
    this.path = path
    // Left behind where an import was killed: nobody asked for it, and it holds people's rows.
    sweepAsides(path)
    this.#headings = headings
  }

  add(row: number, record: TextRecord, wrong: readonly CellRefusal[]): void {
    if (this.#descriptor === null) this.#open()
    const cells = record.shown.map((cell) => (cell.length > 1000 ? `${cell.slice(0, 1000)}…` : cell))
    const reason = wrong.map(sayRefusal).join('。')
    this.#pending += csvLine([String(row), reason, ...cells.map(inert)])
    if (this.rows.length < IMPORT_LIMITS.workbookRows) this.rows.push({ row, cells, wrong })
    if (this.#pending.length > BUFFER_CHARACTERS) this.#flush()
  }

  /** True when there was anything to write, or the file is wanted even without a row. */
  close(always: boolean): boolean {
    if (this.#descriptor === null && always) this.#open()
    if (this.#descriptor === null) return false
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
    this.#pending = BOM + csvLine([ORIGINAL_ROW, REFUSED_WHY, ...this.#headings])
  }

  #flush(): void {
    if (this.#descriptor !== null) writeSync(this.#descriptor, this.#pending)
    this.#pending = ''
  }
}
