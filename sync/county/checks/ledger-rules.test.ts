// Rules about a village's books over real SQLite: rows that break one are found, clean rows beside them aren't.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeIn } from '../../../test/county/books-file.ts'
import { entry, payment, TestBooks } from './test-books.ts'

let books: TestBooks
beforeEach(() => {
  books = new TestBooks()
})
afterEach(() => books.close())

describe('rules about the books', () => {
  it('find a month whose balances do not add up, and one that does not open as the last one closed', async () => {
    await books.put('ledger', [
      entry({ month: '2026-06', opening: 0, closing: 100_000 }),
      entry({ month: '2026-07', opening: 100_000, closing: 200_000 }),
      entry({ month: '2026-08', opening: 200_001, closing: 300_001 }),
      entry({ month: '2026-09', closing: 350_000 }),
      entry({ month: '2026-10', direction: 'expense', amount: 350_000, closing: 0 }),
    ])
    expect(await books.hits('balance')).toEqual(['error 4', 'error 5'])
  })

  it('ask for a word where voucher numbers have gaps, whether they begin anew each month or run through the year', async () => {
    await books.put('ledger', [
      entry({ voucher: '记-001' }),
      entry({ voucher: '记-002' }),
      entry({ voucher: '记-002' }),
      entry({ voucher: '收字1号' }),
      entry({ month: '2026-09', voucher: '记-003' }),
      entry({ month: '2026-09', voucher: '收字1号' }),
    ])
    expect(await books.hits('vouchers')).toEqual([])
    await books.put('ledger', [
      entry({ month: '2026-09', voucher: '记-006' }),
      entry({ month: '2026-10', voucher: '收字3号' }),
    ])
    expect(await books.hits('vouchers')).toEqual(['warning 6', 'warning 3'])
  })

  it('find an expense that the county forbids, in words that the books.office may change', async () => {
    await books.put('ledger', [
      entry({ direction: 'expense', summary: '付招待费', amount: 5 }),
      entry({ direction: 'expense', summary: '付水费', accountName: '烟酒支出', amount: 5 }),
      entry({ direction: 'income', summary: '退还招待费', amount: 5 }),
      entry({ direction: 'expense', summary: '付电费', amount: 5 }),
    ])
    expect(await books.hits('forbidden')).toEqual(['error 2', 'error 3'])
    expect(await books.hits('forbidden', { forbidden: ['电费'] })).toEqual(['error 5'])
    expect(await books.hits('forbidden', { forbidden: [] })).toEqual([])
  })

  it('find new rows of a month that is closed, and ask for a word where the month was public already', async () => {
    const first = await books.put('ledger', [entry({ month: '2026-07' })])
    changeIn(books.office, 'UPDATE imports SET published = 1 WHERE id = ?', first)
    await books.put('ledger', [entry({ month: '2026-06' }), entry({ month: '2026-07' }), entry({ month: '2026-08' })])
    await books.put('payments', [payment({ date: '2026-06-30' }), payment({ date: '2026-07-01' })])
    expect(await books.hits('closed-month')).toEqual(['warning 3'])
    expect((await books.hits('closed-month', { closedUntil: '2026-06' })).sort()).toEqual([
      'error 2',
      'error 2',
      'warning 3',
    ])
  })

  it('ask for a word where a voucher lies outside its month or nobody has checked it', async () => {
    await books.put('ledger', [entry(), entry({ date: '2026-09-01' }), entry({ checkedBy: '' })])
    expect(await books.hits('ledger-month')).toEqual(['warning 3'])
    expect(await books.hits('unchecked')).toEqual(['warning 4'])
  })
})
