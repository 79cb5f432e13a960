// What the pinyin keys offer for the letters tapped so far: words that they spell, by full pinyin or by initials; a few
// frequent characters; words that they begin; more characters. Pure; every letter leads to something, so nothing is a dead end.
//
//   'msd'  → 没收到 (3 letters used), then characters of m…: 没 每 … (1 used, 'sd' stays)
//   'mei'  → 没 每 美 … (3 used), 没有 …
import type { Lexicon } from '../../navigation/report.ts'

export interface Candidate {
  text: string
  /** Letters that it answers; the rest stays tapped. */
  used: number
}

/** Letters tapped and not yet answered, at most: four long syllables. */
export const LONGEST_LETTERS = 24
/** No syllable begins with one of these. */
const NO_BEGINNING = new Set(['i', 'u', 'v'])
const LONGEST_SYLLABLE = 6
/** Frequent characters that come before the words which the letters only begin. */
const BEFORE_WORDS = 6

/** Whether the letter can follow: only a syllable's beginning is closed to three of them. */
export function canFollow(letters: string, letter: string): boolean {
  return letters.length < LONGEST_LETTERS && (letters !== '' || !NO_BEGINNING.has(letter))
}

export function candidates(lexicon: Lexicon, letters: string): Candidate[] {
  if (letters === '') return []
  const { whole, begun } = wordsFor(lexicon, letters)
  const characters = charactersFor(lexicon, letters)
  const answering = characters.filter(({ used }) => used === letters.length)
  const word = (text: string): Candidate => ({ text, used: letters.length })
  const first = answering.slice(0, BEFORE_WORDS)
  return [...whole.map(word), ...first, ...begun.map(word), ...characters.filter((one) => !first.includes(one))]
}

/** Words that the letters spell whole, and those that they begin; a single letter begins too many to be of use. */
function wordsFor({ words }: Lexicon, letters: string): { whole: string[]; begun: string[] } {
  const whole = new Set<string>()
  const begun = new Set<string>()
  if (letters.length < 2) return { whole: [], begun: [] }
  for (const [word, pinyin] of words) {
    const syllables = pinyin.split(' ')
    const full = syllables.join('')
    const initials = syllables.map((syllable) => syllable[0] ?? '').join('')
    if (full === letters || initials === letters) whole.add(word)
    else if (full.startsWith(letters) || (letters.length > 2 && initials.startsWith(letters))) begun.add(word)
  }
  return { whole: [...whole], begun: [...begun] }
}

/** Characters of the longest beginning that is a syllable, or begins one; then of the shorter syllables inside it. */
function charactersFor({ characters }: Lexicon, letters: string): Candidate[] {
  const found: Candidate[] = []
  const seen = new Set<string>()
  const add = (text: string, used: number) => {
    for (const character of text)
      if (!seen.has(character)) {
        seen.add(character)
        found.push({ text: character, used })
      }
  }
  for (let used = Math.min(LONGEST_SYLLABLE, letters.length); used > 0; used -= 1) {
    const beginning = letters.slice(0, used)
    const own = characters[beginning]
    if (own !== undefined) add(own, used)
    if (found.length === 0) add(interleaved(characters, beginning), used)
  }
  return found
}

/** The most frequent characters of every syllable that begins so, one of each in turn. */
function interleaved(characters: Lexicon['characters'], beginning: string): string {
  const lists = Object.entries(characters).flatMap(([sound, own]) => (sound.startsWith(beginning) ? [[...own]] : []))
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, at) => lists.map((list) => list[at] ?? '').join('')).join('')
}

/** Cells of the grid that a candidate takes: 1 for two characters, 2 for four, 3 for eight. */
export function cellsOf({ text }: Candidate): 1 | 2 | 3 {
  const { length } = [...text]
  return length <= 2 ? 1 : length <= 4 ? 2 : 3
}

/** Pages of at most so many cells, in order. */
export function pagesOf(all: readonly Candidate[], cells: number): Candidate[][] {
  const pages: Candidate[][] = []
  let room = 0
  for (const candidate of all) {
    const needs = cellsOf(candidate)
    if (needs > room) {
      pages.push([])
      room = cells
    }
    pages.at(-1)?.push(candidate)
    room -= needs
  }
  return pages
}
