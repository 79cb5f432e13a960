// A whole CountyData over invented rows of 翁高村, for looking at screens without a store. Never part of the product.
// 'F003' has nothing published and 'F100' is still being received, so that both answers can be seen.
import type { Answer, CountyData, FlowStep, MonthView, PaymentView } from '../../renderer/data/county-data.ts'
import { readWords } from '../../renderer/data/words.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type { EntryRow, FundCode, Month, PersonRow, PlaceCode } from '../../sync/contract/rows.ts'
import { maskedRows, origins, payments, people, rollup } from './fixture-money.ts'
import { childrenOf, fundOf, funds, placeOf, places, TOWNSHIP, VILLAGE, YEAR } from './fixture-places.ts'
import { clausesOf, documents, notices } from './fixture-policies.ts'
import {
  allocation,
  assets,
  contracts,
  debts,
  entriesOf,
  months,
  PICTURE,
  periodOf,
  project,
} from './fixture-village.ts'

export const fixtureRecord: ReleaseRecord = {
  format: 1,
  county: '431225',
  number: 47,
  root: '0'.repeat(64),
  rootLength: 900,
  signedAt: '2025-10-09T06:00:00Z',
  dataUntil: '2025-09-30',
  sample: true,
  reviewed: true,
  datasets: { funds: 118_402, notices: 88, places: 262, policies: 214, 'village-finance': 151_630 },
  kinds: { payments: 118_402, catalogue: 196, documents: 214, entries: 151_630 },
  tree: { wire: 190_000, raw: 900_000 },
  packs: {},
  deltas: [],
  media: { count: 120, bytes: 6_000_000 },
  auditHead: '',
}

const here = <T>(value: T): Answer<T> => ({ state: 'here', value })
const NONE = { state: 'none' } as const
const absent = (fund: FundCode) => (fund === 'F003' ? NONE : fund === 'F100' ? ({ state: 'pending' } as const) : null)

function villageOf(code: PlaceCode) {
  const place = placeOf(code)
  return { place, township: placeOf(place.parent) }
}

function view(row: PaymentView['row']): PaymentView {
  const document = documents.find((candidate) => candidate.index === row.policy)
  const policy =
    document === undefined ? null : { index: document.index, title: document.title, number: document.number }
  const person = people[row.person - 1] as PersonRow
  return { row, fund: fundOf(row.fund), person, policy, origin: origins[0] ?? null }
}

function householdOf(village: PlaceCode, head: number) {
  const person = people[head - 1] as PersonRow
  const own = payments.filter((row) => row.person === head)
  const years = [...new Set(own.map((row) => Number(row.date.slice(0, 4))))].sort((left, right) => right - left)
  return {
    head: person,
    members: [person],
    village: villageOf(village),
    years: years.map((year) => {
      const rows = own.filter((row) => row.date.startsWith(String(year)))
      const paid = rows.filter((row) => row.status !== '退回')
      return { year, sum: paid.reduce((sum, row) => sum + row.amount, 0), payments: rows.map(view) }
    }),
  }
}

function flowSteps(fund: FundCode, year: number): FlowStep[] {
  const total = 231_864_000
  const townships = childrenOf('431225').map((place) => ({ place, amount: rollup(fund, year, place.code).amount }))
  const scale = total / townships.reduce((sum, share) => sum + share.amount, 0)
  const toTownships = townships.map((share) => ({ ...share, amount: Math.round(share.amount * scale) }))
  const own = toTownships.find((share) => share.place.code === TOWNSHIP)?.amount ?? 0
  const villages = childrenOf(TOWNSHIP).map((place, at) => ({
    place,
    amount: Math.round(own / 12) + (at - 6) * 310_000,
  }))
  const allocations = [allocation('43', '431225', total, '2025-03-18')]
  return [
    {
      level: 'source',
      amount: total,
      shares: [
        { level: '中央', amount: Math.round(total * 0.85) },
        { level: '省', amount: total - Math.round(total * 0.85) },
      ],
      places: [],
      allocations,
    },
    { level: 'county', amount: total, shares: [], places: [], allocations },
    {
      level: 'township',
      amount: own,
      shares: [],
      places: toTownships,
      allocations: [allocation('431225', TOWNSHIP, own, '2025-03-26')],
    },
    {
      level: 'village',
      amount: villages.find((share) => share.place.code === VILLAGE)?.amount ?? 0,
      shares: [],
      places: villages,
      allocations: [allocation(TOWNSHIP, VILLAGE, 7_310_000, '2025-03-28')],
    },
  ]
}

