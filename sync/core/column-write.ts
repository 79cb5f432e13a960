// Writes one column in the shortest of its forms (docs/format.md, "Columns"): the choice is by length of the text, the
// earlier letter of FORMS wins a tie, so that equal rows give equal bytes.
import { SunhallError } from '../contract/errors.ts'
import { canonicalJson } from './canonical.ts'
import { type Column, rejects } from './column-values.ts'

/** Columns already written, by name: what `by`, `like` and `product` refer to. */
export type Written = ReadonlyMap<string, readonly unknown[]>

/** Plain value of a column for comparison: lists and objects by their canonical text, everything else as it is. */
type Cell = string | number | boolean | null
type Emit = (cell: Cell) => string

const plainEmit: Emit = (cell) => JSON.stringify(cell)
const textEmit: Emit = (cell) => String(cell)

/** Text of a column. Errors: E-FORMAT for a value that the schema doesn't allow. */
export function writeColumn(
  name: string,
  column: Column<unknown>,
  values: readonly unknown[],
  written: Written,
): string {
  for (const value of values) {
    const reason = rejects(column, value)
    if (reason !== null) throw new SunhallError('E-FORMAT', `Expected ${reason} in column ${name}, got ${shown(value)}`)
  }
  if (column.type === 'ascending') return writeCells(values.map(gapText), textEmit)
  if (column.type === 'texts')
    return shortest([writeCells(values.map(canonicalJson), textEmit), writeLists(values as string[][])])
  if (column.type === 'json') return writeCells(values.map(canonicalJson), textEmit)
  return writeScalars(column, values as readonly Cell[], written)
}

function writeScalars(column: Column<unknown>, cells: readonly Cell[], written: Written): string {
  const first = cells[0]
  if (first === undefined) return '["p",[]]'
  if (cells.every((cell) => cell === first)) return `["c",${plainEmit(first)}]`
  const forms = [plain(cells, plainEmit), byDefault(cells, plainEmit), runs(cells, plainEmit)]
  if (column.type === 'integer' && !column.nullable) forms.push(differences(cells as readonly number[]))
  else if (column.type !== 'flag') forms.push(dictionary(cells))
  if (column.by !== undefined) forms.push(byGroup(cells, column.by, written))
  const guess = guesser(column, written)
  if (guess !== null) forms.push(`["f"${exceptions(cells, guess, plainEmit)}]`)
  if (column.type === 'text' && !column.nullable) forms.push(numbered(cells as readonly string[]))
  return shortest(forms)
}

/** Forms open to any value: constant, plain, default, runs. */
function writeCells(cells: readonly Cell[], emit: Emit): string {
  const first = cells[0]
  if (first === undefined) return '["p",[]]'
  if (cells.every((cell) => cell === first)) return `["c",${emit(first)}]`
  return shortest([plain(cells, emit), byDefault(cells, emit), runs(cells, emit)])
}

/** Whole numbers inside another form. */
function inner(numbers: readonly number[]): string {
  return writeCells(numbers, plainEmit)
}

function shortest(forms: readonly string[]): string {
  return forms.reduce((best, form) => (form !== '' && form.length < best.length ? form : best))
}

function plain(cells: readonly Cell[], emit: Emit): string {
  return `["p",[${cells.map(emit).join(',')}]]`
}

function byDefault(cells: readonly Cell[], emit: Emit): string {
  const most = mostFrequent(cells)
  return `["x",${emit(most)}${exceptions(cells, () => most, emit)}]`
}

function runs(cells: readonly Cell[], emit: Emit): string {
  const values: string[] = []
  const lengths: number[] = []
  let start = 0
  for (let at = 1; at <= cells.length; at++) {
    if (at < cells.length && cells[at] === cells[start]) continue
    values.push(emit(cells[start] ?? null))
    lengths.push(at - start)
    start = at
  }
  return `["r",[${values.join(',')}],[${lengths.join(',')}]]`
}

function differences(numbers: readonly number[]): string {
  const steps: number[] = []
  for (let at = 1; at < numbers.length; at++) steps.push((numbers[at] ?? 0) - (numbers[at - 1] ?? 0))
  if (!steps.every(Number.isSafeInteger)) return ''
  return `["d",${numbers[0]},${inner(steps)}]`
}

