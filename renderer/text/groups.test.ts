import { expect, test } from 'vitest'
import { compareGroups } from './groups.ts'

test('groups stand in the order in which they are counted, those without one last', () => {
  const groups = ['', '第12组', '老屋组', '第2组', '第1组']
  expect(groups.sort(compareGroups)).toEqual(['第1组', '第2组', '第12组', '老屋组', ''])
})
