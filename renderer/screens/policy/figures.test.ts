import { expect, test } from 'vitest'
import { amountsIn } from './figures.ts'

test('An amount stands out of its sentence, and days and years do not.', () => {
  expect(amountsIn('今年每亩 105.00 元，2025 年先公示 7 天。')).toEqual([
    { text: '今年每亩 ', amount: false },
    { text: '105.00', amount: true },
    { text: ' 元，2025 年先公示 7 天。', amount: false },
  ])
  expect(amountsIn('1,234.50 元').at(0)).toEqual({ text: '1,234.50', amount: true })
  expect(amountsIn('不用申请。')).toEqual([{ text: '不用申请。', amount: false }])
})
