import { expect, test } from 'vitest'
import { monthsEarlier, monthWall } from './months.ts'

test('A month earlier crosses the turn of the year in both directions.', () => {
  expect(monthsEarlier('2025-01', 1)).toBe('2024-12')
  expect(monthsEarlier('2025-09', 12)).toBe('2024-09')
  expect(monthsEarlier('2024-12', -1)).toBe('2025-01')
})

test('The wall names the months in between that are not published, and those up to the day the data reaches.', () => {
  const wall = monthWall(['2025-01', '2024-11'], '2025-02-28')
  expect(wall).toEqual([
    {
      year: 2025,
      months: [
        { month: '2025-01', published: true },
        { month: '2025-02', published: false },
      ],
    },
    {
      year: 2024,
      months: [
        { month: '2024-11', published: true },
        { month: '2024-12', published: false },
      ],
    },
  ])
})

test('A village without any published month has no wall.', () => {
  expect(monthWall([], '2025-02-28')).toEqual([])
})
