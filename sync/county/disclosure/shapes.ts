// Recognises what must never be published by its shape alone: ID numbers, bank accounts, phone numbers, addresses.
// P5; 个人信息保护法 28. IDs count whatever their check digit, also with full-width digits, spaces, or in a sentence.
import { plain, visible } from '../readers/reading.ts'

export type LeakKind = 'id-number' | 'bank-account' | 'phone' | 'address'

/** Cheap first look: without eight digits (either width) in it, a text holds no number that matters here. */
const ENOUGH_DIGITS = /(?:[0-9\uff10-\uff19][^0-9\uff10-\uff19]{0,2}){6}[0-9\uff10-\uff19]/
const SEPARATED = /\d(?:[ \-.·_/*]{0,3}[\dXx])*/g
const SEPARATORS = /[ \-.·_/*]+/
/** How people cut their numbers up, by the lengths of the groups: card, ID, mobile. */
const CUT = /^(?:4-4-4-4(?:-[1-3])?|6-8-4|6-4-4-4|4-4-4-4-2|3-4-4)$/
const MOST_GROUPS = 5
const SERIES_OF_DATES =
  /^(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?(?:[ \-.·_/]{1,3}(?:19|20)\d{2}[-./].*)?$/
const MOBILE = /^(?:(?:00)?86)?1[3-9]\d{9}$/
const LANDLINE = /(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[- ]?[2-8]\d{6,7}(?!\d)/
const ADDRESS =
  /(?:住址|地址|家住|门牌)|(?:路|街|巷|弄|大道)[0-9一二三四五六七八九十]{1,4}号|[0-9]{1,3}(?:栋|幢|单元)[0-9一二三四五六七八九十]*|[0-9]{2,4}室/

/** A number that a narrow cell broke by hand. Only one that is surely an ID: figures stand in lines of their own, too. */
const BROKEN_BY_HAND = /\d[ \t]*[\r\n\t][\s]*\d/
const SURELY_ID = /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/

/** The first kind of number in a text that may not be published; null when there is none. */
export function numberLeak(written: string): LeakKind | null {
  const text = visible(written)
  if (text.length < 7 || !ENOUGH_DIGITS.test(text)) return null
  const flat = plain(text)
  if (BROKEN_BY_HAND.test(flat) && SURELY_ID.test(flat.replace(/[\r\n\t]+/g, ''))) return 'id-number'
  for (const [found] of flat.matchAll(SEPARATED)) {
    const kind = kindOfDigits(found)
    if (kind !== null) return kind
  }
  return LANDLINE.test(flat) ? 'phone' : null
}

/** True when a text that should name a person or a matter holds a home address. */
export function addressLeak(text: string): boolean {
  return text.length >= 3 && ADDRESS.test(plain(text))
}

/** What a run of digits (with single separators inside) looks like. */
function kindOfDigits(found: string): LeakKind | null {
  if (isSeries(found)) return null
  const groups = found.split(SEPARATORS)
  return kindOfRun(groups.join('')) ?? (groups.length > 1 ? kindOfGroups(groups) : null)
}

/** A date or a figure before a number must not hide it: each group alone, and groups cut as people cut such numbers. */
function kindOfGroups(groups: readonly string[]): LeakKind | null {
  for (let from = 0; from < groups.length; from += 1) {
    for (let to = from + 1; to <= Math.min(groups.length, from + MOST_GROUPS); to += 1) {
      const cut = groups.slice(from, to)
      const shape = cut.map(({ length }) => length).join('-')
      const kind = cut.length === 1 || CUT.test(shape) ? kindOfRun(cut.join('')) : null
      if (kind !== null) return kind
    }
  }
  return null
}

function kindOfRun(digits: string): LeakKind | null {
  if (/^\d{17}[\dXx]$/.test(digits) && looksLikeId(digits, 6)) return 'id-number'
  if (/^\d{15}$/.test(digits)) return 'id-number'
  if (/^\d{16,19}$/.test(digits)) return 'bank-account'
  if (/^\d{17}[Xx]$/.test(digits)) return 'id-number'
  if (MOBILE.test(digits)) return 'phone'
  // A longer run may hide one: take every window that begins like a person's number.
  return digits.length > 19 &&
    /[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]/.test(digits)
    ? 'id-number'
    : null
}

function looksLikeId(digits: string, at: number): boolean {
  const year = Number(digits.slice(at, at + 4))
  return year >= 1850 && year <= 2100
}

/** '2024-01-01', '1 2 3', '4.20': dates, lists and amounts are separated numbers, not one number cut up. */
function isSeries(found: string): boolean {
  const groups = found.split(SEPARATORS)
  if (groups.length === 1) return false
  return SERIES_OF_DATES.test(found)
}
