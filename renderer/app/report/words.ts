// Word lists, read when a message or a lookup first needs them, so that no start waits: 50 kB of query codes' words, 32 kB
// of what the pinyin keys offer (`assets/writing.json`).
import { z } from 'zod'
import type { Lexicon, ListedWord } from '../../navigation/report.ts'

const list = z.array(z.tuple([z.string(), z.string()]))
const writing = z.object({ characters: z.record(z.string(), z.string()), words: list })

export async function readWords(): Promise<readonly ListedWord[]> {
  const { default: words } = await import('../../../assets/words.json')
  return list.parse(words)
}

/** The county's words first, then the everyday ones that codes are made of. */
export async function readLexicon(): Promise<Lexicon> {
  const [{ default: raw }, everyday] = await Promise.all([import('../../../assets/writing.json'), readWords()])
  const { characters, words } = writing.parse(raw)
  return { characters, words: [...words, ...everyday] }
}
