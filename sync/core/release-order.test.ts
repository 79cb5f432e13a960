import { expect, it } from 'vitest'
import { compareReleases } from './release-order.ts'

it('counts numbers within a series, and puts a later series after every number of the one before', () => {
  expect(compareReleases({ number: 7 }, { number: 8 })).toBeLessThan(0)
  expect(compareReleases({ number: 8 }, { number: 8 })).toBe(0)
  expect(compareReleases({ number: 8, series: 1 }, { number: 1_000_000 })).toBeGreaterThan(0)
  expect(compareReleases({ number: 8, series: 1 }, { number: 7, series: 1 })).toBeGreaterThan(0)
  expect(compareReleases({ number: 9 }, { number: 8, series: 2 })).toBeLessThan(0)
})
