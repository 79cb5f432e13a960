// Money in words: fen to '2,318.64'. Pure.
import type { Fen, Milli } from '../../sync/contract/rows.ts'

/** Fen that make 万元 the fitting unit: 10,000 yuan. */
const WAN_FEN = 1_000_000

function grouped(whole: string): string {
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** Fen as yuan with two decimals and thousands separated: 231864 → '2,318.64'. A reversal carries '－'. */
export function yuan(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '－' : ''}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`
}

/** Fen as 万元 with two decimals, rounded half away from zero: 8642000 → '8.64'. */
export function wan(fen: Fen): string {
  return yuan(Math.sign(fen) * Math.round(Math.abs(fen) / 10_000))
}

/** Below 1 万元 a sum is said in yuan, from there in 万元 (flow, doors, attract). */
export function fitsWan(fen: Fen): boolean {
  return Math.abs(fen) >= WAN_FEN
}

/** Thousandths as a quantity: at least two decimals where there is a fraction, no more than three: 4200 → '4.20'. */
export function quantity(milli: Milli): string {
  const digits = String(Math.abs(milli)).padStart(4, '0')
  const fraction = digits.slice(-3)
  const tail = fraction === '000' ? '' : `.${fraction.endsWith('0') ? fraction.slice(0, 2) : fraction}`
  return `${milli < 0 ? '－' : ''}${grouped(digits.slice(0, -3))}${tail}`
}

/** Whole with thousands separated: 118402 → '118,402'. */
export function counted(whole: number): string {
  return `${whole < 0 ? '－' : ''}${grouped(String(Math.abs(whole)))}`
}
