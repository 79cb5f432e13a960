// Writes one column in the shortest of its forms (docs/format.md, "Columns"): the choice is by length of the text, the
// first in the order of `scalarForms` wins a tie, so that equal rows give equal bytes.
import { SunhallError } from '../contract/errors.ts'
import { canonicalJson } from './canonical.ts'
import { type Cell, type Coded, codeCells } from './coded.ts'
import { type Column, rejects } from './column-values.ts'
import { exceptionsOnly } from './exceptions.ts'
import {
  byDefault,
  byFormula,
  byGroup,
  dictionary,
  differences,
  type Form,
  inner,
  type Maker,
  numbered,
  runs,
  shortest,
} from './forms.ts'
import { guesser } from './guess.ts'

/** A column already written: what `by`, `like` and `product` refer to. */
export interface Written {
  /** One a row; may be made only when asked for. */
  readonly values: readonly unknown[]
  readonly coded: Coded
}

/** Text of a column. Errors: E-FORMAT for a value that the schema doesn't allow. */
export function writeColumn(
  name: string,
  column: Column<unknown>,
  values: readonly unknown[],
  written: Map<string, Written>,
): string {
  const guess = guesser(column, (earlier) => written.get(earlier)?.values)
  const quick = guess === null ? null : exceptionsOnly(column, values, guess)
  const own = quick === null ? { values, coded: codeColumn(name, column, values) } : numberedLater(values)
  written.set(name, own)
  return quick ?? writeCoded(column, own, written)
}

/** A column of plain values that is numbered only if another is told by it. */
export function numberedLater(values: readonly unknown[]): Written {
  return {
    values,
    get coded() {
      return codeCells(values as readonly Cell[], scalarText)
    },
  }
}

/** Values of a column with each distinct one numbered. Errors: E-FORMAT for a value that the schema doesn't allow. */
export function codeColumn(name: string, column: Column<unknown>, values: readonly unknown[]): Coded {
  if (!isScalar(column)) for (const value of values) requireFitting(name, column, value)
  const coded = codeCells(cellsOf(column, values), isScalar(column) ? scalarText : String)
  if (isScalar(column)) for (const value of coded.values) requireFitting(name, column, value)
  return coded
}

/** Text of a column whose values have been looked at. */
export function writeCoded(column: Column<unknown>, own: Written, written: ReadonlyMap<string, Written>): string {
  return own.coded.codes.length === 0 ? '["p",[]]' : formOf(column, own, written).write()
}

function formOf(column: Column<unknown>, own: Written, written: ReadonlyMap<string, Written>): Form {
  const { coded } = own
  if (column.type === 'texts') return shortest(coded, [byDefault, runs, () => lists(own.values as string[][])])
  return isScalar(column) ? shortest(coded, scalarForms(column, written)) : inner(coded)
}

/** Forms that a column may have besides constant and plain, in the order that decides a tie. */
function scalarForms(column: Column<unknown>, written: ReadonlyMap<string, Written>): Maker[] {
  const makers: Maker[] = [byDefault, runs]
  if (column.type === 'integer' && !column.nullable) makers.push(differences)
  else if (column.type !== 'flag') makers.push(dictionary)
  const keys = written.get(column.by ?? '')
  if (keys !== undefined) makers.push(byGroup(keys.coded))
  const guess = guesser(column, (earlier) => written.get(earlier)?.values)
  if (guess !== null) makers.push(byFormula(guess))
  if (column.type === 'text' && !column.nullable) makers.push(numbered)
  return makers
}

/** Lists of texts over one dictionary. */
function lists(values: readonly (readonly string[])[]): Form {
  const places = new Map<string, number>()
  const indexes = values.map((list) => list.map((text) => places.get(text) ?? places.set(text, places.size).size - 1))
  const words = [...places.keys()].map((word) => JSON.stringify(word))
  const text = `["l",[${words}],[${indexes.map((list) => `[${list}]`)}]]`
  return { length: text.length, write: () => text }
}

function cellsOf(column: Column<unknown>, values: readonly unknown[]): readonly Cell[] {
  if (column.type === 'ascending') return values.map(gapText)
  return isScalar(column) ? (values as readonly Cell[]) : values.map(canonicalJson)
}

function isScalar({ type }: Column<unknown>): boolean {
  return type !== 'json' && type !== 'texts' && type !== 'ascending'
}

function scalarText(cell: Cell): string {
  return typeof cell === 'number' ? String(cell) : JSON.stringify(cell)
}

function gapText(value: unknown): string {
  const list = value as readonly number[]
  return `[${list.map((number, at) => (at === 0 ? number : number - (list[at - 1] ?? 0)))}]`
}

function requireFitting(name: string, column: Column<unknown>, value: unknown): void {
  const reason = rejects(column, value)
  if (reason === null) return
  const shown = String(JSON.stringify(value)).slice(0, 60)
  throw new SunhallError('E-FORMAT', `Expected ${reason} in column ${name}, got ${shown}`)
}