function classes(entries: readonly EntryRow[], direction: EntryRow['direction'], before: Month, yearBefore: Month) {
  const sumOf = (rows: readonly EntryRow[], kind: string) =>
    rows.filter((row) => row.direction === direction && row.class === kind).reduce((sum, row) => sum + row.amount, 0)
  const kinds = [...new Set(entries.filter((row) => row.direction === direction).map((row) => row.class))]
  const earlier = (month: Month, kind: string) => (months.includes(month) ? sumOf(entriesOf(month), kind) : null)
  return kinds
    .map((kind) => ({
      class: kind,
      amount: sumOf(entries, kind),
      before: earlier(before, kind),
      yearBefore: earlier(yearBefore, kind),
    }))
    .sort((left, right) => right.amount - left.amount)
}

function monthView(village: PlaceCode, wanted: Month | null): Answer<MonthView> {
  const month = wanted ?? months[0] ?? ''
  const period = periodOf(month)
  if (period === null) return NONE
  const [year = 0, number = 0] = month.split('-').map(Number)
  const before = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
  const yearBefore = `${year - 1}-${String(number).padStart(2, '0')}`
  const entries = entriesOf(month)
  return here({
    village: villageOf(village),
    period,
    before: periodOf(before),
    yearBefore: periodOf(yearBefore),
    months,
    income: classes(entries, 'income', before, yearBefore),
    expense: classes(entries, 'expense', before, yearBefore),
    entries,
    adds: period.opening + period.income - period.expense === period.closing,
  })
}

function spreadPlaces(place: PlaceCode, fund: FundCode, year: number) {
  if (place.length === 12) {
    const paid = payments.filter((row) => row.fund === fund && row.date.startsWith(String(year)))
    return [...new Set(paid.map((row) => row.date.slice(0, 7)))].sort().map((month) => ({
      place: null,
      month,
      rollup: rollup(fund, year, place, month),
    }))
  }
  return childrenOf(place).map((child) => ({ place: child, month: '', rollup: rollup(fund, year, child.code) }))
}

/** A two-colour bitmap, 64 × 48: an image that every browser decodes, without a file. */
function bitmap(): Uint8Array {
  const width = 64
  const height = 48
  const bytes = new Uint8Array(54 + width * height * 3)
  const head = new DataView(bytes.buffer)
  bytes.set([0x42, 0x4d])
  head.setUint32(2, bytes.length, true)
  head.setUint32(10, 54, true)
  head.setUint32(14, 40, true)
  head.setInt32(18, width, true)
  head.setInt32(22, height, true)
  head.setUint16(26, 1, true)
  head.setUint16(28, 24, true)
  for (let at = 0; at < width * height; at++) {
    const lower = at / width < height / 2 + Math.sin((at % width) / 9) * 6
    bytes.set(lower ? [0x58, 0x6b, 0x2b] : [0xc9, 0xef, 0xfd], 54 + at * 3)
  }
  return bytes
}

function hits(text: string) {
  return documents
    .filter((document) => document.title.includes(text))
    .map((document) => {
      const at = document.title.indexOf(text)
      const marks: [number, number][] = text === '' ? [] : [[at, at + text.length]]
      return { document, excerpt: document.title, marks, titleMarks: marks, clause: '第一条' }
    })
}

