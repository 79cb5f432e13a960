import { expect, test } from 'vitest'
import { daysOf, monthsOf, yearsBack } from './days.ts'

test('A leap February has 29 days and another one 28.', () => {
  expect(daysOf('2024-02')).toHaveLength(29)
  expect(daysOf('2025-02').at(-1)).toBe('2025-02-28')
  expect(daysOf('2025-12').at(-1)).toBe('2025-12-31')
})

test('Months and years are offered whole.', () => {
  expect(monthsOf(2025).at(0)).toBe('2025-01')
  expect(yearsBack('2025-09-30', 3)).toEqual([2025, 2024, 2023])
})
