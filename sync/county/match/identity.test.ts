// Forms in which two offices write one person.
import { expect, it } from 'vitest'
import { groupWord, nameWord, wholeId } from './identity.ts'

it('an ID number of 15 digits becomes the 18 of today; the example is that of GB 11643', () => {
  expect(wholeId('110105491231002')).toBe('11010519491231002X')
  expect(wholeId('11010519491231002X')).toBe('11010519491231002X')
  expect(wholeId('')).toBe('')
})

it('names lose spaces and keep one kind of dot', () => {
  expect(nameWord('杨　示 例')).toBe('杨示例')
  expect(nameWord('买买提•示例')).toBe(nameWord('买买提·示例'))
})

it('groups are numbers, however they are written', () => {
  expect(['第3组', '3 组', '三组', '３组', '三'].map(groupWord)).toEqual(['3', '3', '3', '3', '3'])
  expect(groupWord('岩头组')).toBe('岩头')
})
