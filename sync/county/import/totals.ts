// The 合计 and 小计 lines of a file, kept beside the sums of the rows above them, so that the two can be compared.
import { readMoney } from '../readers/number.ts'
import { columnLetters } from './grid.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { Column, Mapping } from './mapping.ts'
import type { Row } from './read-row.ts'
import { withoutNumbers } from './without-numbers.ts'

export interface TotalFigure {
  field: string
  heading: string
  column: string
  /** What the file says, as text. */
  text: string
  /** The same in fen; null where it can't be read. */
  said: number | null
  /** Sum of the accepted rows that the line adds up, in fen. */
  summed: number
}
export interface TotalLine {
  row: number
  /** 'whole' for 合计: all rows above; 'part' for 小计: the rows since the last such line. */
  scope: 'whole' | 'part'
  label: string
  figures: TotalFigure[]
  /** Rows above that the sums lack: a difference may be theirs. */
  refused: number
  duplicates: number
}

export class Totals {
  readonly lines: TotalLine[] = []
  readonly #columns: readonly Column[]
  #whole: Scope
  #part: Scope

  constructor(mapping: Mapping) {
    this.#columns = mapping.columns.filter(({ spec }) => spec.type === 'money')
    this.#whole = emptyScope(this.#columns.length)
    this.#part = emptyScope(this.#columns.length)
  }

  accepted(row: Row): void {
    for (let at = 0; at < this.#columns.length; at += 1) {
      const value = row[this.#columns[at]?.field ?? '']
      if (typeof value !== 'number') continue
      this.#whole.sums[at] = (this.#whole.sums[at] ?? 0) + value
      this.#part.sums[at] = (this.#part.sums[at] ?? 0) + value
    }
  }

  left(fate: 'refused' | 'duplicates'): void {
    this.#whole[fate] += 1
    this.#part[fate] += 1
  }

  line(row: number, scope: TotalLine['scope'], cells: readonly string[]): void {
    const { sums, refused, duplicates } = scope === 'whole' ? this.#whole : this.#part
    const label = withoutNumbers(cells.find((cell) => cell.includes('计'))?.trim() ?? '')
    const figures = this.#columns.flatMap(({ field, heading, at, unit }, index) => {
      const text = (cells[at] ?? '').trim()
      if (text === '') return []
      const said = readMoney(text, unit)
      return [
        {
          field,
          heading,
          column: columnLetters(at),
          text: withoutNumbers(text),
          said: said.ok ? said.value : null,
          summed: sums[index] ?? 0,
        },
      ]
    })
    if (this.lines.length < IMPORT_LIMITS.listedLines)
      this.lines.push({ row, scope, label, figures, refused, duplicates })
    if (scope === 'part') this.#part = emptyScope(this.#columns.length)
  }
}

interface Scope {
  sums: number[]
  refused: number
  duplicates: number
}

function emptyScope(columns: number): Scope {
  return { sums: new Array(columns).fill(0), refused: 0, duplicates: 0 }
}
