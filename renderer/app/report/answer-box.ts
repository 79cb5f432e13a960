// Finding a private answer without a line: five words → Argon2id in a worker → label → this release's answers → opened.
import { COUNTY } from '../../../sync/contract/tree.ts'
import type { CountyData } from '../../data/county-data.ts'
import type { AnswerBox } from '../../navigation/report.ts'
import { deriveAnswerKey } from '../../worker/answer-key.ts'
import { readWords } from './words.ts'

export function createAnswerBox(data: CountyData): AnswerBox {
  return {
    words: readWords,
    async open(queryCode) {
      const { key, label } = await deriveAnswerKey(queryCode, COUNTY)
      const found = await data.answer(label)
      if (found.state !== 'here') return found.state
      const { openAnswer } = await import('./open-answer.ts')
      return openAnswer(found.value.sealed, key)
    },
  }
}
