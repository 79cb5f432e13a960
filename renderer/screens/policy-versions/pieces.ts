// What changed inside one clause, word by word: runs of text that both versions share and runs that only one has.

import { longestCommon } from './lcs.ts'

/** `mark` true: only this version says so. */
export interface Piece {
  text: string
  mark: boolean
}

/** Under this share of common words a clause was rewritten: marking each word would only hide that. */
const LITTLE_IN_COMMON = 0.3

/** Both sides of a changed clause, whose pieces joined give the texts again. */
export function changedPieces(left: string, right: string): { left: Piece[]; right: Piece[] } {
  const [words, others] = [wordsOf(left), wordsOf(right)]
  const pairs = longestCommon(words, others)
  const common = pairs.reduce((sum, [a]) => sum + (words[a]?.length ?? 0), 0)
  if (common < LITTLE_IN_COMMON * Math.max(left.length, right.length))
    return { left: [{ text: left, mark: true }], right: [{ text: right, mark: true }] }
  return {
    left: joined(words, new Set(pairs.map(([a]) => a))),
    right: joined(others, new Set(pairs.map(([, b]) => b))),
  }
}

/** Words by the browser's own dictionary, so that marks fall on 二百元 and not on 二; each figure is one word. */
function wordsOf(text: string): string[] {
  const segments = new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)
  return [...segments].map((segment) => segment.segment)
}

function joined(words: readonly string[], common: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = []
  words.forEach((text, at) => {
    const mark = !common.has(at)
    const last = pieces.at(-1)
    if (last?.mark === mark) last.text += text
    else pieces.push({ text, mark })
  })
  return pieces
}
