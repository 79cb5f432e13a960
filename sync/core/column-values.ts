// Which values a column may hold; asked when a block is written and again, of each value that stands in it, when read.
import type { Column } from './schema.ts'

export type { Column } from './schema.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^\d{4}-\d{2}$/
const HASH = /^[0-9a-f]{64}$/

/** What was expected of a value that doesn't fit the column; null where it fits. */
export function rejects(column: Column<unknown>, value: unknown): string | null {
  if (value === null) return column.nullable ? null : `a value of type ${column.type}`
  return fits(column, value) ? null : `a value of type ${column.type}${column.values ? ` out of ${column.values}` : ''}`
}

function fits(column: Column<unknown>, value: unknown): boolean {
  switch (column.type) {
    case 'text':
      return typeof value === 'string' && (column.values === undefined || column.values.includes(value))
    case 'day':
      return typeof value === 'string' && DAY.test(value)
    case 'month':
      return typeof value === 'string' && MONTH.test(value)
    case 'hash':
      return typeof value === 'string' && HASH.test(value)
    case 'integer':
      return Number.isSafeInteger(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'json':
      return column.shape?.safeParse(value).success === true
    case 'ascending':
      return isAscending(value)
    case 'texts':
      return Array.isArray(value) && value.every((text) => typeof text === 'string')
  }
}

function isAscending(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  return value.every(
    (number, at) => Number.isSafeInteger(number) && number >= 0 && (at === 0 || number > value[at - 1]),
  )
}
