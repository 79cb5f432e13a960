import { expect, test } from 'vitest'
import type { EntryRow, PeriodRow } from '../../../sync/contract/rows.ts'
import { mismatches } from './adding-up.ts'

const period: PeriodRow = {
  month: '2025-09',
  opening: 100_00,
  income: 50_00,
  expense: 30_00,
  closing: 120_00,
  entries: 2,
  checkedBy: '',
  checkedOn: null,
  publishedOn: null,
  origin: 1,
  row: 1,
}
const entry = (direction: EntryRow['direction'], amount: number): EntryRow => ({
  month: '2025-09',
  voucher: '1',
  date: '2025-09-01',
  edition: '',
  account: '',
  accountName: '',
  class: '',
  summary: '',
  direction,
  amount,
  counterpart: '',
  handler: '',
  approver: '',
  checkedBy: '',
  images: [],
  origin: 1,
  row: 1,
})

test('An account that closes, and whose vouchers make up both sums, has no mismatch.', () => {
  expect(mismatches(period, [entry('income', 50_00), entry('expense', 30_00)])).toEqual([])
})

test('A closing balance that its own figures do not make is told with both figures.', () => {
  const wrong = { ...period, closing: 125_00 }
  expect(mismatches(wrong, [entry('income', 50_00), entry('expense', 30_00)])).toEqual([
    { where: 'balance', should: 120_00, written: 125_00 },
  ])
})

test('Vouchers that do not make up the sum of their side are told for that side.', () => {
  expect(mismatches(period, [entry('income', 50_00)])).toEqual([{ where: 'expense', should: 0, written: 30_00 }])
})
