// A column that mostly says what an earlier one does, written straight away where no other form can be as short: a patch
// over a county changes an amount or two in each of a thousand blocks, and numbering all of their values took longer than
// all else.
import { digits } from './coded.ts'
import { type Column, rejects } from './column-values.ts'

/**
 * Text of the form of exceptions ('f') to what is guessed; null where another form might be chosen (`forms.ts`), or a
 * value isn't allowed: then the column is written as any other. Lower bounds of the other forms: a plain list takes two
 * units a row, every other three or more units for each place where values, or the steps between them, change.
 */
export function exceptionsOnly(
  column: Column<unknown>,
  values: readonly unknown[],
  guess: (at: number) => unknown,
): string | null {
  if (column.type !== 'integer' || column.nullable || column.by !== undefined) return null
  const places: number[] = []
  let length = '["f",[],[]]'.length
  let changes = 0
  let turns = 0
  let step = 0
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    if (rejects(column, value) !== null) return null
    if (value !== guess(at)) {
      length += digits(at - (places.at(-1) ?? -1)) + String(value).length + (places.length === 0 ? 0 : 2)
      places.push(at)
    }
    if (at === 0) continue
    const next = (value as number) - (values[at - 1] as number)
    if (next !== 0) changes++
    if (at > 1 && next !== step) turns++
    step = next
  }
  if (length >= 2 * Math.min(values.length - 1, changes, turns)) return null
  const gaps = places.map((place, index) => place - (places[index - 1] ?? -1))
  return `["f",[${gaps}],[${places.map((place) => values[place])}]]`
}
