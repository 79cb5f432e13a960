// The county's real places and funds for pages that are looked at without a store, and the numbers of an invented village.
import { pinyin } from 'pinyin-pro'
import fundsShipped from '../../assets/funds.json' with { type: 'json' }
import placesShipped from '../../assets/places.json' with { type: 'json' }
import type { FundRow, PlaceRow } from '../../sync/contract/rows.ts'

export const TOWNSHIP = '431225204'
export const VILLAGE = '431225204216'
export const YEAR = 2025

/** Pinyin initials of a name without its kind. */
function initialsOf(name: string): string {
  const bare = name.replace(/(村|社区|镇|侗族苗族乡|乡|县)$/, '')
  return pinyin(bare, { pattern: 'first', toneType: 'none', type: 'array' }).join('')
}

const level = (code: string): PlaceRow['level'] =>
  code.length === 6 ? 'county' : code.length === 9 ? 'township' : 'village'

export const places: PlaceRow[] = placesShipped.map((place) => ({
  code: place.code,
  name: place.name,
  level: level(place.code),
  parent: place.parent,
  initials: initialsOf(place.name),
  groups: level(place.code) === 'village' ? 8 : null,
}))

/** Standards in fen that the pictures show. */
const STANDARDS: Record<string, number> = { F001: 10_500, F002: 3_781 }
const MASKED = '孤儿和困境儿童的姓名按《个人信息保护法》第二十八条不公开，只公布到村的笔数和金额。'

export const funds: FundRow[] = fundsShipped.map((fund) => ({
  ...fund,
  level: fund.level as FundRow['level'],
  payee: fund.payee as FundRow['payee'],
  tier: fund.tier as FundRow['tier'],
  standard: STANDARDS[fund.code] ?? fund.standard,
  eligibility: '承包地还在种的农户。',
  howToApply: '不用申请，村里登记、乡里核对、县里打到惠农卡。',
  policy: fund.code === 'F001' ? 'HT-2025-003' : '',
  maskReason: fund.masked ? fund.maskReason || MASKED : '',
  contactPhone: '0745-0000001',
  complaintPhone: '0745-0000002',
}))

export function placeOf(code: string): PlaceRow {
  const place = places.find((candidate) => candidate.code === code)
  if (place === undefined) throw new Error(`Expected a place of the county, got ${code}`)
  return place
}
export function fundOf(code: string): FundRow {
  const fund = funds.find((candidate) => candidate.code === code)
  if (fund === undefined) throw new Error(`Expected a fund of the catalogue, got ${code}`)
  return fund
}
export const childrenOf = (code: string): PlaceRow[] => places.filter((place) => place.parent === code)

/** Plausible numbers that never change: a small linear congruence over text and bounds. */
export function numberOf(seed: string, low: number, high: number): number {
  let state = 17
  for (const sign of seed) state = (state * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003
  return low + (state % (high - low + 1))
}
