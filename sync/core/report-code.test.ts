// The word list itself, and codes made of it.
import { globSync, readFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { queryCode } from '../contract/report.ts'
import { type CodeWord, codeWords, initialsOf, lettersAfter, queryCodeOf, wordsBy } from './report-code.ts'

const WORDS: CodeWord[] = z
  .array(z.tuple([z.string(), z.string()]))
  .parse(JSON.parse(readFileSync('assets/words.json', 'utf8')))

it('holds exactly 2,048 words, each once, each of two Chinese characters', () => {
  expect(WORDS).toHaveLength(2_048)
  expect(new Set(WORDS.map(([word]) => word)).size).toBe(2_048)
  expect(WORDS.filter(([word]) => !/^\p{Script=Han}{2}$/u.test(word))).toEqual([])
})

it('holds no two words that sound alike without tones, and says how each sounds', () => {
  expect(new Set(WORDS.map(([, sound]) => sound)).size).toBe(2_048)
  const other = WORDS.filter(([word, sound]) => pinyin(word, { toneType: 'none', v: true }) !== sound)
  expect(other).toEqual([])
})

/** Characters that a shipped face's style sheets promise, as ranges of code points. */
function rangesOf(face: string): [number, number][] {
  const sheets = globSync(`node_modules/@fontsource/${face}/{400,700}.css`)
  const text = sheets.map((sheet) => readFileSync(sheet, 'utf8')).join('\n')
  return [...text.matchAll(/U\+([\da-f]+)(?:-([\da-f]+))?/gi)].map(([, from = '', to = from]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to, 16),
  ])
}

it('is drawn by the faces that ship with the terminal', () => {
  const ranges = rangesOf('noto-sans-sc')
  expect(ranges.length).toBeGreaterThan(100)
  const drawn = (character: string) => {
    const point = character.codePointAt(0) ?? 0
    return ranges.some(([from, to]) => from <= point && point <= to)
  }
  expect(WORDS.filter(([word]) => ![...word].every(drawn))).toEqual([])
})

it('makes a code of five words out of ten random bytes, the first and the last word included', () => {
  const code = queryCodeOf(Uint8Array.of(0, 0, 7, 255, 8, 0, 255, 255, 0, 1), WORDS)
  const at = (index: number) => WORDS[index]?.[0]
  expect(codeWords(code)).toEqual([at(0), at(2_047), at(0), at(2_047), at(1)])
  expect(queryCode.safeParse(code).success).toBe(true)
  expect(() => queryCodeOf(new Uint8Array(9), WORDS)).toThrow('10 random bytes')
  expect(() => queryCodeOf(new Uint8Array(10), WORDS.slice(1))).toThrow('2048 words')
})

it('finds each word by two letters, in a list that fits a screen', () => {
  for (const word of WORDS) expect(wordsBy(initialsOf(word), WORDS)).toContain(word[0])
  const lists = new Set(WORDS.map(initialsOf))
  const longest = Math.max(...[...lists].map((initials) => wordsBy(initials, WORDS).length))
  expect(longest).toBeLessThanOrEqual(40)
})

it('offers only letters that still lead to a word', () => {
  const first = lettersAfter('', WORDS)
  for (const letter of first) {
    const second = lettersAfter(letter, WORDS)
    expect(second.size).toBeGreaterThan(0)
    for (const next of second) expect(wordsBy(letter + next, WORDS)).not.toEqual([])
  }
  expect(lettersAfter('dg', WORDS).size).toBe(0)
})
