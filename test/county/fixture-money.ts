// Invented payments of 翁高村 as the pictures show them: one household with a returned and repaid row, 186 in all, and
// the sums from the county down.
import type {
  FundCode,
  MaskedRow,
  OriginRow,
  PaymentRow,
  PersonRow,
  PlaceCode,
  RollupRow,
} from '../../sync/contract/rows.ts'
import { fundOf, numberOf, VILLAGE, YEAR } from './fixture-places.ts'

export const origins: OriginRow[] = [
  {
    id: 1,
    table: 'payments',
    file: '高椅乡上报表「翁高村」（示例）.xlsx',
    importedBy: '示例录入员甲',
    importedOn: '2025-04-10',
    approvedBy: '示例审核员乙',
    approvedOn: '2025-04-11',
    sample: true,
  },
  {
    id: 2,
    table: 'ledger',
    file: '翁高村2025年收支（示例）.xlsx',
    importedBy: '示例录入员甲',
    importedOn: '2025-10-08',
    approvedBy: '',
    approvedOn: null,
    sample: true,
  },
]

const SURNAMES = ['粟', '杨', '梁', '明', '林', '于', '石', '龙', '唐', '张', '李', '欧阳'] as const
const GIVEN = ['昌荣', '远香', '秀英', '大勇', '长生', '桂兰', '世明', '金莲', '启文', '永福', '小满', '德厚'] as const

function household(index: number): PersonRow {
  const surname = SURNAMES[numberOf(`s${index}`, 0, SURNAMES.length - 1)] ?? '粟'
  const given = GIVEN[numberOf(`g${index}x${index * 7}`, 0, GIVEN.length - 1)] ?? '昌荣'
  const name = index === 0 ? '粟昌荣' : `${surname}${given}`
  const group = index === 0 ? '第3组' : `第${1 + (index % 8)}组`
  return { number: index + 1, name, group, kind: '户', household: index + 1, relation: '户主', blocks: '' }
}
export const people: PersonRow[] = Array.from({ length: 186 }, (_, index) => household(index))

function payment(fund: FundCode, person: number, serial: number, change: Partial<PaymentRow>): PaymentRow {
  const amount = change.amount ?? numberOf(`${fund}${person}`, 8_000, 120_000)
  return {
    fund,
    person,
    batch: '2025-01',
    serial,
    standard: null,
    quantity: null,
    unit: fundOf(fund).unit,
    due: change.due ?? amount,
    amount,
    date: '2025-04-28',
    status: '已发',
    earlier: null,
    policy: '',
    clauses: '',
    origin: 1,
    row: serial + 3,
    ...change,
  }
}

const LAND = { standard: 10_500, unit: '亩', policy: 'HT-2025-003', clauses: '第五条、第七条' } as const
const ownRows: PaymentRow[] = [
  payment('F001', 1, 34, { ...LAND, quantity: 4_200, amount: 44_100 }),
  payment('F046', 1, 12, { amount: 105_000, date: '2025-06-19' }),
  payment('F043', 1, 71, { amount: 50_530, date: '2025-07-03' }),
  payment('F002', 1, 9, {
    standard: 3_781,
    quantity: 4_000,
    unit: '亩',
    amount: 15_124,
    date: '2025-08-02',
    status: '补发',
    earlier: '2025-07-08',
  }),
  payment('F001', 1, 33, { ...LAND, quantity: 4_200, amount: 44_100, date: '2024-04-26', batch: '2024-01' }),
  payment('F046', 1, 15, { amount: 105_000, date: '2024-06-20', batch: '2024-01' }),
  payment('F002', 1, 8, {
    amount: 15_124,
    date: '2024-07-09',
    batch: '2024-01',
    status: '退回',
    earlier: '2024-07-08',
  }),
  payment('F001', 1, 31, {
    ...LAND,
    quantity: 4_200,
    amount: 41_580,
    due: 44_100,
    date: '2023-04-27',
    batch: '2023-01',
  }),
]
const otherRows: PaymentRow[] = people.slice(1).flatMap((person) => {
  const mu = numberOf(`mu${person.number}`, 8, 140) * 100
  const land = payment('F001', person.number, person.number + 33, {
    ...LAND,
    quantity: mu,
    amount: (mu * 10_500) / 1_000,
  })
  const more = payment('F046', person.number, person.number + 10, { date: '2025-06-19' })
  return person.number % 3 === 0 ? [land, more] : [land]
})
export const payments: PaymentRow[] = [...ownRows, ...otherRows]

const SHARED = ['粟', '杨', '梁', '某', '明'] as const
export function maskedRows(fund: FundCode): MaskedRow[] {
  return Array.from({ length: 7 }, (_, index) => ({
    fund,
    month: `${YEAR}-0${1 + index}`,
    surname: SHARED[index % SHARED.length] ?? '某',
    amount: 30_000 + index * 5_000,
    status: '已发' as const,
  }))
}

/** A rollup row: the village's own from its payments, elsewhere a plausible number. */
export function rollup(fund: FundCode, year: number, place: PlaceCode, month: RollupRow['month'] = ''): RollupRow {
  const here = payments.filter(
    (row) => row.fund === fund && row.date.startsWith(month === '' ? String(year) : month) && row.status !== '退回',
  )
  if (place === VILLAGE) return summed(fund, year, place, month, here)
  const payees = numberOf(`${place}${fund}p`, 60, 420)
  const size = place.length === 6 ? 26_000_000 : place.length === 9 ? 1_100_000 : 60_000
  return {
    place,
    fund,
    year,
    month,
    payees,
    rows: payees,
    amount: numberOf(`${place}${fund}${year}`, size, size * 2) * 10,
  }
}

function summed(
  fund: FundCode,
  year: number,
  place: PlaceCode,
  month: RollupRow['month'],
  rows: readonly PaymentRow[],
): RollupRow {
  const payees = new Set(rows.map((row) => row.person)).size
  const amount = rows.reduce((sum, row) => sum + row.amount, 0)
  return { place, fund, year, month, payees, rows: rows.length, amount }
}
