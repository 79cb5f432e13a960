// Where the money came from: for each fund and year, province → county → department → township → village, each level
// the exact sum of the one below, and the villages' the exact sum of what was paid there.
import type { Day, Fen, FundLevel } from '../../contract/rows.ts'
import type { AllocationsRow, FundsRow, PaymentsRow } from '../tables.ts'
import { dayOf, daysAfter, notAfter, yearOf } from './calendar.ts'
import type { Frame } from './frame.ts'
import { hash32 } from './random.ts'

const PROVINCE = '43'
const COUNTY = '431225'
/** Percent of central, provincial, municipal money; the county pays the rest. */
const SPLITS: Readonly<Record<FundLevel, readonly [number, number, number]>> = {
  中央: [85, 15, 0],
  省: [0, 80, 5],
  市: [0, 0, 60],
  县: [0, 0, 0],
}

/** Paid fen by 'fund year', then by village code. */
export type Paid = Map<string, Map<string, Fen>>

export function paidOf(payments: Iterable<PaymentsRow>): Paid {
  const paid: Paid = new Map()
  for (const row of payments) {
    const key = `${row.fund} ${yearOf(row.date)}`
    let villages = paid.get(key)
    if (!villages) {
      villages = new Map()
      paid.set(key, villages)
    }
    villages.set(row.village, (villages.get(row.village) ?? 0) + row.amount)
  }
  return paid
}

interface Giving {
  fund: FundsRow
  year: number
  from: string
  to: string
  amount: Fen
  document: string
  date: Day
}

function allocation(giving: Giving): AllocationsRow {
  const { fund, year, from, to, amount, document, date } = giving
  const [central, provincial, municipal] = SPLITS[fund.level]
  const part = (percent: number): Fen => Math.floor((amount * percent) / 100)
  const split = { central: part(central), provincial: part(provincial), municipal: part(municipal) }
  // The last level that pays takes the rounding, so that the four always add up to the amount.
  const rest = amount - split.central - split.provincial - split.municipal
  if (fund.level === '中央') return { ...base(), ...split, provincial: split.provincial + rest, county: 0 }
  return { ...base(), ...split, county: rest }
  function base(): Omit<AllocationsRow, 'central' | 'provincial' | 'municipal' | 'county'> {
    return { fund: fund.code, year, document, from, to, amount, date }
  }
}

function* ofFund(frame: Frame, fund: FundsRow, year: number, villages: Map<string, Fen>): Generator<AllocationsRow> {
  const number = 1 + (hash32(`${fund.code} ${year}`) % 180)
  const first = dayOf(year, 1 + (number % 3), 5 + (number % 20))
  const dept = `dept:${fund.department}`
  const total = [...villages.values()].reduce((a, b) => a + b, 0)
  const step = (from: string, to: string, amount: Fen, days: number, prefix: string): AllocationsRow => {
    const date = notAfter(daysAfter(first, days), frame.today)
    const document = `${prefix}〔${year}〕示例${number}号`
    return allocation({ fund, year, from, to, amount, document, date })
  }
  // A fund of the county's own begins there: nothing came down from the province.
  if (fund.level !== '县') yield step(PROVINCE, COUNTY, total, 0, '湘财预')
  yield step(COUNTY, dept, total, 8, '会财预')
  // Masked: a village's or township's sum could be compared with what is shown of it (domain.md, masked funds).
  if (fund.masked) return
  for (const township of frame.townships) {
    const own = frame.villages.filter((village) => village.township === township.code && villages.get(village.code))
    if (own.length === 0) continue
    const sum = own.reduce((all, village) => all + (villages.get(village.code) ?? 0), 0)
    yield step(dept, township.code, sum, 15, '会财预')
    if (fund.tier === 'A') continue
    for (const village of own) yield step(township.code, village.code, villages.get(village.code) ?? 0, 19, '示例乡财')
  }
}

export function* allocationsOf(frame: Frame, paid: Paid): Generator<AllocationsRow> {
  for (const fund of frame.funds) {
    for (let year = frame.year - 2; year <= frame.year; year++) {
      const villages = paid.get(`${fund.code} ${year}`)
      if (villages) yield* ofFund(frame, fund, year, villages)
    }
  }
}
