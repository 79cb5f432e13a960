// What a villager is told about two sums side by side: more, less or the same, in whole percents, or nothing at all.

import type { Fen } from '../contract/rows.ts'

export type Change =
  /** The earlier sum is not published: there is nothing to compare with, and an absence is never taken for zero. */
  | { kind: 'unknown' }
  | { kind: 'same' }
  /** The earlier sum was published as zero (or less): a percentage would say nothing. */
  | { kind: 'from-nothing' }
  /** Whole percents, at least 1. */
  | { kind: 'more' | 'less'; percent: number }

/** How `now` stands to `then`; null where `then` is not published. */
export function changeOf(now: Fen, then: Fen | null): Change {
  if (then === null) return { kind: 'unknown' }
  if (now === then) return { kind: 'same' }
  if (then <= 0) return { kind: 'from-nothing' }
  const percent = Math.max(1, Math.round((Math.abs(now - then) / then) * 100))
  return { kind: now > then ? 'more' : 'less', percent }
}

/** Length of a bar in thousandths of the longest; a negative sum (reversals outweigh) draws none. */
export function barShare(amount: Fen, longest: Fen): number {
  return longest <= 0 || amount <= 0 ? 0 : Math.min(1000, Math.round((amount / longest) * 1000))
}
