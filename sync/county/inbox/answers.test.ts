import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Books, openBooks } from '../database/books.ts'
import { ANSWER_DAYS, giveAnswer, mixAnswers, shownAnswers, waitingAnswers } from './answers.ts'

let books: Books
beforeEach(async () => {
  books = await openBooks(':memory:')
})
afterEach(() => books.destroy())
const dayOf = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10)
const answer = (number: number, text = 'YQ') => ({
  label: number.toString(16).padStart(32, '0'),
  sealed: `eyJ9..aXY.${text}.dGFn`,
})

describe('private answers in releases', () => {
  it('appear with the next proposal, and a draft in between doesn’t change', async () => {
    await mixAnswers(books, dayOf(1))
    const before = await shownAnswers(books)
    await giveAnswer(books, answer(1))
    expect(await shownAnswers(books)).toEqual(before)
    await mixAnswers(books, dayOf(1))
    expect(await shownAnswers(books)).toContainEqual(answer(1))
  })

  it('keep the newest state under one label', async () => {
    await giveAnswer(books, answer(1, 'YQ'))
    await mixAnswers(books, dayOf(1))
    await giveAnswer(books, answer(1, 'Yg'))
    expect(await waitingAnswers(books)).toBe(1)
    expect(await shownAnswers(books)).toContainEqual(answer(1, 'YQ'))
    const before = new Map((await shownAnswers(books)).map(({ label, sealed }) => [label, sealed]))
    await mixAnswers(books, dayOf(2))
    expect((await shownAnswers(books)).filter(({ label }) => label === answer(1).label)).toEqual([answer(1, 'Yg')])
    const changed = (await shownAnswers(books)).filter(({ label, sealed }) => (before.get(label) ?? sealed) !== sealed)
    expect(changed.length, 'decoys change too').toBe(2)
  })

  it('change as often where nobody was answered', async () => {
    await mixAnswers(books, dayOf(1))
    const before = new Map((await shownAnswers(books)).map(({ label, sealed }) => [label, sealed]))
    await mixAnswers(books, dayOf(2))
    const changed = (await shownAnswers(books)).filter(({ label, sealed }) => (before.get(label) ?? sealed) !== sealed)
    expect(changed.length).toBe(2)
  })

  it('are withdrawn after 90 days, as decoys are', async () => {
    await giveAnswer(books, answer(1))
    await mixAnswers(books, dayOf(1))
    const labels = async () => (await shownAnswers(books)).map(({ label }) => label)
    const first = await labels()
    await mixAnswers(books, dayOf(ANSWER_DAYS))
    expect(await labels()).toEqual(expect.arrayContaining(first))
    await mixAnswers(books, dayOf(1 + ANSWER_DAYS))
    expect(await labels()).not.toContain(answer(1).label)
    await mixAnswers(books, dayOf(1 + 2 * ANSWER_DAYS))
    expect((await labels()).filter((label) => first.includes(label))).toEqual([])
  })

  it('refuse what isn’t sealed (E-FORMAT)', async () => {
    await expect(giveAnswer(books, { label: '1', sealed: 'eyJ9..aXY.YQ.dGFn' })).rejects.toThrow(/label/)
    await expect(giveAnswer(books, { label: answer(1).label, sealed: '低保金已补发' })).rejects.toThrow(/sealed/)
  })

  it('are as many, and change by as many, whether a few were answered or nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(8), { minLength: 1, maxLength: 12 }), async (given) => {
        const [with_, without] = [await openBooks(':memory:'), await openBooks(':memory:')]
        let number = 0
        for (const [day, count] of given.entries()) {
          for (let at = 0; at < count; at += 1) {
            number += 1
            await giveAnswer(with_, answer(number))
          }
          await mixAnswers(with_, dayOf(day))
          await mixAnswers(without, dayOf(day))
          expect((await shownAnswers(with_)).length).toBe((await shownAnswers(without)).length)
          expect((await shownAnswers(with_)).length).toBeGreaterThanOrEqual(20)
        }
      }),
      { numRuns: 15 },
    )
  })
})
