// Which of the known words the tapped letters lead to, and the words of a query. Pure.
import type { Word } from '../../data/words.ts'

/** Words whose initials begin with the letters; those that are just as long stand first. */
export function suggest(words: readonly Word[], letters: string, limit: number): Word[] {
  const found = words.filter((word) => word.initials.startsWith(letters))
  if (letters === '') return found.slice(0, limit)
  const exact = (word: Word): number => (word.initials.length === letters.length ? 0 : 1)
  return found.toSorted((a, b) => exact(a) - exact(b) || b.count - a.count).slice(0, limit)
}

/** Letters that still lead to a word after those tapped. */
export function nextLetters(words: readonly Word[], letters: string): Set<string> {
  const next = new Set<string>()
  for (const { initials } of words) {
    if (initials.length > letters.length && initials.startsWith(letters)) next.add(initials.charAt(letters.length))
  }
  return next
}

/** The words of a query, which a space separates. */
export function queryWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
