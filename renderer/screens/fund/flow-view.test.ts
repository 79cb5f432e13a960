import { expect, test } from 'vitest'
import { magnification, ownSpan, percents, sharesOf } from './flow-view.ts'

const place = (code: string) => ({
  code,
  name: code,
  level: 'township' as const,
  parent: '431225',
  initials: '',
  groups: null,
})
const step = {
  level: 'township' as const,
  amount: 1000,
  shares: [],
  places: [
    { place: place('a'), amount: 700 },
    { place: place('b'), amount: 40 },
    { place: place('c'), amount: 260 },
  ],
  allocations: [],
}

test('the own share stands after those before it, to scale', () => {
  expect(ownSpan(sharesOf(step, 'b'))).toEqual({ start: 700, end: 740 })
})

test('a share that is not published has no place in the picture', () => {
  expect(ownSpan(sharesOf(step, 'x'))).toBeNull()
})

test('the last level says how many times it is magnified', () => {
  expect(magnification({ start: 700, end: 740 })).toBe(25)
})

test('percentages add up to a hundred', () => {
  for (const amounts of [
    [1, 1, 1],
    [850, 150],
    [333, 333, 334],
    [1, 999_999],
  ])
    expect(percents(amounts).reduce((sum, percent) => sum + percent, 0)).toBe(100)
})
