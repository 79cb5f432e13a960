// Writes one column in the shortest of its forms (docs/format.md, "Columns"): the choice is by length of the text, the
// first in the order of `scalarForm` wins a tie, so that equal rows give equal bytes.
import { SunhallError } from '../contract/errors.ts'
import { canonicalJson } from './canonical.ts'
import { type Cell, type Coded, codeCells } from './coded.ts'
import { type Column, rejects } from './column-values.ts'
import {
  basicForms,
  byFormula,
  byGroup,
  dictionary,
  differences,
  type Form,
  inner,
  numbered,
  shortest,
} from './forms.ts'
import { guesser } from './guess.ts'

/** A column already written: what `by`, `like` and `product` refer to. */
export interface Written {
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
  requireFitting(name, column, values)
  if (values.length === 0) return '["p",[]]'
  const coded = codeCells(cellsOf(column, values), isScalar(column) ? scalarText : String)
  written.set(name, { values, coded })
  return formOf(column, values, coded, written).write()
}

function formOf(
  column: Column<unknown>,
  values: readonly unknown[],
  coded: Coded,
  written: Map<string, Written>,
): Form {
  if (column.type === 'texts' && coded.values.length > 1) {
    return shortest([inner(coded), lists(values as string[][])]) ?? inner(coded)
  }
  if (!isScalar(column) || coded.values.length === 1) return inner(coded)
  return scalarForm(column, values, coded, written)
}

function scalarForm(
  column: Column<unknown>,
  values: readonly unknown[],
  coded: Coded,
  written: ReadonlyMap<string, Written>,
): Form {
  const forms: (Form | null)[] = basicForms(coded)
  if (column.type === 'integer' && !column.nullable) forms.push(differences(values as readonly number[]))
  else if (column.type !== 'flag') forms.push(dictionary(coded))
  const keys = written.get(column.by ?? '')
  if (keys !== undefined) forms.push(byGroup(coded, keys.coded))
  const guess = guesser(column, (earlier) => written.get(earlier)?.values)
  if (guess !== null) forms.push(byFormula(coded, guess))
  if (column.type === 'text' && !column.nullable) forms.push(numbered(coded))
  return shortest(forms) ?? inner(coded)
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

function requireFitting(name: string, column: Column<unknown>, values: readonly unknown[]): void {
  let last: unknown
  for (const value of values) {
    // Most columns repeat the value above, which has been looked at.
    if (value === last && last !== undefined) continue
    last = value
    const reason = rejects(column, value)
    if (reason === null) continue
    const shown = String(JSON.stringify(value)).slice(0, 60)
    throw new SunhallError('E-FORMAT', `Expected ${reason} in column ${name}, got ${shown}`)
  }
}
