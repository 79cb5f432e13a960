// Reads one column back out of its form. Nothing is believed: every length, place and value is checked, so that bytes
// that aren't ours end in E-FORMAT and never in a wrong row (P2).
import { SunhallError } from '../contract/errors.ts'
import { type Column, rejects } from './column-values.ts'
import { guesser } from './guess.ts'

/** Columns already read, by name. */
export type ReadColumns = ReadonlyMap<string, readonly unknown[]>

interface Reading {
  name: string
  column: Column<unknown>
  rows: number
  written: ReadColumns
}

const NUMBERS: Column<unknown> = { type: 'integer', nullable: false }

/** Values of a column, one a row; not to be changed, they may be the form's own. Errors: E-FORMAT. */
export function readColumn(
  name: string,
  column: Column<unknown>,
  form: unknown,
  rows: number,
  written: ReadColumns,
): unknown[] {
  const reading = { name, column, rows, written }
  if (column.type === 'ascending')
    return readForm({ ...reading, column: LISTS }, form, ANY).map((gaps) => ascend(reading, gaps))
  if (column.type === 'texts' && letterOf(form) === 'l') return readLists(reading, form as readonly unknown[])
  return readForm(reading, form, column.type === 'json' || column.type === 'texts' ? ANY : ALL)
}

const LISTS: Column<unknown> = { type: 'json', nullable: false, shape: undefined as never }
const ANY = 'cpxr'
const ALL = 'cpxrdkgfs'

function readForm(reading: Reading, form: unknown, allowed: string): unknown[] {
  const letter = letterOf(form)
  if (!Array.isArray(form) || !allowed.includes(letter)) return fail(reading, `a form out of "${allowed}"`)
  const parts: readonly unknown[] = form
  switch (letter) {
    case 'c':
      return sized(reading, parts, 2) && new Array<unknown>(reading.rows).fill(checked(reading, parts[1]))
    case 'p':
      return sized(reading, parts, 2) && readPlain(reading, parts[1])
    case 'x':
      return sized(reading, parts, 4) && readDefault(reading, parts)
    case 'r':
      return sized(reading, parts, 3) && readRuns(reading, parts)
    case 'd':
      return sized(reading, parts, 3) && readDifferences(reading, parts)
    case 'k':
      return sized(reading, parts, 3) && readDictionary(reading, parts)
    case 'g':
      return sized(reading, parts, 4) && readGroups(reading, parts)
    case 'f':
      return sized(reading, parts, 3) && readFormula(reading, parts)
    case 's':
      return sized(reading, parts, 4) && readNumbered(reading, parts)
    default:
      return fail(reading, 'a form with a known letter')
  }
}

function letterOf(form: unknown): string {
  const letter: unknown = Array.isArray(form) ? form[0] : undefined
  return typeof letter === 'string' && letter.length === 1 ? letter : '?'
}

function readPlain(reading: Reading, values: unknown): unknown[] {
  const list = listOf(reading, values)
  if (list.length !== reading.rows) return fail(reading, `${reading.rows} values, not ${list.length}`)
  return checkedAll(reading, list)
}

function readDefault(reading: Reading, parts: readonly unknown[]): unknown[] {
  const most = checked(reading, parts[1])
  return withExceptions(reading, new Array<unknown>(reading.rows).fill(most), parts[2], parts[3])
}

function readRuns(reading: Reading, parts: readonly unknown[]): unknown[] {
  const values = listOf(reading, parts[1])
  const lengths = numbersOf(reading, parts[2], 1)
  if (values.length !== lengths.length) return fail(reading, 'as many runs as lengths')
  if (lengths.reduce((sum, length) => sum + length, 0) !== reading.rows)
    return fail(reading, `${reading.rows} rows in runs`)
  checkedAll(reading, values)
  const made = new Array<unknown>(reading.rows)
  let end = 0
  for (let run = 0; run < values.length; run++) {
    const start = end
    end += lengths[run] as number
    made.fill(values[run], start, end)
  }
  return made
}

function readDifferences(reading: Reading, parts: readonly unknown[]): unknown[] {
  if (reading.column.type !== 'integer' || reading.rows < 1) return fail(reading, 'whole numbers for differences')
  const steps = innerNumbers(reading, parts[2], reading.rows - 1)
  let value = checked({ ...reading, column: NUMBERS }, parts[1]) as number
  const values = new Array<unknown>(reading.rows)
  values[0] = value
  for (let at = 0; at < steps.length; at++) {
    value += steps[at] as number
    values[at + 1] = value
  }
  return checkedAll(reading, values)
}

function readDictionary(reading: Reading, parts: readonly unknown[]): unknown[] {
  const words = checkedAll(reading, listOf(reading, parts[1]))
  const indexes = innerNumbers(reading, parts[2], reading.rows)
  const values = new Array<unknown>(reading.rows)
  for (let at = 0; at < indexes.length; at++) values[at] = wordAt(reading, words, indexes[at] as number)
  return values
}

