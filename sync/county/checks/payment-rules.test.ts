// Rules about payments and about lists over real SQLite: rows that break one are found, clean rows beside them aren't.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowsIn } from '../../../test/county/books-file.ts'
import { sampleCounty } from '../sample/sample.ts'
import { payment, TestBooks } from './test-books.ts'

let books: TestBooks
beforeEach(() => {
  books = new TestBooks()
})
afterEach(() => books.close())

describe('rules about payments', () => {
  it('find an amount that is not standard times quantity, more paid than due, and a negative payment', async () => {
    await books.put('payments', [
      payment(),
      payment({ payee: '李示例', due: 44_200, amount: 44_200 }),
      payment({ payee: '吴示例', amount: 44_101 }),
      payment({ payee: '林示例', due: -44_100, amount: -44_100, quantity: -4_200 }),
      payment({ payee: '石示例', amount: 30_000 }),
      payment({ payee: '张示例', quantity: 1_234, due: 12_957, amount: 12_957 }),
    ])
    expect(await books.hits('amount')).toEqual(['error 3', 'error 4', 'error 5'])
    expect(await books.hits('amount', { rounding: 100 })).toEqual(['error 4', 'error 5'])
  })

  it('take a reversal in either way of writing, and leave rows without a standard alone', async () => {
    await books.put('payments', [
      payment(),
      payment({ status: '冲销', due: -44_100, amount: -44_100, quantity: -4_200, date: '2026-04-01' }),
      payment({ payee: '李示例', status: '冲销', due: -44_100, amount: -44_100, date: '2026-04-01' }),
      payment({ payee: '吴示例', standard: null, quantity: null, due: 7, amount: 7 }),
    ])
    expect(await books.hits('amount')).toEqual([])
  })

  it('find a returned payment that still counts as paid', async () => {
    await books.put('payments', [payment({ status: '退回' }), payment({ status: '退回', amount: 0 })])
    expect(await books.hits('returned-amount')).toEqual(['error 2'])
  })

  it('find a reversal of nobody, of too much, and of the same payment twice', async () => {
    const back = { status: '冲销', due: -44_100, amount: -44_100, date: '2026-05-01' } as const
    await books.put('payments', [
      payment(),
      payment(back),
      payment({ ...back, payee: '李示例' }),
      payment({ payee: '吴示例' }),
      payment({ ...back, payee: '吴示例', due: -50_000, amount: -50_000 }),
      payment({ payee: '林示例' }),
      payment({ ...back, payee: '林示例' }),
      payment({ ...back, payee: '林示例', date: '2026-06-01' }),
      payment({ ...back, payee: '石示例', earlier: '2019-05-01' }),
    ])
    expect(await books.hits('reversal')).toEqual(['error 4', 'error 6', 'error 9', 'warning 10'])
  })

  it('ask for a word where a returned payment was not sent again in time', async () => {
    await books.put('payments', [
      payment({ status: '退回', amount: 0, date: '2026-03-29' }),
      payment({ payee: '李示例', status: '退回', amount: 0, date: '2026-03-29' }),
      payment({ payee: '李示例', status: '补发', date: '2026-04-20', earlier: '2026-03-29' }),
      payment({ payee: '吴示例', date: '2026-09-01' }),
      payment({ payee: '林示例', status: '退回', amount: 0, date: '2026-08-20' }),
    ])
    expect(await books.hits('returned')).toEqual(['warning 2'])
  })

  it('find a payment before its policy was in force and after its repeal, and judge what was sent again by its first day', async () => {
    const policy = sampleCounty({ scale: 0.001, seed: 1, today: '2026-11-24' }).rows('policies')
    const [any] = policy
    if (any === undefined) throw new Error('Expected a policy in the sample')
    await books.put('policies', [{ ...any, index: 'ZC-1', inForce: '2026-01-01', repealed: '2026-04-01' }])
    await books.put('payments', [
      payment({ policy: 'ZC-1' }),
      payment({ policy: 'ZC-1', payee: '李示例', date: '2025-12-31' }),
      payment({ policy: 'ZC-1', payee: '吴示例', date: '2026-04-01' }),
      payment({
        policy: 'ZC-1',
        payee: '林示例',
        status: '退回',
        amount: 0,
        date: '2026-04-02',
        earlier: '2026-03-20',
      }),
      payment({ policy: 'ZC-1', payee: '林示例', status: '补发', date: '2026-04-30', earlier: '2026-04-02' }),
      payment({ policy: 'unknown', payee: '石示例', date: '2020-01-01' }),
    ])
    expect(await books.hits('policy')).toEqual(['error 3', 'error 4'])
    // A newer text of the policy's record counts in place of the older one.
    await books.put('policies', [{ ...any, index: 'ZC-1', inForce: '2025-12-01', repealed: null }])
    expect(await books.hits('policy')).toEqual([])
  })

  it('ask for a word where a payment is many times what the fund usually pays', async () => {
    const many = Array.from({ length: 60 }, (_, i) => payment({ payee: `人${i}`, serial: i }))
    await books.put('payments', [
      ...many,
      payment({ payee: '大额', standard: null, due: 4_410_000, amount: 4_410_000 }),
    ])
    expect(await books.hits('outlier')).toEqual(['warning 62'])
  })
})

