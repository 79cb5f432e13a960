// The word list of query codes, read when the first message or lookup needs it: 50 kB that no start waits for.
import { z } from 'zod'
import type { ListedWord } from '../../navigation/report.ts'

const list = z.array(z.tuple([z.string(), z.string()]))

export async function readWords(): Promise<readonly ListedWord[]> {
  const { default: words } = await import('../../../assets/words.json')
  return list.parse(words)
}