function readLists(reading: Reading, parts: readonly unknown[]): string[][] {
  sized(reading, parts, 3)
  const words = listOf(reading, parts[1]).map((word) => (typeof word === 'string' ? word : fail(reading, 'texts')))
  const lists = listOf(reading, parts[2])
  if (lists.length !== reading.rows) return fail(reading, `${reading.rows} lists, not ${lists.length}`)
  return lists.map((list) => numbersOf(reading, list, 0).map((index) => wordAt(reading, words, index)))
}

function readGroups(reading: Reading, parts: readonly unknown[]): unknown[] {
  const keys = reading.written.get(reading.column.by ?? '')
  if (keys === undefined) return fail(reading, 'an earlier column to group by')
  const defaults = checkedAll(reading, listOf(reading, parts[1]))
  const places = new Map<unknown, number>()
  const values = new Array<unknown>(reading.rows)
  let place = -1
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]
    // Rows of a group mostly stand together: then nothing is looked up.
    if (at === 0 || key !== keys[at - 1]) {
      const known = places.get(key)
      place = known ?? places.size
      if (known === undefined) places.set(key, place)
    }
    values[at] = defaults[place]
  }
  if (defaults.length !== places.size) return fail(reading, `${places.size} groups, not ${defaults.length}`)
  return withExceptions(reading, values, parts[2], parts[3])
}

function readFormula(reading: Reading, parts: readonly unknown[]): unknown[] {
  const guess = guesser(reading.column, (name) => reading.written.get(name))
  if (guess === null) return fail(reading, 'a column with a formula')
  const values = new Array<unknown>(reading.rows)
  for (let at = 0; at < reading.rows; at++) values[at] = guess(at)
  return checkedAll(reading, withExceptions(reading, values, parts[1], parts[2]))
}

function readNumbered(reading: Reading, parts: readonly unknown[]): unknown[] {
  const [, prefix, width, form] = parts
  const whole = typeof width === 'number' && Number.isSafeInteger(width) && width >= 0 && width <= 15
  if (reading.column.type !== 'text' || typeof prefix !== 'string' || !whole)
    return fail(reading, 'a prefix and a width')
  const numbers = readForm({ ...reading, column: NUMBERS }, form, 'cpxrd') as number[]
  const texts = new Array<string>(reading.rows)
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] as number
    if (number < 0) return fail(reading, 'numbers from 0 on')
    const same = at > 0 && number === numbers[at - 1]
    texts[at] = same ? (texts[at - 1] as string) : prefix + String(number).padStart(width, '0')
  }
  return checkedAll(reading, texts)
}

function withExceptions(reading: Reading, values: unknown[], gaps: unknown, exceptions: unknown): unknown[] {
  const steps = numbersOf(reading, gaps, 1)
  const list = listOf(reading, exceptions)
  if (steps.length !== list.length) return fail(reading, 'as many places as exceptions')
  let at = -1
  steps.forEach((step, index) => {
    at += step
    if (at >= reading.rows) fail(reading, `places below ${reading.rows}`)
    values[at] = checked(reading, list[index])
  })
  return values
}

function innerNumbers(reading: Reading, form: unknown, rows: number): number[] {
  return readForm({ ...reading, column: NUMBERS, rows }, form, ANY) as number[]
}

function numbersOf(reading: Reading, value: unknown, least: number): readonly number[] {
  const list = listOf(reading, value)
  for (const number of list) {
    if (!Number.isSafeInteger(number) || (number as number) < least) fail(reading, `whole numbers from ${least} on`)
  }
  return list as readonly number[]
}

function wordAt<T>(reading: Reading, words: readonly T[], index: number): T {
  const word = words[index]
  if (word === undefined) return fail(reading, `an index below ${words.length}`)
  return word
}

function ascend(reading: Reading, gaps: unknown): number[] {
  let sum = 0
  return numbersOf(reading, gaps, 0).map((gap, at) => {
    if (at > 0 && gap === 0) fail(reading, 'ascending numbers')
    sum += gap
    return Number.isSafeInteger(sum) ? sum : fail(reading, 'whole numbers')
  })
}

function listOf(reading: Reading, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail(reading, 'a list')
}

/** The list itself, each of its values looked at. It may belong to the form: nobody changes it. */
function checkedAll(reading: Reading, list: readonly unknown[]): unknown[] {
  const { column } = reading
  if (column.type === 'integer') {
    // Most columns are numbers, and most reads are of them.
    for (const value of list) if (!Number.isSafeInteger(value)) checked(reading, value)
  } else if (column !== LISTS) {
    for (let at = 0; at < list.length; at++) if (at === 0 || list[at] !== list[at - 1]) checked(reading, list[at])
  }
  return list as unknown[]
}

function checked(reading: Reading, value: unknown): unknown {
  if (reading.column === LISTS) return value
  const reason = rejects(reading.column, value)
  return reason === null ? value : fail(reading, reason)
}

function sized(reading: Reading, parts: readonly unknown[], size: number): true {
  return parts.length === size || fail(reading, `${size} parts of a form, not ${parts.length}`)
}

function fail(reading: Reading, expected: string): never {
  throw new SunhallError(
    'E-FORMAT',
    `Expected ${expected} in column ${reading.name}; fetch the block again, or publish with the same format`,
  )
}
