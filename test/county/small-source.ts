// A county small enough to hold in the head, as a ReleaseSource over arrays: 2 townships, 4 villages, 5 funds (one of
// them masked), payments of two closed years and this one, ledger, 三资, policies in versions, notices, one picture.
// Every name and number is invented. Runs in Node and in the page: no I/O.
import type { MaskedRow, MaskedTotalRow, PaymentRow } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import type { CountyRows, ReleaseSource, TownshipRows, VillageRows } from '../../sync/publish/source.ts'
import { catalogue, clausesOf, documents, notices, origins, places, TOWNSHIPS, VILLAGES } from './small-county.ts'
import { ledgerOf, payPeople, peopleOf } from './small-village.ts'

/** An 8 × 6 pixel WebP and its SHA-256. */
export const PICTURE = {
  hash: '036c96f3209639d4c9ae1cd911a34ac5bebcd9bea8095e4ef891f0560f5893ea',
  base64: 'UklGRjYAAABXRUJQVlA4ICoAAACQAQCdASoIAAYAAoBCJaACdLoAA5gA/u2QPw2qsrb/6gz/yDP/IM/TwAA=',
  length: 62,
} as const

/** Everything of the small county, open to changes: tests make their next release by changing rows. */
export interface SmallCounty {
  county: CountyRows
  townships: Map<string, TownshipRows>
  villages: Map<string, VillageRows>
  dataUntil: string
  openYear: number
}

/** A fresh small county; the same each time. */
export function smallCounty(): SmallCounty {
  const villages = new Map(VILLAGES.map((village, at) => [village, villageRows(village, at)]))
  return {
    county: {
      places,
      catalogue: catalogue(),
      origins: origins(),
      allocations: allocationsTo(COUNTY, ['431225', ...TOWNSHIPS]),
      maskedTotals: maskedTotals(villages),
      documents: documents(),
      clausesOf,
      notices: notices(),
      answers: [],
    },
    townships: new Map(TOWNSHIPS.map((township) => [township, townshipRows(township)])),
    villages,
    dataUntil: '2026-11-20',
    openYear: 2026,
  }
}

/** A source over arrays answers at once. */
export interface ArraySource extends ReleaseSource {
  countyRows(): CountyRows
  townships(): string[]
  townshipRows(township: string): TownshipRows
  villages(township: string): string[]
  villageRows(village: string): VillageRows
  media(hash: string): Uint8Array
}

/** The source that publication reads. */
export function smallSource(small: SmallCounty = smallCounty()): ArraySource {
  return {
    county: COUNTY,
    dataUntil: small.dataUntil,
    sample: true,
    reviewed: false,
    openYear: small.openYear,
    countyRows: () => small.county,
    townships: () => [...small.townships.keys()],
    townshipRows: (township) => found(small.townships, township),
    villages: (township) => [...small.villages.keys()].filter((village) => village.startsWith(township)),
    villageRows: (village) => found(small.villages, village),
    media: (hash) => (hash === PICTURE.hash ? bytesOf(PICTURE.base64) : missing(hash)),
  }
}

/** The small county with one payment's amount changed, and one payment more: what a next release mostly is. */
export function changedCounty(village: string = VILLAGES[0]): SmallCounty {
  const small = smallCounty()
  const rows = found(small.villages, village)
  const at = rows.payments.findIndex((payment) => payment.date.startsWith('2026'))
  const old = rows.payments[at]
  if (old === undefined) return missing(village)
  rows.payments[at] = { ...old, amount: old.amount + 100 }
  rows.payments.push({ ...old, serial: 900, date: '2026-11-18', batch: '2026-11', row: 900 } satisfies PaymentRow)
  return { ...small, dataUntil: '2026-11-23' }
}

function villageRows(village: string, at: number): VillageRows {
  const people = peopleOf(at)
  return { people, payments: payPeople(people, at), masked: maskedOf(at), ...ledgerOf(village, at, PICTURE.hash) }
}

/** The third village has fewer than five payees of the masked fund: it shows none of them. */
function maskedOf(at: number): MaskedRow[] {
  if (at === 2) return []
  return Array.from({ length: 6 + at }, (_, payee) => ({
    fund: 'F005',
    month: '2026-03',
    surname: payee < 4 ? '杨' : '某',
    amount: 20_000 + 1_000 * (payee % 3),
    status: '已发',
  }))
}

