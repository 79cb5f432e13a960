// Reads money (元 → fen), quantities (→ thousandths) and whole numbers as spreadsheets write them.
import type { Fen, Milli } from '../../contract/rows.ts'
import { plain, type Reading, read, unreadable } from './reading.ts'

const MAX_DIGITS = 13
/** A thousand such amounts still add up exactly: no household, village or county here moves 100,000,000,000 元 at once. */
const MAX_FEN = 1e13

/**
 * Money in 元 as whole fen. Reads thousands separators, ￥ and 元, the suffix 万元, full-width digits, and a minus or
 * parentheses for a reversal. `unit` is what the heading says. Refuses what would lose a digit: 4.31225E+17, 1.005.
 */
export function readMoney(cell: string, unit: '元' | '万元' = '元'): Reading<Fen> {
  const text = plain(cell)
  const inner = /^\((.*)\)$/.exec(text)
  let body = (inner?.[1] ?? text).replace(/^(-?)(?:[¥￥]|RMB|人民币)\s*/i, '$1').trim()
  let scale = unit === '万元' ? 6 : 2
  if (body.endsWith('万元')) {
    scale = 6
    body = body.slice(0, -2).trim()
  } else if (body.endsWith('元')) {
    scale = 2
    body = body.slice(0, -1).trim()
  }
  const amount = readDecimal(body, scale, 'money')
  if (amount.ok && Math.abs(amount.value) >= MAX_FEN) return unreadable('money-large', { got: cell })
  if (!amount.ok || inner === null) return amount
  return amount.value < 0 ? unreadable('money-signs', { got: cell }) : read(-amount.value)
}

/** A quantity as whole thousandths: 4.2 亩 is 4200. */
export function readQuantity(cell: string): Reading<Milli> {
  const body = plain(cell).replace(/\s*(亩|人|户|头|只|公里|米|平方米|立方米|次|月|个)$/, '')
  return readDecimal(body, 3, 'quantity')
}

/** A whole number of at most 13 digits. */
export function readInteger(cell: string): Reading<number> {
  return readDecimal(plain(cell), 0, 'whole-number')
}

/** Decimal text as a whole number of 10^-scale, exactly: no floating point is involved. */
function readDecimal(body: string, scale: number, expected: 'money' | 'quantity' | 'whole-number'): Reading<number> {
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?$/.exec(body)
  if (match === null || (match[2] === undefined && !match[3])) return notRead(expected, body)
  const whole = (match[2] ?? '0').replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const decimals = (match[3] ?? '').replace(/0+$/, '')
  if (decimals.length > scale || whole.length + scale > MAX_DIGITS + 2) {
    return notRead(expected, body)
  }
  const value = Number(whole + decimals.padEnd(scale, '0'))
  return read(match[1] === '-' && value !== 0 ? -value : value)
}

function notRead(expected: 'money' | 'quantity' | 'whole-number', body: string): ReturnType<typeof unreadable> {
  return body === '' ? unreadable('empty') : unreadable(expected, { got: body })
}
