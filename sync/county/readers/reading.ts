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

/** What copying from a web page or a chat brings along: signs of no width, which turn nothing around. */
const NO_WIDTH = /[\u00ad\u200b-\u200e\u2060\ufeff]/g

/** Full-width digits, letters and signs as their ASCII twins; wide and narrow spaces as a space; signs of no width left out; ends trimmed. */
export function plain(cell: string): string {
  if (/^[\x21-\x7e]*$/.test(cell)) return cell
  return cell
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(NO_WIDTH, '')
    .replace(/[\u3000\u00a0\u2000-\u200a\u202f\u205f]/g, ' ')
    .replace(/[\u2212\u2013\u2014]/g, '-')
    .trim()
}

/** A text without signs that nobody sees: 杨\u200b示例 would be another person than 杨示例, whom no search finds. */
export function visible(text: string): string {
  return text.replace(/\p{Cf}/gu, '')
}
