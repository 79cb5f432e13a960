// Gets the words ready once the pane is opened: titles and tags of what is published, read with pinyin-pro, which is
// loaded then and not at the start of the terminal.

import type { CountyData } from '../../data/county-data.ts'
import { useValue } from '../../hall/use-answer.ts'
import { type Word, wordsOf, yearsIn } from './words.ts'

/** Titles read for the words: what is in force and newest comes first. */
const TITLES = 200
const YEARS = 4

export interface Words {
  words: Word[]
  /** '2025', '2024', … */
  years: string[]
}

/** null while they are being got ready. */
export function useWords(data: CountyData): Words | null {
  return useValue(() => readWords(data), [data])
}

async function readWords(data: CountyData): Promise<Words> {
  const [found, tags, reading] = await Promise.all([
    data.policyDocuments(TITLES),
    data.policyTags(),
    import('pinyin-pro'),
  ])
  const documents = found.state === 'here' ? found.value : []
  const values = tags.state === 'here' ? tags.value.flatMap((dimension) => dimension.values) : []
  const initialsOf = (word: string): string =>
    reading.pinyin(word, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase()
  return {
    words: await wordsOf(
      documents.map((document) => document.title),
      values,
      initialsOf,
      pause,
    ),
    years: yearsIn(
      documents.flatMap((document) => [document.title, document.number]),
      YEARS,
    ),
  }
}

/** Lets the browser paint and answer a finger. */
function pause(): Promise<void> {
  return new Promise((go) => setTimeout(go))
}