describe('rules about lists and people', () => {
  it('find the same batch in two imports, and not two batches that differ in a fen', async () => {
    await books.put('payments', [payment(), payment({ payee: '李示例' })])
    await books.put('payments', [
      payment({ batch: '2026-04' }),
      payment({ payee: '李示例', batch: '2026-04', amount: 44_099 }),
    ])
    expect(await books.hits('batch-twice')).toEqual([])
    await books.put('payments', [payment({ payee: '李示例' }), payment()])
    expect(await books.hits('batch-twice')).toEqual(['error 2'])
  })

  it('ask for a word where one person is paid twice in a batch, unless one payment was reversed or the payee is a village', async () => {
    await books.office.books()
    const village = rowsIn(books.office, "SELECT code FROM funds WHERE payee = '村' LIMIT 1")[0]
    await books.put('payments', [
      payment(),
      payment({ date: '2026-03-21' }),
      payment({ payee: '李示例' }),
      payment({ payee: '李示例', date: '2026-03-21' }),
      payment({ payee: '李示例', status: '冲销', due: -44_100, amount: -44_100, date: '2026-03-22' }),
      payment({ fund: String(village?.code), payee: '村委会' }),
      payment({ fund: String(village?.code), payee: '村委会', date: '2026-03-21' }),
      payment({ payee: '吴示例', group: '1组' }),
      payment({ payee: '吴示例', group: '2组' }),
    ])
    expect(await books.hits('paid-twice')).toEqual(['warning 3'])
  })

  it('ask for a word where one ID number has two names, and tell only its end', async () => {
    await books.put('payments', [
      payment({ idNumber: '431225197001011234' }),
      payment({ payee: '李示例', idNumber: '431225197001011234' }),
      payment({ payee: '吴示例', idNumber: '431225197001015678' }),
      payment({ payee: '吴示例', idNumber: '431225197001015678', batch: '2026-04' }),
    ])
    expect((await books.found('id-two-names')).map(({ hit }) => hit.value)).toEqual(['尾号1234：李示例、杨示例'])
  })

  it('ask for a word about people whom no earlier list of the village named', async () => {
    await books.put('payments', [payment(), payment({ payee: '李示例' })])
    expect(await books.hits('new-payees')).toEqual([])
    await books.put('payments', [payment({ batch: '2026-04' }), payment({ payee: '新人', batch: '2026-04' })])
    expect(await books.hits('new-payees')).toEqual(['warning 3'])
  })

  it('find rows of a village that the county does not have', async () => {
    await books.put('payments', [payment(), payment({ village: '431225999999' })])
    expect(await books.hits('place')).toEqual(['error 3'])
  })
})
