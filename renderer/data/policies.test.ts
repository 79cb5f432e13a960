// Policy search against the real postings of the small county, and against looking through every text by hand.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalText } from '../../sync/core/bigrams.ts'
import { memoryReader } from '../../test/county/memory-reader.ts'
import { clausesOf, documents } from '../../test/county/small-county.ts'
import { smallSource } from '../../test/county/small-source.ts'
import type { Answer, CountyData, PolicyQuery } from './county-data.ts'
import { createCountyData } from './create.ts'
import { foldText, marksOf, termsOf } from './search.ts'

const ALL = 100
const reader = await memoryReader(smallSource())
function data(): CountyData {
  return createCountyData(reader)
}
function value<T>(answer: Answer<T>): T {
  if (answer.state !== 'here') throw new Error(`Expected an answer, got ${answer.state}`)
  return answer.value
}
async function found(query: Partial<PolicyQuery>): Promise<string[]> {
  const { hits } = value(await data().policies({ text: '', tags: [], on: null, ...query }, ALL))
  return hits.map((hit) => hit.document.index)
}

/** Everything that a policy is found by, looked through without any index. */
function byHand(text: string): string[] {
  const terms = termsOf(text)
  return documents()
    .filter((document) => {
      const clauses = clausesOf(document.index).map((clause) => `${clause.label}\n${clause.chapter}\n${clause.text}`)
      const { title, number, issuer, topic, who, howMuch, how, tags } = document
      const all = [title, number, issuer, topic, who, howMuch, how, ...tags.flatMap((tag) => tag.values), ...clauses]
      const folded = foldText(all.join('\n'))
      return terms.every((term) => folded.includes(term))
    })
    .map((document) => document.index)
    .sort()
}

test('hits are exactly the policies whose text holds every term', async () => {
  const texts = documents().flatMap((document) => [
    document.title,
    ...clausesOf(document.index).map(({ text }) => text),
  ])
  const piece = fc
    .tuple(fc.constantFrom(...texts), fc.nat(40), fc.integer({ min: 1, max: 6 }))
    .map(([text, at, length]) =>
      [...text.replaceAll(/[^\p{Script=Han}]/gu, '')].slice(at % 8, (at % 8) + length).join(''),
    )
  const query = fc.array(piece, { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join(' '))
  const check = fc.asyncProperty(query, async (text) => {
    fc.pre(termsOf(text).length > 0)
    expect([...(await found({ text }))].sort()).toEqual(byHand(text))
  })
  await fc.assert(check, { numRuns: 120, seed: 20_261_124 })
}, 60_000)

test('each word to tap stands in a document, or is a tag of one', async () => {
  const { words, years } = await data().policyWords()
  expect(words.length).toBeGreaterThan(0)
  for (const { word } of words) expect(await found({ text: word })).not.toEqual([])
  expect(years).toEqual(years.toSorted().reverse())
})

test('a folded text has one character for each of the text, whatever stands in it', () => {
  const oneByOne = (text: string): string =>
    text
      .split('')
      .map((character) => (normalText(character).length === 1 ? normalText(character) : character))
      .join('')
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...'补贴〇、。ＡａＺ９ ㎡ﬁ丽İ\n'), fc.string({ maxLength: 1 })),
  })
  fc.assert(
    fc.property(text, (each) => {
      expect(foldText(each)).toBe(oneByOne(each))
    }),
  )
})

test('one character is enough, and full-width digits find half-width ones', async () => {
  expect(await found({ text: '保' })).toContain('ZC-002')
  expect(await found({ text: '１０５' })).toEqual(await found({ text: '105' }))
  expect((await found({ text: '105' })).length).toBeGreaterThan(0)
})

test('a title counts more than the text, and what is in force comes first', async () => {
  const hits = await found({ text: '耕地地力' })
  expect(hits.slice(0, 2)).toEqual(['ZC-001', 'ZC-001-旧'])
})

test('words that no policy holds find nothing', async () => {
  expect(await found({ text: '龙舟竞渡' })).toEqual([])
})

test('on a chosen day only what was in force then is found', async () => {
  expect(await found({ text: '耕地地力', on: '2021-06-01' })).toEqual(['ZC-001-旧'])
  expect(await found({ text: '耕地地力', on: '2025-06-01' })).toEqual(['ZC-001'])
  expect(await found({ on: '2010-01-01' })).toEqual([])
})

test('tags narrow, and an unknown value finds nothing', async () => {
  expect((await found({ tags: [{ dimension: '对象', value: '农户' }] })).length).toBe(documents().length)
  expect(await found({ tags: [{ dimension: '对象', value: '渔民' }] })).toEqual([])
})

test('every mark stands on the words that were looked for', async () => {
  const { hits } = value(await data().policies({ text: '种地农户 每亩', tags: [], on: null }, ALL))
  expect(hits.length).toBeGreaterThan(0)
  for (const { excerpt, marks } of hits)
    for (const [start, end] of marks) expect(['种地农户', '每亩']).toContain(excerpt.slice(start, end))
  expect(marksOf('每亩１０５元', ['105'])).toEqual([[2, 5]])
})

test('a policy comes with its clauses in order, its versions, and the funds that rest on it', async () => {
  const view = value(await data().policy('ZC-001'))
  expect(view.clauses.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3])
  expect(view.versions.map(({ index }) => index)).toEqual(['ZC-001-旧', 'ZC-001'])
  expect(view.funds.map(({ code }) => code)).toEqual(['F001'])
  expect((await data().policy('ZC-404')).state).toBe('none')
})
