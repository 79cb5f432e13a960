import { expect, test } from 'vitest'
import { amountsIn } from './figures.ts'

test('An amount stands out of its sentence, and days and years do not.', () => {
  expect(amountsIn('今年每亩 105.00 元，2025 年先公示 7 天。')).toEqual([
    { start: 0, text: '今年每亩 ', amount: false },
    { start: 5, text: '105.00', amount: true },
    { start: 11, text: ' 元，2025 年先公示 7 天。', amount: false },
  ])
  expect(amountsIn('1,234.50 元').at(0)).toEqual({ start: 0, text: '1,234.50', amount: true })
  expect(amountsIn('不用申请。')).toEqual([{ start: 0, text: '不用申请。', amount: false }])
})
