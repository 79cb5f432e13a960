// Whether a month's account adds up, and if not, where it doesn't: what it should be beside what is written.

import type { EntryRow, Fen, PeriodRow } from '../../../sync/contract/rows.ts'

export interface Mismatch {
  where: 'balance' | 'income' | 'expense'
  /** What the other figures make it. */
  should: Fen
  /** What the account says. */
  written: Fen
}

/** Every place where the account and its own figures differ; empty when all adds up. */
export function mismatches(period: PeriodRow, entries: readonly EntryRow[]): Mismatch[] {
  const sum = (direction: EntryRow['direction']): Fen =>
    entries.reduce((total, row) => total + (row.direction === direction ? row.amount : 0), 0)
  const all: Mismatch[] = [
    { where: 'balance', should: period.opening + period.income - period.expense, written: period.closing },
    { where: 'income', should: sum('income'), written: period.income },
    { where: 'expense', should: sum('expense'), written: period.expense },
  ]
  return all.filter((one) => one.should !== one.written)
}
