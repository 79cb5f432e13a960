// What the page and its reading worker say to each other: open, ask, close, and one answer to each.
import { ERROR_CODES, type ErrorCode } from '../../../sync/contract/errors.ts'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import type { PlaceCode } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'

/** Every question of the read side; the types below fail where one is left out. */
export const QUESTIONS = [
  ...(['places', 'village', 'funds', 'fundsOf', 'years', 'fund', 'fundFlow', 'fundSpread', 'fundPayments'] as const),
  ...(['projects', 'project', 'households', 'household', 'findName', 'month', 'assets', 'contracts'] as const),
  ...(['debts', 'policyTags', 'policyWords', 'policies', 'policy', 'notices'] as const),
  ...(['answer', 'origin', 'picture'] as const),
] as const
export type Question = (typeof QUESTIONS)[number]
export type Questions = Pick<CountyData, Question>
/** Fails to compile where CountyData has a question that QUESTIONS hasn't. */
export type Complete = Exclude<keyof CountyData, Question | 'record'> extends never ? true : never

/** `reader`: which of the opened releases, a number that the page gives. */
export type ToReading =
  | { type: 'open'; id: number; reader: number; own: PlaceCode | null }
  | { type: 'ask'; id: number; reader: number; question: Question; given: readonly unknown[] }
  | { type: 'close'; reader: number }
/** `value` of an 'open': the record, or null where nothing is stored yet. */
export type FromReading = { id: number; value: unknown } | { id: number; failed: { code: ErrorCode; message: string } }
export type Opened = ReleaseRecord | null

/** The worker is our own code from the same package: that it is an answer is looked at, not every row of it. */
export function fromReadingOf(data: unknown): FromReading | null {
  if (typeof data !== 'object' || data === null || !('id' in data) || typeof data.id !== 'number') return null
  if ('value' in data) return { id: data.id, value: data.value }
  const failed: unknown = 'failed' in data ? data.failed : null
  if (typeof failed !== 'object' || failed === null || !('code' in failed) || !('message' in failed)) return null
  const code = ERROR_CODES.find((known) => known === failed.code)
  return code === undefined ? null : { id: data.id, failed: { code, message: String(failed.message) } }
}
