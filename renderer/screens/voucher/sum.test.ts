import { expect, test } from 'vitest'
import type { EntryRow } from '../../../sync/contract/rows.ts'
import { voucherSum } from './sum.ts'

const line = (direction: EntryRow['direction'], amount: number): EntryRow =>
  ({ direction, amount, voucher: '记-12' }) as EntryRow

test('The lines of a voucher are added up in the direction of the first.', () => {
  expect(voucherSum([line('expense', 500), line('expense', 250), line('income', 50)])).toBe(700)
  expect(voucherSum([])).toBe(0)
})
