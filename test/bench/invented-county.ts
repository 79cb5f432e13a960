// A county of 1.2 million invented payment rows with a realistic spread, made village by village from a seed, so that
// what is measured is publication and not its source: 243 villages, about 95,000 households, 120 funds, three years.
import { createHash } from 'node:crypto'
import type { PaymentRow, PersonRow, PlaceRow } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import type { VillageRows } from '../../sync/publish/source.ts'
import { drawsOf } from '../core/draws.ts'
import type { ArraySource } from '../county/small-source.ts'

export const BENCH_YEARS = [2024, 2025, 2026] as const
const TOWNSHIPS = 18
const VILLAGES = 243
const FUNDS = 120
/** Rows of the whole county at scale 1. */
export const BENCH_ROWS = 1_200_000
const ROWS_A_VILLAGE = BENCH_ROWS / VILLAGES
/** Rows a year, at scale 1, of every fourth village (about 4,000 in all years) and of the others. */
const [SMALL_YEAR, LARGE_YEAR] = [1_320, 1_740]
const SURNAMES = [...'杨粟梁唐李张王刘陈黄吴周胡谢龙于明林']
const GIVEN = [...'建国明华秀英桂芳玉兰金凤春生平安福寿永成德才海波志强晓红小军丽娟']

/** Amounts corrected since the first release: as many rows as said, spread evenly over the villages. */
export interface Correction {
  villages: readonly string[]
  rows: number
  /** Of the payments of that month; null for any of the three years. */
  month: string | null
}
/** Rows of the corrections that the design's budgets speak of. */
export const CORRECTION_ROWS = 1_000
/** Names that 20 or 21 villages share each; every village has two of them. */
export const SHARED_NAMES: readonly string[] = Array.from(
  { length: 24 },
  (_, at) => `覃${GIVEN[at % GIVEN.length]}${at < 12 ? '甲' : '乙'}`,
)
const SHARING = 12

const TOWNSHIP_CODES = Array.from({ length: TOWNSHIPS }, (_, at) => `${COUNTY}${100 + at}`)
const VILLAGE_CODES = Array.from(
  { length: VILLAGES },
  (_, at) => `${TOWNSHIP_CODES[at % TOWNSHIPS]}${200 + Math.floor(at / TOWNSHIPS)}`,
)

/** About as many rows as asked for, and no fewer: fewer villages rather than smaller ones. */
export function sizeOf(rows: number): { scale: number; count: number } {
  const count = Math.min(VILLAGES, Math.max(1, Math.round(rows / ROWS_A_VILLAGE)))
  // Rounding a village's rows may lose a few.
  return { count, scale: rows >= BENCH_ROWS ? rows / BENCH_ROWS : (1.01 * rows) / (count * ROWS_A_VILLAGE) }
}

/** `scale` 1: 1.2 million rows in all of its villages; `count`: the first so many of them. */
export function inventedCounty(
  scale: number,
  corrections: readonly Correction[] = [],
  count: number = VILLAGES,
): ArraySource {
  const [townships, villages] = [TOWNSHIP_CODES.slice(0, count), VILLAGE_CODES.slice(0, count)]
  const none = { allocations: [], projects: [], media: [], assets: [], contracts: [], debts: [] }
  return {
    county: COUNTY,
    dataUntil: '2026-10-31',
    sample: true,
    reviewed: false,
    openYear: 2026,
    countyRows: () => ({
      places: [COUNTY, ...townships, ...villages].map(placeOf),
      catalogue: [],
      origins: [],
      allocations: [],
      maskedTotals: [],
      documents: [],
      clausesOf: () => [],
      notices: [],
      answers: [],
    }),
    townships: () => townships,
    townshipRows: () => none,
    villages: (township) => villages.filter((village) => village.startsWith(township)),
    villageRows(village) {
      const rows = villageOf(village, scale)
      for (const correction of corrections) correct(rows.payments, village, correction)
      return rows
    },
    media: () => new Uint8Array(),
  }
}

function placeOf(code: string): PlaceRow {
  const level = code.length === 6 ? 'county' : code.length === 9 ? 'township' : 'village'
  return { code, name: `示例${code}`, level, parent: code.slice(0, code.length - 3), initials: 'sl', groups: null }
}

/** A drawn amount more or less for evenly chosen rows; a later correction of the same row changes it again. */
function correct(payments: PaymentRow[], village: string, { villages, rows, month }: Correction): void {
  const at = villages.indexOf(village)
  if (at < 0) return
  const draw = drawsOf(rows * 1_000 + at + (month === null ? 1 : 2))
  const wanted = Math.floor(((at + 1) * rows) / villages.length) - Math.floor((at * rows) / villages.length)
  const open = month === null ? payments : payments.filter((row) => row.batch === month)
  for (let turn = 0; turn < Math.min(wanted, open.length); turn += 1) {
    const row = open[Math.floor(((turn + draw()) * open.length) / wanted)]
    // Never nothing: up to half as much again, in steps of 0.10 yuan.
    if (row !== undefined) row.amount += 10 * (1 + Math.floor((draw() * (row.amount + 200)) / 20))
  }
}

/** Every fourth village. */
function isSmall(village: string): boolean {
  return VILLAGE_CODES.indexOf(village) % 4 === 3
}

