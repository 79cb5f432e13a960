// What reading one cell gives: a value, or why it can't be read. Nothing is guessed in silence (`domain.md`).

export type Reading<T> = { ok: true; value: T } | { ok: false; reason: string }

export function read<T>(value: T): Reading<T> {
  return { ok: true, value }
}

export function unreadable(reason: string): { ok: false; reason: string } {
  return { ok: false, reason }
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
