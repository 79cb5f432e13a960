// The text of one cell of a workbook, exactly what its readers would find in a CSV of it, or why it can't be believed.
import { SSF } from '@e965/xlsx'
import { type Reason, reasonOf } from '../../contract/console/reasons.ts'

export interface SheetCell {
  t: string
  v?: unknown
  /** Number format. */
  z?: unknown
  /** Text as the spreadsheet shows it. */
  w?: string
  /** Formula. */
  f?: string
}

/** A spreadsheet keeps 15 digits of a number: a longer one has lost its last ones. */
const SAFE_DIGITS = 15
/** Number formats that show another figure than the cell holds: 万元, thousands, per cent. */
const SCALED = /[万千百亿%‰]|,(?:[^#0?]|$)/

export function textOfCell(
  cell: SheetCell | undefined,
  calendar: '1900' | '1904',
): { text: string; fault: Reason | null } {
  if (cell === undefined) return { text: '', fault: null }
  const formula = typeof cell.f === 'string' && cell.f !== ''
  if (formula && (cell.v === undefined || cell.v === null || cell.v === ''))
    return fault(`=${cell.f}`, reasonOf('formula-without-value', { got: `=${cell.f}` }))
  switch (cell.t) {
    case 'n':
      return typeof cell.v === 'number' ? numberText(cell, cell.v, calendar) : { text: '', fault: null }
    case 'b':
      return { text: cell.v === true ? 'true' : 'false', fault: null }
    case 'e':
      return fault(cell.w ?? '#ERROR', reasonOf('error-value', { got: cell.w ?? '#ERROR' }))
    case 's':
    case 'd':
      return { text: typeof cell.v === 'string' ? cell.v : String(cell.w ?? ''), fault: null }
    default:
      return { text: '', fault: null }
  }
}

function fault(text: string, reason: Reason): { text: string; fault: Reason } {
  return { text, fault: reason }
}

function numberText(cell: SheetCell, value: number, calendar: '1900' | '1904'): { text: string; fault: Reason | null } {
  const format = typeof cell.z === 'string' ? cell.z : 'General'
  if (SSF.is_date(format)) return { text: dayText(value, calendar) ?? String(value), fault: null }
  if (SCALED.test(withoutColours(format))) return scaledText(cell, value)
  // An exponent has every reader refuse it: the digits that an ID number had are gone.
  if (Math.abs(value) >= 10 ** SAFE_DIGITS) return { text: value.toExponential(), fault: null }
  // 0.1 + 0.2 of a formula is 0.3 in the spreadsheet too, which shows no more than 15 digits.
  return { text: String(Number(value.toPrecision(SAFE_DIGITS))), fault: null }
}

function withoutColours(format: string): string {
  return (format.split(';')[0] ?? '').replace(/\[[^\]]*\]/g, '')
}

/** Shown as '1.50万元' and held as 1.5, or as 15000: which is meant is for people to say. */
function scaledText(cell: SheetCell, value: number): { text: string; fault: Reason | null } {
  const shown = (cell.w ?? '').trim()
  return fault(shown, reasonOf('scaled', { held: value, shown }))
}

/** '2024-08-24', with the time where there is one; null for a number that is no day. */
export function dayText(serial: number, calendar: '1900' | '1904'): string | null {
  const parts = SSF.parse_date_code(serial, { date1904: calendar === '1904' })
  if (parts === null || parts === undefined || serial < 1) return null
  const day = `${parts.y}-${two(parts.m)}-${two(parts.d)}`
  const time = `${two(parts.H)}:${two(parts.M)}:${two(Math.floor(parts.S))}`
  return time === '00:00:00' ? day : `${day} ${time}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