function tagCounts() {
  const dimensions = new Map<string, Map<string, number>>()
  for (const { dimension, values } of documents.flatMap((document) => document.tags)) {
    const counts = dimensions.get(dimension) ?? new Map<string, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    dimensions.set(dimension, counts)
  }
  return [...dimensions].map(([dimension, counts]) => ({
    dimension,
    values: [...counts].map(([value, count]) => ({ value, count })),
  }))
}

/** A CountyData that answers from the invented rows. */
export function fixtureData(record: ReleaseRecord = fixtureRecord): CountyData {
  return {
    record,
    places: async () => ({
      county: placeOf('431225'),
      townships: places.filter((place) => place.level === 'township'),
      villages: places.filter((place) => place.level === 'village'),
    }),
    village: async (code) => (places.some((place) => place.code === code) ? villageOf(code) : null),
    funds: async () => here(funds),
    fundsOf: async (place, year) =>
      here(
        ['F001', 'F046', 'F043', 'F002']
          .map((code) => ({ fund: fundOf(code), sum: rollup(code, year, place) }))
          .filter((entry) => entry.sum.rows > 0)
          .sort((left, right) => right.sum.amount - left.sum.amount),
      ),
    years: async () => [YEAR, YEAR - 1, YEAR - 2],
    fund: async (fund, year) =>
      absent(fund) ??
      here({ fund: fundOf(fund), year, years: [YEAR, YEAR - 1, YEAR - 2], policy: documents[0] ?? null }),
    fundFlow: async (fund, year, village) =>
      absent(fund) ??
      here({
        steps: flowSteps(fund, year),
        own: { township: villageOf(village).township, village: placeOf(village) },
      }),
    fundSpread: async (fund, year, place) =>
      absent(fund) ??
      here({
        rows: fundOf(fund).masked ? [] : spreadPlaces(place, fund, year),
        masked: fundOf(fund).masked
          ? { rows: maskedRows(fund), totals: [{ fund, year, townships: [TOWNSHIP], payees: 31, amount: 2_790_000 }] }
          : null,
      }),
    fundPayments: async (fund, year) => {
      const rows = payments.filter((row) => row.fund === fund && row.date.startsWith(String(year)))
      return absent(fund) ?? (rows.length === 0 ? NONE : here(rows.map(view)))
    },
    projects: async (fund, year) => absent(fund) ?? (fund === 'F001' && year === YEAR ? here([project]) : NONE),
    project: async (code) => (code === project.code ? here(project) : NONE),
    households: async () =>
      here(
        people.map((head) => ({
          head,
          group: head.group,
          surname: head.name.startsWith('欧阳') ? '欧阳' : head.name.slice(0, 1),
        })),
      ),
    household: async (village, head) => (people[head - 1] === undefined ? NONE : here(householdOf(village, head))),
    findName: async (name) =>
      here([{ village: villageOf(VILLAGE), heads: people.filter((person) => person.name === name) }]),
    month: async (village, month) => (placeOf(village).parent === TOWNSHIP ? monthView(village, month) : NONE),
    assets: async () => here(assets),
    contracts: async () => here(contracts),
    debts: async () => here(debts),
    policyTags: async () => here(tagCounts()),
    policyWords: () =>
      readWords(
        documents,
        tagCounts().flatMap((dimension) => dimension.values),
      ),
    policies: async (query, limit) => {
      const found = hits(query.text)
      return here({ hits: found.slice(0, limit), total: found.length })
    },
    policy: async (index) => {
      const document = documents.find((candidate) => candidate.index === index)
      if (document === undefined) return NONE
      const versions = documents.filter((candidate) => candidate.work === document.work)
      return here({ document, clauses: clausesOf(index), versions, funds: document.funds.map(fundOf) })
    },
    notices: async () => here(notices),
    answer: async () => ({ state: 'none' }),
    origin: async (id) => origins.find((origin) => origin.id === id) ?? null,
    picture: async (hash) => (hash === PICTURE ? bitmap() : null),
  }
}
