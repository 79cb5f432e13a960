// The words that letters lead to; they are got ready on the read side, away from the page's own thread (P7).

import type { CountyData } from '../../data/county-data.ts'
import type { Words } from '../../data/words.ts'
import { useValue } from '../../hall/use-answer.ts'

/** null while they are being got ready. */
export function useWords(data: CountyData): Words | null {
  return useValue(() => data.policyWords(), [data])
}
