import { expect, test } from 'vitest'
import { surnameOf } from './surname.ts'

test('the first character is the surname, two where they are one of the compound ones', () => {
  expect(surnameOf('粟昌荣')).toBe('粟')
  expect(surnameOf('欧阳小满')).toBe('欧阳')
  expect(surnameOf('欧阳修')).toBe('欧阳')
  expect(surnameOf('欧阳')).toBe('欧')
  expect(surnameOf('')).toBe('')
})
