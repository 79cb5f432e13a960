// The words a villager can tap instead of typing: taken from the titles and tags of what is published, found by the
// initials of their pinyin. The reading of characters, pinyin-pro, is loaded when they are first asked for, not at the start.

import type { DocumentRow } from '../../sync/contract/rows.ts'

export interface Word {
  word: string
  /** Lower-case initials, one a character: 耕地 → 'gd'. */
  initials: string
  /** Documents whose title or tags hold it. */
  count: number
}

/** Words that nearly every title holds narrow nothing. */
const EMPTY = new Set([
  ...['会同', '会同县', '关于', '通知', '办法', '规定', '条例', '实施', '细则', '方案', '意见', '工作', '管理', '印发'],
  ...['示例', '有关', '进一步', '做好', '决定', '若干', '试行', '修订', '中华', '人民', '共和国', '以及', '或者', '和'],
])

/** Titles, and words, that are read between two pauses. */
const SLICE = 20

/**
 * Chinese words of two to six characters, the commonest first; tags are words too, whatever their length. Reading them
 * takes a while: `pause` lets taps through between slices (P7).
 */
export async function wordsOf(
  titles: readonly string[],
  tags: readonly { value: string; count: number }[],
  initialsOf: (word: string) => string,
  pause: () => Promise<void>,
): Promise<Word[]> {
  const counts = new Map<string, number>(tags.map(({ value, count }) => [value, count]))
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  for (const [at, title] of titles.entries()) {
    if (at % SLICE === 0) await pause()
    const words = [...segmenter.segment(title)].map((segment) => segment.segment)
    for (const word of new Set(words)) {
      if (!/^\p{Script=Han}{2,6}$/u.test(word) || EMPTY.has(word)) continue
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  const words: Word[] = []
  for (const [word, count] of counts) {
    if (words.length % SLICE === 0) await pause()
    words.push({ word, count, initials: initialsOf(word) })
  }
  return words.sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
}

/** Years that titles and document numbers name, newest first. */
export function yearsIn(texts: readonly string[], limit: number): string[] {
  const years = new Set(texts.flatMap((text) => text.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g) ?? []))
  return [...years].sort().reverse().slice(0, limit)
}

/** Years offered. */
const YEARS = 4

export interface Words {
  words: Word[]
  /** '2025', '2024', … */
  years: string[]
}

/** Words and years of these documents and tags. */
export async function readWords(
  documents: readonly DocumentRow[],
  tags: readonly { value: string; count: number }[],
): Promise<Words> {
  const { pinyin } = await import('pinyin-pro')
  const initialsOf = (word: string): string =>
    pinyin(word, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase()
  const titles = documents.map((document) => document.title)
  const numbered = documents.flatMap((document) => [document.title, document.number])
  return { words: await wordsOf(titles, tags, initialsOf, pause), years: yearsIn(numbered, YEARS) }
}

/** Lets another question be answered in between. */
function pause(): Promise<void> {
  return new Promise((go) => setTimeout(go))
}
