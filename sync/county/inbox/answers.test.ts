import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { ANSWER_DAYS, createAnswerTable, giveAnswer, mixAnswers, shownAnswers, waitingAnswers } from './answers.ts'

let database: DatabaseSync
beforeEach(() => {
  database = new DatabaseSync(':memory:')
  createAnswerTable(database)
})
const dayOf = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10)
const answer = (number: number, text = 'YQ') => ({
  label: number.toString(16).padStart(32, '0'),
  sealed: `eyJ9..aXY.${text}.dGFn`,
})

describe('private answers in releases', () => {
  it('appear with the next proposal, and a draft in between doesn’t change', async () => {
    await mixAnswers(database, dayOf(1))
    const before = shownAnswers(database)
    giveAnswer(database, answer(1))
    expect(shownAnswers(database)).toEqual(before)
    await mixAnswers(database, dayOf(1))
    expect(shownAnswers(database)).toContainEqual(answer(1))
  })

  it('keep the newest state under one label', async () => {
    giveAnswer(database, answer(1, 'YQ'))
    await mixAnswers(database, dayOf(1))
    giveAnswer(database, answer(1, 'Yg'))
    expect(waitingAnswers(database)).toBe(1)
    expect(shownAnswers(database)).toContainEqual(answer(1, 'YQ'))
    const before = new Map(shownAnswers(database).map(({ label, sealed }) => [label, sealed]))
    await mixAnswers(database, dayOf(2))
    expect(shownAnswers(database).filter(({ label }) => label === answer(1).label)).toEqual([answer(1, 'Yg')])
    const changed = shownAnswers(database).filter(({ label, sealed }) => (before.get(label) ?? sealed) !== sealed)
    expect(changed.length, 'decoys change too').toBe(2)
  })

  it('change as often where nobody was answered', async () => {
    await mixAnswers(database, dayOf(1))
    const before = new Map(shownAnswers(database).map(({ label, sealed }) => [label, sealed]))
    await mixAnswers(database, dayOf(2))
    const changed = shownAnswers(database).filter(({ label, sealed }) => (before.get(label) ?? sealed) !== sealed)
    expect(changed.length).toBe(2)
  })

  it('are withdrawn after 90 days, as decoys are', async () => {
    giveAnswer(database, answer(1))
    await mixAnswers(database, dayOf(1))
    const labels = () => shownAnswers(database).map(({ label }) => label)
    const first = labels()
    await mixAnswers(database, dayOf(ANSWER_DAYS))
    expect(labels()).toEqual(expect.arrayContaining(first))
    await mixAnswers(database, dayOf(1 + ANSWER_DAYS))
    expect(labels()).not.toContain(answer(1).label)
    await mixAnswers(database, dayOf(1 + 2 * ANSWER_DAYS))
    expect(labels().filter((label) => first.includes(label))).toEqual([])
  })

  it('refuse what isn’t sealed (E-FORMAT)', () => {
    expect(() => giveAnswer(database, { label: '1', sealed: 'eyJ9..aXY.YQ.dGFn' })).toThrow(/label/)
    expect(() => giveAnswer(database, { label: answer(1).label, sealed: '低保金已补发' })).toThrow(/sealed/)
  })

  it('are as many, and change by as many, whether a few were answered or nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(8), { minLength: 1, maxLength: 12 }), async (given) => {
        const [with_, without] = [new DatabaseSync(':memory:'), new DatabaseSync(':memory:')]
        for (const one of [with_, without]) createAnswerTable(one)
        let number = 0
        for (const [day, count] of given.entries()) {
          for (let at = 0; at < count; at += 1) {
            number += 1
            giveAnswer(with_, answer(number))
          }
          await mixAnswers(with_, dayOf(day))
          await mixAnswers(without, dayOf(day))
          expect(shownAnswers(with_).length).toBe(shownAnswers(without).length)
          expect(shownAnswers(with_).length).toBeGreaterThanOrEqual(20)
        }
      }),
      { numRuns: 15 },
    )
  })
})
