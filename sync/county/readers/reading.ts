// What reading one cell gives: a value, or why it can't be read. Nothing is guessed in silence (`domain.md`).
import { type Reason, type ReasonCode, reasonOf } from '../../contract/console/reasons.ts'

export type Reading<T> = { ok: true; value: T } | { ok: false; reason: Reason }

export function read<T>(value: T): Reading<T> {
  return { ok: true, value }
}

/** `unreadable('money', { got: cell })`: why, as data (`contract/console/reasons.ts`). */
export function unreadable<Code extends ReasonCode>(
  ...said: Parameters<typeof reasonOf<Code>>
): { ok: false; reason: Reason } {
  return { ok: false, reason: reasonOf(...said) }
}

/** Full-width digits, letters and signs as their ASCII twins; ideographic space as a space; ends trimmed. */
export function plain(cell: string): string {
  if (/^[\x21-\x7e]*$/.test(cell)) return cell
  return cell
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ')
    .replace(/[\u2212\u2013\u2014]/g, '-')
    .trim()
}
