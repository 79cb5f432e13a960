import { expect, test } from 'vitest'
import { changeFrom, productOf, verdictOf } from './due.ts'

test('paid equals due, is less or more, by how many fen', () => {
  expect(verdictOf({ status: '已发', due: 44_100, amount: 44_100 })).toEqual({ says: 'equal' })
  expect(verdictOf({ status: '已发', due: 44_100, amount: 41_580 })).toEqual({ says: 'less', by: 2_520 })
  expect(verdictOf({ status: '补发', due: 100, amount: 150 })).toEqual({ says: 'more', by: 50 })
})

test('a returned payment is never said to be paid in full, whatever its amount', () => {
  expect(verdictOf({ status: '退回', due: 100, amount: 100 })).toEqual({ says: 'returned' })
  expect(verdictOf({ status: '冲销', due: 0, amount: -100 })).toEqual({ says: 'reversed' })
})

test('standard times quantity is reckoned in whole fen, and not at all where one is missing', () => {
  expect(productOf({ standard: 10_500, quantity: 4_200 })).toBe(44_100)
  expect(productOf({ standard: null, quantity: 4_200 })).toBeNull()
  expect(productOf({ standard: 10_500, quantity: null })).toBeNull()
})

test('nothing is compared with a year in which nothing came', () => {
  expect(changeFrom(0, 100)).toBeNull()
  expect(changeFrom(100, 104)).toBe(4)
  expect(changeFrom(100, 50)).toBe(-50)
})
