// Rules about where money came from, and about a file's totals: what breaks one is found, what is clean isn't.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeIn } from '../../../test/county/books-file.ts'
import { sampleCounty } from '../sample/sample.ts'
import type { Tables } from '../tables.ts'
import { payment, TestBooks, VILLAGE } from './test-books.ts'

let books: TestBooks
beforeEach(() => {
  books = new TestBooks()
})
afterEach(() => books.close())

describe('rules about where money came from', () => {
  const given = (from: string, to: string, amount: number, year = 2025): Tables['allocations'] => {
    const parts = { central: amount, provincial: 0, municipal: 0, county: 0 }
    return { fund: 'F001', year, document: '〔2025〕1号', from, to, amount, ...parts, date: null }
  }

  it('find an allocation whose parts do not add up to it', async () => {
    const none = { central: 0, provincial: 0, municipal: 0, county: 0 }
    await books.put('allocations', [
      given('43', '431225', 100),
      { ...given('43', '431225', 100), central: 99 },
      { ...given('43', '431225', 100), ...none },
    ])
    expect(await books.hits('split')).toEqual(['error 3'])
  })

  it('find more passed on than was received, and ask for a word about what was kept in an earlier year', async () => {
    await books.put('payments', [payment()])
    await books.put('allocations', [
      given('431225', '431225100', 100),
      given('431225100', VILLAGE, 101),
      given('431225', '431225101', 100),
      given('431225101', '431225101201', 60),
      given('431225', '431225102', 100, 2026),
      given('431225102', '431225102201', 60, 2026),
    ])
    expect(await books.hits('passed-on')).toEqual(['error 3', 'warning 5'])
  })

  it('find more paid in a village than was ever allocated to it, and let money of one year be paid in the next', async () => {
    await books.put('allocations', [given('431225100', VILLAGE, 44_100), given('43', '431225', 88_200)])
    await books.put('payments', [payment()])
    expect(await books.hits('overspent')).toEqual([])
    await books.put('payments', [payment({ payee: '李示例', due: 44_100, amount: 44_100 })])
    expect(await books.hits('overspent')).toEqual(['error 2'])
  })

  it('find a contract and an asset whose figures do not agree', async () => {
    const sample = sampleCounty({ scale: 0.001, seed: 1, today: '2026-11-24' })
    const [contract] = sample.rows('contracts')
    const [asset] = [...sample.rows('assets')].filter(({ netValue }) => netValue !== null)
    if (contract === undefined || asset === undefined) throw new Error('Expected both in the sample')
    await books.put('contracts', [contract, { ...contract, number: 'X', owed: contract.owed + 1 }])
    await books.put('assets', [asset, { ...asset, number: 'Y', netValue: (asset.netValue ?? 0) + 1 }])
    expect(await books.hits('owed')).toEqual(['error 3', 'error 3'])
  })
})

describe('the totals of a file', () => {
  it('are held against its rows: an error where all rows were taken, a warning where some were not', async () => {
    const id = await books.put('payments', [payment()])
    const figure = { field: 'amount', heading: '金额', column: 'F', text: '441.00', said: 44_100, summed: 44_100 }
    const line = { scope: 'whole', label: '合计', refused: 0, duplicates: 0 }
    const totals = [
      { ...line, row: 9, figures: [figure] },
      { ...line, row: 10, figures: [{ ...figure, said: 44_000 }] },
      { ...line, row: 11, refused: 2, figures: [{ ...figure, said: 50_000 }] },
      { ...line, row: 12, figures: [{ ...figure, text: '约四百', said: null }] },
    ]
    const report = { import: id, table: 'payments', file: 'test.csv', sheet: '', totals }
    changeIn(
      books.office,
      `INSERT INTO importRuns ("table", file, path, choices, by, startedAt, state, import, message, report)
         VALUES ('payments', 'test.csv', '', '{}', 'test', '', 'taken', ?, '', ?)`,
      id,
      JSON.stringify(report),
    )
    expect(await books.hits('totals')).toEqual(['error 10', 'warning 11', 'error 12'])
  })
})
