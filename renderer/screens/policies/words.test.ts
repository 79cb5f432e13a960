import fc from 'fast-check'
import { pinyin } from 'pinyin-pro'
import { expect, test } from 'vitest'
import { wordsOf } from '../../data/words.ts'
import { stretches } from './marks.ts'
import { nextLetters, queryWords, suggest } from './words.ts'

const initialsOf = (word: string): string =>
  pinyin(word, { pattern: 'first', toneType: 'none', type: 'array' }).join('')
const TITLES = ['会同县耕地地力保护补贴发放办法', '会同县稻谷目标价格补贴实施细则', '重度残疾人护理补贴发放办法']
const WORDS = await wordsOf(TITLES, [{ value: '种地农户', count: 2 }], initialsOf, async () => undefined)

test('The letters g and d lead to 耕地.', () => {
  expect(suggest(WORDS, 'gd', 8).map((word) => word.word)).toEqual(['耕地'])
  expect([...nextLetters(WORDS, 'g')]).toContain('d')
})

test('A tag is a word whatever its length.', () => {
  expect(suggest(WORDS, 'zdnh', 8).map((word) => word.word)).toEqual(['种地农户'])
})

test('Only letters that still lead to a word are offered, and each of them does.', () => {
  for (const letter of nextLetters(WORDS, '')) expect(suggest(WORDS, letter, 1)).toHaveLength(1)
  expect(nextLetters(WORDS, 'gdx').size).toBe(0)
})

test('A query is its words.', () => {
  expect(queryWords(' 耕地  补贴 ')).toEqual(['耕地', '补贴'])
})

test('Stretches joined give the text again, whatever the marks.', () => {
  const mark = fc.tuple(fc.nat(12), fc.nat(12))
  fc.assert(
    fc.property(fc.string({ maxLength: 10 }), fc.array(mark, { maxLength: 4 }), (text, marks) => {
      expect(
        stretches(text, marks)
          .map((one) => one.text)
          .join(''),
      ).toBe(text)
    }),
    { seed: 20251109 },
  )
  expect(stretches('耕地补贴', [[0, 2]])).toEqual([
    { text: '耕地', hit: true },
    { text: '补贴', hit: false },
  ])
})
