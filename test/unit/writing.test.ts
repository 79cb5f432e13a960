// assets/writing.json is what its maker makes of pinyin-pro and the county's names, and no more than a terminal can draw.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeWriting } from '../../.ci/writing.ts'

it('is made anew from its sources, word for word', () => {
  // Written by `node .ci/writing.ts`.
  expect(JSON.parse(readFileSync('assets/writing.json', 'utf8'))).toEqual(makeWriting())
})

it('holds the 3,755 common characters, each word no longer than a key', () => {
  const { characters, words } = makeWriting()
  expect(new Set(Object.values(characters).join('')).size).toBe(3_755)
  expect(words.filter(([word]) => [...word].length > 8 || [...word].length < 2)).toEqual([])
  expect(words.length).toBeGreaterThan(400)
  const unread = words.filter(([word, sound]) => sound.split(' ').length !== [...word].length)
  expect(unread).toEqual([])
})