function villageOf(village: string, scale: number): VillageRows {
  const seed = createHash('sha256').update(village).digest().readUInt32LE(0)
  const draw = drawsOf(seed)
  const households = Math.round(391 * scale * (0.7 + 0.6 * draw()))
  const people = Array.from({ length: Math.round(households * 1.3) }, (_, number) => personOf(number, households, draw))
  const land = landOf(households, people.length, draw)
  const wanted = Math.round((isSmall(village) ? SMALL_YEAR : LARGE_YEAR) * scale)
  const payments = BENCH_YEARS.flatMap((year) => yearOf(year, land, draw, wanted))
  const share = VILLAGE_CODES.indexOf(village) % SHARING
  people.slice(0, 2).forEach((person, at) => {
    person.name = SHARED_NAMES[share + SHARING * at] ?? ''
  })
  return { people, payments, masked: [], periods: [], entries: [] }
}

function personOf(number: number, households: number, draw: () => number): Omit<PersonRow, 'blocks'> {
  const pick = (from: readonly string[]): string => from[Math.floor(draw() * from.length)] ?? ''
  const head = number < households
  return {
    number,
    name: `${pick(SURNAMES)}${pick(GIVEN)}${draw() < 0.7 ? pick(GIVEN) : ''}`,
    group: `${1 + Math.floor(draw() * 12)}组`,
    kind: head ? '户' : '人',
    household: head ? number : Math.floor(draw() * households),
    relation: head ? '户主' : pick(['配偶', '子', '女', '父', '母']),
  }
}

/** What stays from year to year: a household's area, and who receives what. */
interface Land {
  area: number[]
  /** By fund 1 to 11: the people who receive it. */
  receivers: number[][]
  people: number
}

function landOf(households: number, people: number, draw: () => number): Land {
  const numbers = (length: number): number[] => Array.from({ length }, (_, at) => at)
  return {
    area: numbers(households).map(() => 500 + Math.floor(draw() * 900) * 10),
    receivers: numbers(12).map((fund) => {
      if (fund <= 3) return numbers(households).filter(() => draw() < 0.85 / Math.max(1, fund))
      return numbers(people).filter(() => draw() < 0.016)
    }),
    people,
  }
}

/** Three funds by area for most households, eight monthly ones, and a hundred that few receive. One in 50 changes. */
function yearOf(year: number, land: Land, draw: () => number, wanted: number): PaymentRow[] {
  const rows: PaymentRow[] = []
  for (const fund of [1, 2, 3]) {
    const standard = 2_000 + fund * 3_500
    for (const person of land.receivers[fund] ?? []) {
      if (draw() < 0.98)
        rows.push(rowOf(fund, year, 2 + 2 * fund, person, { standard, quantity: land.area[person] ?? 0, unit: '亩' }))
    }
  }
  const months = year === 2026 ? 10 : 12
  for (let fund = 4; fund < 12; fund++) {
    const standard = 5_000 * fund + 3_300
    const receivers = (land.receivers[fund] ?? []).filter(() => draw() < 0.98)
    for (let month = 1; month <= months; month++) {
      for (const person of receivers)
        rows.push(rowOf(fund, year, month, person, { standard, quantity: 1000, unit: '人' }))
    }
  }
  while (rows.length < wanted) {
    const fund = 12 + Math.floor(draw() * (FUNDS - 12))
    const amount = 100 * Math.floor(50 + draw() * 3_000)
    const person = Math.floor(draw() * land.people)
    // A small fund pays in one or two months of the year, the same every year.
    const month = 1 + ((fund * 7 + (fund % 3 === 0 && draw() < 0.5 ? 5 : 0)) % 10)
    rows.push(rowOf(fund, year, month, person, { standard: null, quantity: null, unit: '次', amount }))
  }
  return inFileOrder(rows, draw)
}

type Amounts = Pick<PaymentRow, 'standard' | 'quantity' | 'unit'> & { amount?: number }

function rowOf(
  fund: number,
  year: number,
  month: number,
  person: number,
  { standard, quantity, unit, amount }: Amounts,
): PaymentRow {
  const batch = `${year}-${String(month).padStart(2, '0')}`
  const due = amount ?? Math.round(((standard ?? 0) * (quantity ?? 0)) / 1000)
  return {
    fund: `F${String(fund).padStart(3, '0')}`,
    person,
    batch,
    serial: 0,
    standard,
    quantity,
    unit,
    due,
    amount: due,
    date: `${batch}-${String(10 + (fund % 15)).padStart(2, '0')}`,
    status: '已发',
    earlier: null,
    policy: `ZC-${String(fund).padStart(3, '0')}`,
    clauses: '第四条',
    origin: fund * 40 + (year - 2024) * 12 + month,
    row: 0,
  }
}

/** Serial and row as the lists of a batch have them: by person, starting anywhere; now and then something came back. */
function inFileOrder(rows: PaymentRow[], draw: () => number): PaymentRow[] {
  rows.sort((a, b) =>
    a.fund < b.fund ? -1 : a.fund > b.fund ? 1 : a.batch < b.batch ? -1 : a.batch > b.batch ? 1 : a.person - b.person,
  )
  let serial = 0
  let start = 0
  let list = ''
  for (const row of rows) {
    if (list !== `${row.fund}${row.batch}`) {
      list = `${row.fund}${row.batch}`
      serial = 0
      start = 5 + Math.floor(draw() * 3_000)
    }
    row.serial = ++serial
    row.row = start + serial
    if (draw() < 0.002) {
      row.status = '退回'
      row.earlier = row.date
    }
  }
  return rows
}
