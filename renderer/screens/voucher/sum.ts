// What a voucher comes to: it may book several lines.

import type { EntryRow, Fen } from '../../../sync/contract/rows.ts'

/** Sum of the lines in the direction of the first; a line the other way counts against it. */
export function voucherSum(lines: readonly EntryRow[]): Fen {
  const direction = lines[0]?.direction
  return lines.reduce((sum, line) => sum + (line.direction === direction ? line.amount : -line.amount), 0)
}