function dictionary(cells: readonly Cell[]): string {
  const places = new Map<Cell, number>()
  const indexes = cells.map((cell) => {
    const place = places.get(cell) ?? places.size
    places.set(cell, place)
    return place
  })
  if (places.size * 2 > cells.length) return ''
  return `["k",[${[...places.keys()].map(plainEmit).join(',')}],${inner(indexes)}]`
}

function writeLists(lists: readonly (readonly string[])[]): string {
  const places = new Map<string, number>()
  const indexes = lists.map((list) => list.map((text) => places.get(text) ?? places.set(text, places.size).size - 1))
  return `["l",[${[...places.keys()].map(plainEmit).join(',')}],[${indexes.map((list) => `[${list}]`).join(',')}]]`
}

function byGroup(cells: readonly Cell[], by: string, written: Written): string {
  const keys = written.get(by) ?? []
  const groups = new Map<unknown, Cell[]>()
  cells.forEach((cell, at) => {
    const group = groups.get(keys[at])
    if (group === undefined) groups.set(keys[at], [cell])
    else group.push(cell)
  })
  const defaults = new Map([...groups].map(([key, group]) => [key, mostFrequent(group)]))
  const texts = [...defaults.values()].map(plainEmit)
  return `["g",[${texts.join(',')}]${exceptions(cells, (at) => defaults.get(keys[at]), plainEmit)}]`
}

/** Prefix and number: 'JZ-0001', 'JZ-0002' → prefix 'JZ-', width 4, numbers. Width 0: no leading zeros. */
function numbered(cells: readonly string[]): string {
  const prefix = commonPrefix(cells).replace(/[0-9]+$/, '')
  const rests = cells.map((cell) => cell.slice(prefix.length))
  if (!rests.every((rest) => /^[0-9]{1,15}$/.test(rest))) return ''
  const numbers = rests.map(Number)
  const width = numbers.every((number, at) => String(number) === rests[at]) ? 0 : (rests[0]?.length ?? 0)
  if (width > 0 && !rests.every((rest) => rest.length === width)) return ''
  const first = numbers[0]
  const form = numbers.every((number) => number === first)
    ? inner(numbers)
    : shortest([inner(numbers), differences(numbers)])
  return `["s",${plainEmit(prefix)},${width},${form}]`
}

/** `,[gaps],[values]` of the rows where the guess is wrong; a gap counts from the exception before (first: from −1). */
function exceptions(cells: readonly Cell[], guess: (at: number) => unknown, emit: Emit): string {
  const gaps: number[] = []
  const values: string[] = []
  let last = -1
  cells.forEach((cell, at) => {
    if (cell === guess(at)) return
    gaps.push(at - last)
    values.push(emit(cell))
    last = at
  })
  return `,[${gaps.join(',')}],[${values.join(',')}]`
}

/** What a row's value mostly is, from earlier columns; null where the schema has no rule. */
export function guesser(column: Column<unknown>, written: Written): ((at: number) => unknown) | null {
  if (column.like !== undefined) {
    const like = written.get(column.like) ?? []
    return (at) => like[at]
  }
  if (column.product === undefined) return null
  const [left, right] = column.product.map((name) => written.get(name) ?? [])
  return (at) => productOf(left?.[at], right?.[at])
}

/** Fen × thousandths / 1000, rounded half up; null where either is unknown. */
function productOf(left: unknown, right: unknown): number | null {
  if (typeof left !== 'number' || typeof right !== 'number') return null
  const product = Math.round((left * right) / 1000)
  return product === 0 ? 0 : product
}

function mostFrequent(cells: readonly Cell[]): Cell {
  const counts = new Map<Cell, number>()
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  let best: Cell = cells[0] ?? null
  for (const [cell, count] of counts) if (count > (counts.get(best) ?? 0)) best = cell
  return best
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? ''
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1)
  return prefix
}

function gapText(value: unknown): string {
  const list = value as readonly number[]
  return `[${list.map((number, at) => (at === 0 ? number : number - (list[at - 1] ?? 0))).join(',')}]`
}

function shown(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 60)
}