function maskedTotals(villages: ReadonlyMap<string, VillageRows>): MaskedTotalRow[] {
  const rows = [...villages.values()].flatMap((village) => village.masked)
  const amount = rows.reduce((sum, row) => sum + row.amount, 0)
  return [{ fund: 'F005', year: 2026, townships: [...TOWNSHIPS], payees: rows.length, amount }]
}

function townshipRows(township: string): TownshipRows {
  const [first = ''] = VILLAGES.filter((village) => village.startsWith(township))
  return {
    allocations: allocationsTo(
      township,
      VILLAGES.filter((village) => village.startsWith(township)),
    ),
    projects: [project(township, first)],
    media: [{ hash: PICTURE.hash, length: PICTURE.length, caption: '示例图片：水渠完工' }],
    assets: [asset(first, '001', 'asset', '村部办公楼'), asset(first, '002', 'resource', '集体机动地')],
    contracts: [contract(first)],
    debts: [
      {
        ...sourced(6, 4),
        village: first,
        number: '001',
        direction: 'payable',
        counterpart: '示例建筑队',
        reason: '水渠工程尾款',
        amount: 1_250_000,
        date: '2025-12-20',
        dueDate: null,
      },
    ],
  }
}

function project(township: string, village: string): TownshipRows['projects'][number] {
  return {
    ...sourced(5, 7),
    code: `XM-${township.slice(6)}-1`,
    name: '示例水渠硬化',
    fund: 'F004',
    year: 2026,
    township,
    village,
    place: '二组至四组',
    content: '硬化水渠 800 米',
    budget: 12_000_000,
    contractor: '示例建筑队',
    contractPrice: 11_800_000,
    paid: 9_000_000,
    auditedPrice: null,
    responsible: '示例负责人',
    officePhone: '0745-5550101',
    start: '2026-03-01',
    end: null,
    accepted: null,
    acceptance: '',
    beneficiaries: '二组、四组 62 户',
    goals: [
      { kind: 'quantity', name: '水渠长度', target: '800 米', result: '620 米', met: null },
      { kind: 'timeliness', name: '完工时间', target: '2026 年 12 月', result: '', met: null },
    ],
    progress: [{ date: '2026-09-30', percent: 78, note: '已硬化 620 米' }],
    photos: [{ stage: 'during', media: PICTURE.hash, date: '2026-09-30' }],
    problems: [{ found: '2026-06-02', problem: '一处沉降', repair: '已返工', repaired: '2026-06-20' }],
  }
}

function allocationsTo(from: string, to: readonly string[]): CountyRows['allocations'] {
  return to.flatMap((place, at) =>
    [2024, 2025, 2026].map((year) => ({
      ...sourced(3, 2 + at),
      fund: 'F001',
      year,
      document: `示例指〔${year}〕${at + 1}号`,
      from: place === COUNTY ? '43' : from,
      to: place,
      amount: 1_000_000 * (at + 1),
      central: 600_000 * (at + 1),
      provincial: 300_000 * (at + 1),
      municipal: 0,
      county: 100_000 * (at + 1),
      date: `${year}-02-10`,
    })),
  )
}

function asset(
  village: string,
  number: string,
  kind: 'asset' | 'resource',
  name: string,
): TownshipRows['assets'][number] {
  const built = kind === 'asset'
  return {
    ...sourced(6, 2),
    village,
    number,
    kind,
    class: built ? '房屋' : '耕地',
    name,
    originalValue: built ? 30_000_000 : null,
    depreciation: built ? 6_000_000 : null,
    netValue: built ? 24_000_000 : null,
    landType: built ? '' : '旱地',
    area: built ? null : 12_500,
    boundaries: built ? '' : '东至水渠，西至公路',
    user: built ? '村委会' : '',
  }
}

function contract(village: string): TownshipRows['contracts'][number] {
  return {
    ...sourced(6, 3),
    village,
    number: 'HT-01',
    subject: '集体机动地出租',
    asset: '002',
    lessee: '示例合作社',
    awarded: '村民会议',
    start: '2024-01-01',
    end: '2028-12-31',
    yearlyRent: 500_000,
    due: 1_500_000,
    received: 1_000_000,
    owed: 500_000,
  }
}

function sourced(origin: number, row: number): { origin: number; row: number } {
  return { origin, row }
}

function found<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key)
  return value === undefined ? missing(key) : value
}

function missing(key: string): never {
  throw new Error(`The small county has no ${key}`)
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
