// What is said of one payment: standard × quantity = due in the policy's words, and whether what was paid equals it. Pure.
import type { Fen, PaymentRow } from '../../../sync/contract/rows.ts'

export type Verdict =
  | { says: 'equal' }
  | { says: 'less' | 'more'; by: Fen }
  /** The money came back: it reached nobody, whatever the row's amount. */
  | { says: 'returned' }
  | { says: 'reversed' }

export function verdictOf(row: Pick<PaymentRow, 'status' | 'due' | 'amount'>): Verdict {
  if (row.status === '退回') return { says: 'returned' }
  if (row.status === '冲销') return { says: 'reversed' }
  if (row.amount === row.due) return { says: 'equal' }
  return row.amount < row.due ? { says: 'less', by: row.due - row.amount } : { says: 'more', by: row.amount - row.due }
}

/** Fen that standard × quantity make; null where either isn't published: then no product is shown. */
export function productOf(row: Pick<PaymentRow, 'standard' | 'quantity'>): Fen | null {
  return row.standard === null || row.quantity === null ? null : Math.round((row.standard * row.quantity) / 1000)
}

/** Whole percent from an earlier year's sum to this one's; null where there is nothing to compare with. */
export function changeFrom(earlier: Fen, now: Fen): number | null {
  return earlier > 0 ? Math.round(((now - earlier) * 100) / earlier) : null
}
