// What a row's value mostly is, told from earlier columns: the same rule for writing and reading.
import type { Column } from './column-values.ts'

/** The rule of a column; null where the schema has none. `valuesOf`: values of an earlier column. */
export function guesser(
  column: Column<unknown>,
  valuesOf: (name: string) => readonly unknown[] | undefined,
): ((at: number) => unknown) | null {
  if (column.like !== undefined) {
    const like = valuesOf(column.like) ?? []
    return (at) => like[at]
  }
  if (column.product === undefined) return null
  const [left, right] = column.product.map((name) => valuesOf(name) ?? [])
  return (at) => productOf(left?.[at], right?.[at])
}

/** Fen × thousandths / 1000, rounded half up; null where either is unknown. */
export function productOf(left: unknown, right: unknown): number | null {
  if (typeof left !== 'number' || typeof right !== 'number') return null
  const product = Math.round((left * right) / 1000)
  // No negative zero: JSON has none.
  return product === 0 ? 0 : product
}
