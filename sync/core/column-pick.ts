// Some rows' values of a column, looked up in its form instead of reading the whole column: for the few rows of a person
// among a thousand. What is looked up is checked as `readColumn` checks it; a form that must be read from its beginning
// is left to that.
import type { Coded } from './coded.ts'
import { type Column, rejects } from './column-values.ts'
import { productOf } from './guess.ts'

/** Earlier columns of the same block. */
export interface EarlierColumns {
  /** Their values in the same rows as are asked for. */
  pick(name: string): readonly unknown[]
  /** Their values in all rows, numbered in order of appearance. */
  coded(name: string): Coded
}

/** Values in the rows at `places` (ascending, each below `rows`); null where the column has to be read whole. */
export function pickColumn(
  column: Column<unknown>,
  form: unknown,
  rows: number,
  places: readonly number[],
  earlier: EarlierColumns,
): unknown[] | null {
  if (!Array.isArray(form) || !isPlain(column)) return null
  const picked = pickForm(column, form, rows, places, earlier)
  return picked?.every((value) => rejects(column, value) === null) === true ? picked : null
}

function isPlain({ type }: Column<unknown>): boolean {
  return type !== 'json' && type !== 'texts' && type !== 'ascending'
}

function pickForm(
  column: Column<unknown>,
  form: readonly unknown[],
  rows: number,
  places: readonly number[],
  earlier: EarlierColumns,
): unknown[] | null {
  const [letter, first, second] = form
  if (letter === 'k' && form.length === 3) return pickWords(first, second, rows, places)
  if (letter === 'g' && form.length === 4) return pickGroups(column, form, places, earlier)
  if (letter === 'f' && form.length === 3) {
    const guessed = pickGuesses(column, earlier)
    return guessed === null ? null : withExceptions(guessed, places, first, second)
  }
  if (letter === 'd' && form.length === 3) return pickSums(first, second, rows, places)
  return pickSimple(form, rows, places)
}

/** Differences that are written out: added up as far as the last place. */
function pickSums(start: unknown, steps: unknown, rows: number, places: readonly number[]): unknown[] | null {
  if (!Array.isArray(steps) || steps.length !== 2 || steps[0] !== 'p' || !Array.isArray(steps[1])) return null
  const list: readonly unknown[] = steps[1]
  if (list.length !== rows - 1) return null
  const picked: unknown[] = []
  let sum = start as number
  for (let row = 0; picked.length < places.length; row++) {
    // A number that isn't whole gives a sum that isn't, which the caller refuses.
    if (row > 0) sum += list[row - 1] as number
    if (row === places[picked.length]) picked.push(sum)
  }
  return picked
}

/** Forms that may stand in others too: constant, plain, default, runs. */
function pickSimple(form: readonly unknown[], rows: number, places: readonly number[]): unknown[] | null {
  const [letter, first, second, third] = form
  if (letter === 'c' && form.length === 2) return places.map(() => first)
  if (letter === 'p' && form.length === 2 && Array.isArray(first) && first.length === rows)
    return places.map((place) => (first as unknown[])[place])
  if (letter === 'x' && form.length === 4)
    return withExceptions(
      places.map(() => first),
      places,
      second,
      third,
    )
  return letter === 'r' && form.length === 3 ? pickRuns(first, second, rows, places) : null
}

function pickRuns(values: unknown, lengths: unknown, rows: number, places: readonly number[]): unknown[] | null {
  if (!Array.isArray(values) || !areNumbers(lengths, 1) || values.length !== lengths.length) return null
  const picked: unknown[] = []
  let end = 0
  for (let run = 0; run < lengths.length; run++) {
    end += lengths[run] as number
    while (picked.length < places.length && (places[picked.length] as number) < end) picked.push(values[run])
  }
  return end === rows ? picked : null
}

function pickWords(words: unknown, form: unknown, rows: number, places: readonly number[]): unknown[] | null {
  if (!Array.isArray(words) || !Array.isArray(form)) return null
  const indexes: unknown = pickSimple(form, rows, places)
  if (!areNumbers(indexes, 0) || indexes.some((index) => index >= words.length)) return null
  return indexes.map((index) => (words as unknown[])[index])
}

function pickGroups(
  { by }: Column<unknown>,
  [, defaults, gaps, exceptions]: readonly unknown[],
  places: readonly number[],
  earlier: EarlierColumns,
): unknown[] | null {
  if (by === undefined || !Array.isArray(defaults)) return null
  const { codes, values: keys } = earlier.coded(by)
  if (defaults.length !== keys.length) return null
  const values = places.map((place) => (defaults as unknown[])[codes[place] as number])
  return withExceptions(values, places, gaps, exceptions)
}

function pickGuesses({ like, product }: Column<unknown>, earlier: EarlierColumns): unknown[] | null {
  if (like !== undefined) return [...earlier.pick(like)]
  if (product === undefined) return null
  const [left, right] = product.map((name) => earlier.pick(name))
  return (left ?? []).map((value, at) => productOf(value, right?.[at]))
}

function withExceptions(
  values: unknown[],
  places: readonly number[],
  gaps: unknown,
  exceptions: unknown,
): unknown[] | null {
  if (!areNumbers(gaps, 1) || !Array.isArray(exceptions) || gaps.length !== exceptions.length) return null
  let row = -1
  let next = 0
  for (let at = 0; at < gaps.length; at++) {
    row += gaps[at] as number
    while (next < places.length && (places[next] as number) < row) next++
    if (places[next] === row) values[next] = (exceptions as unknown[])[at]
  }
  return values
}

function areNumbers(list: unknown, least: number): list is readonly number[] {
  return Array.isArray(list) && list.every((number) => Number.isSafeInteger(number) && number >= least)
}
