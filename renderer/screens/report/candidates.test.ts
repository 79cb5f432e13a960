// What letters lead to, over the list that ships.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Lexicon } from '../../navigation/report.ts'
import { candidates, canFollow, cellsOf, pagesOf } from './candidates.ts'

const pairs = z.array(z.tuple([z.string(), z.string()]))
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const { characters, words } = z
  .object({ characters: z.record(z.string(), z.string()), words: pairs })
  .parse(read('assets/writing.json'))
const LEXICON: Lexicon = { characters, words: [...words, ...pairs.parse(read('assets/words.json'))] }
const offered = (letters: string): string[] => candidates(LEXICON, letters).map(({ text }) => text)

it('offers a word by its full pinyin and by its initials, before single characters', () => {
  expect(offered('meiyou')[0]).toBe('没有')
  expect(offered('msd')[0]).toBe('没收到')
  expect(offered('butie')[0]).toBe('补贴')
  expect(offered('wgc')).toContain('翁高村')
})

it('offers the frequent characters of a syllable first, and takes its letters only', () => {
  expect(candidates(LEXICON, 'de')[0]).toEqual({ text: '的', used: 2 })
  const rest = candidates(LEXICON, 'meiq')
  expect(rest.find(({ text }) => text === '没')?.used).toBe(3)
  expect(offered('lv')).toContain('绿')
})

it('leads on from every letter that may follow: nothing is a dead end', () => {
  for (const first of 'abcdefghjklmnopqrstwxyz') {
    expect(canFollow('', first)).toBe(true)
    for (const second of 'abcdefghijklmnopqrstuvwxyz') expect(offered(first + second)).not.toEqual([])
  }
  for (const none of 'iuv') expect(canFollow('', none)).toBe(false)
  expect(canFollow('a'.repeat(24), 'a')).toBe(false)
})

it('reaches each character of the list by its syllable', () => {
  for (const [sound, own] of Object.entries(characters)) {
    const found = new Set(offered(sound))
    expect([...own].filter((character) => !found.has(character))).toEqual([])
  }
})

it('fills pages by cells, and loses none', () => {
  const all = candidates(LEXICON, 'cun')
  const pages = pagesOf(all, 19)
  expect(pages.flat()).toEqual(all)
  for (const page of pages) expect(page.reduce((sum, candidate) => sum + cellsOf(candidate), 0)).toBeLessThanOrEqual(19)
})
