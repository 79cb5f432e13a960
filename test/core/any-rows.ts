// Arbitrary rows of every kind for property tests, made from the schema: nulls, negatives, empty texts, Chinese,
// emoji, lone surrogates, long repeats and counting columns.
import fc from 'fast-check'
import type { Kind, Rows } from '../../sync/contract/rows.ts'
import { type Column, columnsOf } from '../../sync/core/schema.ts'

/** Seed of all property tests of the engine; SUNHALL_SEED sets another. */
export const SEED = Number(process.env.SUNHALL_SEED ?? 20261124)

const anyText = fc.oneof(
  fc.constantFrom('', '已发', '杨*', 'F001', '𠮷🙂', '0', '007', '"\\\n', '\ud800', '会同县粟裕路1号'),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.nat({ max: 2000 }).map((number) => `JZ-${String(number).padStart(4, '0')}`),
)
const anyDay = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const anyHash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
const anyInteger = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.maxSafeInteger().map((number) => (number === 0 ? 0 : number)),
)
const JSONS: Record<string, fc.Arbitrary<unknown>> = {
  goals: fc.array(
    fc.record({
      kind: fc.constantFrom('quantity', 'quality', 'timeliness', 'benefit'),
      name: anyText,
      target: anyText,
      result: anyText,
      met: fc.option(fc.boolean()),
    }),
    { maxLength: 3 },
  ),
  progress: fc.array(fc.record({ date: anyDay, percent: fc.nat({ max: 100 }), note: anyText }), { maxLength: 3 }),
  photos: fc.array(
    fc.record({ stage: fc.constantFrom('before', 'during', 'after'), media: anyHash, date: fc.option(anyDay) }),
    { maxLength: 2 },
  ),
  problems: fc.array(
    fc.record({ found: fc.option(anyDay), problem: anyText, repair: anyText, repaired: fc.option(anyDay) }),
    { maxLength: 2 },
  ),
  tags: fc.array(fc.record({ dimension: anyText, values: fc.array(anyText, { maxLength: 3 }) }), { maxLength: 3 }),
}

/** Up to 40 rows of a kind; each column is by turns random, few-valued or counting, so that every form is met. */
export function anyRows<K extends Kind>(kind: K): fc.Arbitrary<Rows[K][]> {
  return fc.nat({ max: 40 }).chain((rows) => {
    const columns = Object.fromEntries(columnsOf(kind).map(([name, column]) => [name, anyColumn(name, column, rows)]))
    return fc.record(columns).map((values) =>
      Array.from({ length: rows }, (_, at) => {
        const row = Object.fromEntries(Object.entries(values).map(([name, list]) => [name, (list as unknown[])[at]]))
        return row as unknown as Rows[K]
      }),
    )
  })
}

function anyColumn(name: string, column: Column<unknown>, rows: number): fc.Arbitrary<unknown[]> {
  const value = column.nullable ? fc.option(anyValue(name, column), { freq: 3 }) : anyValue(name, column)
  const exactly = { minLength: rows, maxLength: rows }
  const few = fc
    .array(value, { minLength: 1, maxLength: 3 })
    .chain((words) => fc.array(fc.constantFrom(...words), exactly))
  const random = fc.array(value, exactly)
  if (column.type !== 'integer') return fc.oneof(random, few)
  const counting = fc
    .integer({ min: -9, max: 999 })
    .map((first) => Array.from({ length: rows }, (_, at) => first + 3 * at))
  return fc.oneof(random, few, counting)
}

function anyValue(name: string, column: Column<unknown>): fc.Arbitrary<unknown> {
  switch (column.type) {
    case 'text':
      return column.values === undefined ? anyText : fc.constantFrom(...column.values)
    case 'day':
      return anyDay
    case 'month':
      return anyDay.map((day) => day.slice(0, 7))
    case 'hash':
      return anyHash
    case 'integer':
      return anyInteger
    case 'flag':
      return fc.boolean()
    case 'ascending':
      return fc.uniqueArray(fc.nat({ max: 5000 }), { maxLength: 8 }).map((list) => list.sort((a, b) => a - b))
    case 'texts':
      return fc.array(anyText, { maxLength: 3 })
    case 'json':
      return JSONS[name] ?? fc.constant([])
  }
}
