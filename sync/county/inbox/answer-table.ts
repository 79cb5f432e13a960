// Table of private answers in the office's books.
import type { TableShape } from '../database/shapes.ts'

export interface AnswerTables {
  /** `next` waits for a release, `sealed` is shown; days are 'YYYY-MM-DD', '' for none. */
  answers: { label: string; sealed: string; next: string | null; day: string; until: string; decoy: number }
}

export const ANSWER_SHAPE: TableShape = {
  name: 'answers',
  columns: { label: 'text', sealed: 'text', next: 'text?', day: 'text', until: 'text', decoy: 'integer' },
  key: ['label'],
  clustered: true,
}
