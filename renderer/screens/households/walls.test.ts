import { expect, test } from 'vitest'
import type { HouseholdName } from '../../data/county-data.ts'
import { countsOf, needsSurnames, sameNames, WALL_NAMES } from './walls.ts'

function named(name: string, number: number, surname = name.slice(0, 1)): HouseholdName {
  const head = { number, name, group: '', kind: '户' as const, household: number, relation: '户主', blocks: '' }
  return { head, group: '第1组', surname }
}

test('two households of one name are told apart by their number', () => {
  const twice = sameNames([named('粟示一', 1), named('粟示一', 7), named('杨示二', 2)])
  expect([...twice]).toEqual(['粟示一'])
})

test('surnames are asked only where a wall of names would be too long, and would help', () => {
  const few = Array.from({ length: WALL_NAMES }, (_, at) => named(`${at % 2 === 0 ? '粟' : '杨'}示`, at))
  expect(needsSurnames(few)).toBe(false)
  expect(needsSurnames([...few, named('唐示', 99)])).toBe(true)
  const alike = Array.from({ length: 60 }, (_, at) => named('粟示', at))
  expect(needsSurnames(alike)).toBe(false)
})

test('each choice says how many households it holds', () => {
  expect(countsOf([named('粟一', 1), named('杨二', 2), named('粟三', 3)], (name) => name.surname)).toEqual([
    { key: '粟', count: 2 },
    { key: '杨', count: 1 },
  ])
})
