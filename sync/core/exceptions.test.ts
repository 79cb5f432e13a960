import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../../test/core/any-rows.ts'
import type { RollupRow } from '../contract/rows.ts'
import { encodeBlock } from './codec.ts'
import { exceptionsOnly } from './exceptions.ts'
import { openBlock } from './open-block.ts'
import { columnsOf } from './schema.ts'

/** `rows` mostly is what `payees` is. */
const rowsOf = (payees: readonly number[], rows: readonly number[]): RollupRow[] =>
  payees.map((count, at) => {
    const month = `2026-${String(1 + (at % 12)).padStart(2, '0')}`
    return { place: '431225', fund: 'F001', year: 2026, month, payees: count, rows: rows[at] ?? count, amount: at }
  })
const counts = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 2_000 }), fc.maxSafeInteger(), fc.constant(7))
/** Runs and steps, too, since those have forms of their own. */
const lists = fc.oneof(
  fc.array(counts, { minLength: 1, maxLength: 60 }),
  fc.array(fc.nat({ max: 99 }), { minLength: 30, maxLength: 60 }),
  fc.tuple(counts, fc.integer({ min: 1, max: 60 })).map(([count, length]) => new Array<number>(length).fill(count)),
  fc.tuple(fc.nat(), fc.nat({ max: 5 }), fc.integer({ min: 1, max: 60 })).map(([from, step, length]) => {
    return Array.from({ length }, (_, at) => from + step * at)
  }),
)
const changes = fc.array(fc.tuple(fc.nat(), counts), { maxLength: 5 })

test(`a column written with some values changed is the one that is written from its rows (seed ${SEED})`, () => {
  let quick = 0
  const column = columnsOf('rollup').find(([name]) => name === 'rows')?.[1]
  fc.assert(
    fc.property(lists, changes, (payees, changed) => {
      const cells = new Map(changed.map(([place, value]) => [place % payees.length, value]))
      const rows = payees.map((count, at) => cells.get(at) ?? count)
      const written = openBlock('rollup', encodeBlock('rollup', rowsOf(payees, []))).write(new Map([['rows', cells]]))
      expect(new TextDecoder().decode(written)).toBe(
        new TextDecoder().decode(encodeBlock('rollup', rowsOf(payees, rows))),
      )
      if (column !== undefined && exceptionsOnly(column, rows, (at) => payees[at]) !== null) quick++
    }),
    { seed: SEED, numRuns: 2_000 },
  )
  // Else the property would say nothing of the quick way.
  expect(quick).toBeGreaterThan(200)
})

test('a value that may not stand there is left to be refused', () => {
  const block = openBlock('rollup', encodeBlock('rollup', rowsOf([3, 9, 4, 8, 3, 9, 2, 7], [])))
  expect(() => block.write(new Map([['rows', new Map([[2, 1.5]])]]))).toThrowError(/whole|integer/)
})
