// All rules together: they explain themselves, spare what is public, and raise no error over a clean county.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeIn } from '../../../test/county/books-file.ts'
import { loadSample } from '../import/load-sample.ts'
import { sampleCounty } from '../sample/sample.ts'
import { RULES } from './rules.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { NOW, payment, TestBooks } from './test-books.ts'
import { walkBooks } from './walk.ts'

let books: TestBooks
beforeEach(() => {
  books = new TestBooks()
})
afterEach(() => books.close())

describe('all rules', () => {
  it('explain themselves, and have names of their own', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
    for (const rule of RULES)
      for (const text of [rule.title, rule.why, rule.source, rule.todo]) expect(text).not.toBe('')
  })

  it('make a warning of what only concerns rows that are public already', async () => {
    const id = await books.put('payments', [payment({ due: 1, amount: 1 })])
    expect(await books.hits('amount')).toEqual(['error 2'])
    changeIn(books.office, 'UPDATE imports SET published = 3 WHERE id = ?', id)
    expect(await books.hits('amount')).toEqual(['warning 2'])
  })

  for (const seed of [1, 2, 431225]) {
    it(`raise no error over a clean county (seed ${seed}), only words to ask for`, { timeout: 60_000 }, async () => {
      await loadSample(books.office, sampleCounty({ scale: 0.003, seed, today: '2026-11-24' }), [], NOW)
      const runs = await walkBooks(books.office, RULES, DEFAULT_SETTINGS)
      expect(runs.filter(({ errors }) => errors > 0).map(({ rule, found }) => [rule, found[0]])).toEqual([])
      expect(runs.filter(({ warnings }) => warnings > 0).map(({ rule }) => rule)).toEqual(
        runs.filter(({ rule, warnings }) => rule === 'returned' && warnings > 0).map(({ rule }) => rule),
      )
    })
  }
})
