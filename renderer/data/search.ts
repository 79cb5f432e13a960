// Policy search, the pure half: terms, how well a document fits, and where the hits stand. Every hit is looked for in
// the text itself; postings only say where looking is worth it.

import type { ClauseRow, DocumentRow } from '../../sync/contract/rows.ts'
import { bigramsOf, normalText } from '../../sync/core/bigrams.ts'

/** Characters of a text shown around the first hit. */
const EXCERPT = 72
const LEAD = 18

/** What was typed, in one spelling, split at spaces and punctuation; each term must stand in the document. */
export function termsOf(text: string): string[] {
  return [...new Set(normalText(text).split(/[^\p{L}\p{N}]+/u))].filter((term) => term !== '')
}

/** Grams whose postings must all hold a document; lone Chinese characters have none of their own and are verified. */
export function requiredGrams(terms: readonly string[]): string[] {
  const grams = terms.flatMap((term) => bigramsOf(term))
  return [...new Set(grams)].filter((gram) => gram.length > 1 || /[0-9a-z]/.test(gram))
}

/**
 * One character of the text for each of the search's spelling, so that places found in the one hold in the other:
 * full-width digits become half-width, and what would grow or shrink is left as it is.
 */
export function foldText(text: string): string {
  return text.replace(FOLDED, (character) => {
    const normal = normalText(character)
    return normal.length === 1 ? normal : character
  })
}
/** What normalText may change; nearly all of a Chinese text it doesn't, and a tap waits for this (P7). */
const FOLDED = /[^\u4e00-\u9fff\u3001\u3002a-z0-9 \n]/g

/** [start, end) of every term in a text, in order, overlaps joined. */
export function marksOf(text: string, terms: readonly string[]): [number, number][] {
  const folded = foldText(text)
  const found: [number, number][] = []
  for (const term of terms) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      found.push([at, at + term.length])
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const joined: [number, number][] = []
  for (const mark of found) {
    const last = joined.at(-1)
    if (last !== undefined && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1])
    else joined.push([...mark])
  }
  return joined
}

/** How a document fits, best first: 3 all terms in the title or its number, 2 in a clause's label, 1 in the text, 0 not at all. */
export type Fit = 0 | 1 | 2 | 3

/** Fit of what can be seen without the text: 3, or 0 where the clauses must be read. */
export function titleFit(document: DocumentRow, terms: readonly string[]): 0 | 3 {
  if (terms.length === 0) return 3
  const head = foldText(`${document.title}\n${document.number}`)
  return terms.every((term) => head.includes(term)) ? 3 : 0
}

/** Fit of a document whose clauses were read: each term must stand in the title, a label or the text. */
export function textFit(document: DocumentRow, clauses: readonly ClauseRow[], terms: readonly string[]): Fit {
  if (titleFit(document, terms) === 3) return 3
  const head = foldText(`${document.title}\n${document.number}`)
  const labels = foldText(clauses.map((clause) => `${clause.label} ${clause.chapter}`).join('\n'))
  const open = terms.filter((term) => !head.includes(term))
  if (open.every((term) => labels.includes(term))) return 2
  const texts = [besides(document), ...clauses.map((clause) => foldText(clause.text))]
  const stands = (term: string): boolean => labels.includes(term) || texts.some((text) => text.includes(term))
  return open.every(stands) ? 1 : 0
}

/** What a policy is found by besides title and clauses (`publish/policies.ts`). */
function besides({ issuer, topic, who, howMuch, how, tags }: DocumentRow): string {
  return foldText([issuer, topic, who, howMuch, how, ...tags.flatMap(({ values }) => values)].join('\n'))
}

export interface Excerpt {
  excerpt: string
  marks: [number, number][]
  clause: string
}

/** Text around the first hit: of the clause that holds most terms, or of the plain words where no clause holds any. */
export function excerptOf(document: DocumentRow, clauses: readonly ClauseRow[], terms: readonly string[]): Excerpt {
  const plain = { label: '', chapter: '', text: [document.who, document.howMuch, document.how].join(' ').trim() }
  const best = bestOf([...clauses, plain], terms)
  if (best === undefined) return { excerpt: '', marks: [], clause: '' }
  const { text, label } = best
  const first = marksOf(text, terms)[0]?.[0] ?? 0
  const start = first <= LEAD ? 0 : first - LEAD
  const end = Math.min(text.length, start + EXCERPT)
  const excerpt = `${start > 0 ? '…' : ''}${text.slice(start, end).replaceAll('\n', ' ')}${end < text.length ? '…' : ''}`
  return { excerpt, marks: marksOf(excerpt, terms), clause: label }
}

type Worded = Pick<ClauseRow, 'label' | 'chapter' | 'text'>

/** The first of those that hold most terms. */
function bestOf(texts: readonly Worded[], terms: readonly string[]): Worded | undefined {
  if (terms.length === 0) return texts[0]
  let most = -1
  let best: Worded | undefined
  for (const worded of texts) {
    const text = foldText(`${worded.label} ${worded.chapter} ${worded.text}`)
    const held = terms.filter((term) => text.includes(term)).length
    if (held > most) [most, best] = [held, worded]
  }
  return best
}
