import { expect, test } from 'vitest'
import { barShare, changeOf } from './change.ts'

test('A change is told in whole percents of the earlier sum.', () => {
  expect(changeOf(46_200_00, 32_766_00)).toEqual({ kind: 'more', percent: 41 })
  expect(changeOf(31_582_60, 35_889_00)).toEqual({ kind: 'less', percent: 12 })
  expect(changeOf(100, 100)).toEqual({ kind: 'same' })
})

test('A change too small for one percent is still told as a change.', () => {
  expect(changeOf(1_000_001, 1_000_000)).toEqual({ kind: 'more', percent: 1 })
})

test('An unpublished month is never compared with, and a published zero gives no percentage.', () => {
  expect(changeOf(100, null)).toEqual({ kind: 'unknown' })
  expect(changeOf(100, 0)).toEqual({ kind: 'from-nothing' })
  expect(changeOf(0, null)).toEqual({ kind: 'unknown' })
})

test('Bars are to scale, and a negative sum draws none.', () => {
  expect(barShare(50, 200)).toBe(250)
  expect(barShare(200, 200)).toBe(1000)
  expect(barShare(-5, 200)).toBe(0)
  expect(barShare(5, 0)).toBe(0)
})
