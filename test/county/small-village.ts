// The small county's villages: people in households, what they were paid in three years, and a ledger that adds up.
import type { EntryRow, PaymentRow, PeriodRow, PersonRow } from '../../sync/contract/rows.ts'

type Person = Omit<PersonRow, 'blocks'>
const HOUSEHOLDS = 12
const GIVEN = ['示一', '示二', '示三', '示四', '示五', '示六', '示七', '示八', '示九', '示十', '示甲', '示乙']

/** 12 heads in four groups, then a spouse for each third household. One name stands in every village. */
export function peopleOf(village: number): Person[] {
  const surnames = ['杨', '粟', '梁', '唐']
  const heads = GIVEN.map(
    (given, at): Person => ({
      number: at,
      name: at === 0 ? '杨同名' : `${surnames[(at + village) % surnames.length]}${given}`,
      group: `${(at % 4) + 1}组`,
      kind: '户',
      household: at,
      relation: '户主',
    }),
  )
  const spouses = [0, 3, 6, 9].map(
    (head, at): Person => ({
      number: HOUSEHOLDS + at,
      name: `李示${'子丑寅卯'.charAt(at)}${village}`,
      group: `${(head % 4) + 1}组`,
      kind: '人',
      household: head,
      relation: '配偶',
    }),
  )
  return [...heads, ...spouses]
}

/** F001 for every head once a year; F002 for some monthly; F003 for one, with a 退回 and a 补发. */
export function payPeople(people: readonly Person[], village: number): PaymentRow[] {
  return [2024, 2025, 2026].flatMap((year) => [
    ...people.filter(({ relation }) => relation === '户主').map((person) => byArea(person, year, village)),
    ...people.filter(({ number }) => number % 5 === 1).flatMap((person) => monthly(person, year)),
    ...(year === 2026 ? returned(people) : []),
  ])
}

function byArea(person: Person, year: number, village: number): PaymentRow {
  const quantity = 1_200 + 350 * person.number + 10 * village
  const due = Math.round((10_500 * quantity) / 1000)
  const at = { fund: 'F001', batch: `${year}-04`, date: `${year}-04-20`, serial: person.number + 1 }
  return payment(person, {
    ...at,
    standard: 10_500,
    quantity,
    unit: '亩',
    due,
    amount: due,
    policy: 'ZC-001',
    clauses: '第二条',
  })
}

function monthly(person: Person, year: number): PaymentRow[] {
  return Array.from({ length: year === 2026 ? 10 : 12 }, (_, at) => {
    const month = `${year}-${String(at + 1).padStart(2, '0')}`
    const amount = 41_000 + 500 * (year - 2024)
    const place = { fund: 'F002', batch: month, date: `${month}-15`, serial: person.number + 1, policy: 'ZC-002' }
    return payment(person, { ...place, standard: amount, quantity: 1000, unit: '人', due: amount, amount })
  })
}

function returned(people: readonly Person[]): PaymentRow[] {
  const person = people.find(({ number }) => number === 2)
  if (person === undefined) return []
  const row = { fund: 'F003', batch: '2026-06', serial: 1, due: 300_000, amount: 300_000, unit: '台' }
  return [
    payment(person, { ...row, amount: 0, date: '2026-06-10', status: '退回', earlier: '2026-07-08' }),
    payment(person, { ...row, batch: '2026-07', date: '2026-07-08', status: '补发', earlier: '2026-06-10' }),
    payment(person, { ...row, batch: '2026-08', amount: -50_000, date: '2026-08-02', status: '冲销' }),
  ]
}

function payment(person: Person, rest: Partial<PaymentRow>): PaymentRow {
  return {
    fund: '',
    person: person.number,
    batch: '',
    serial: 0,
    standard: null,
    quantity: null,
    unit: '',
    due: 0,
    amount: 0,
    date: '2026-01-01',
    status: '已发',
    earlier: null,
    policy: '',
    clauses: '',
    origin: 4,
    row: 4 + (rest.serial ?? 0),
    ...rest,
  }
}

/** Twelve months, each opening where the one before closed; the last voucher carries the picture. */
export function ledgerOf(village: string, at: number, picture: string): { periods: PeriodRow[]; entries: EntryRow[] } {
  const periods: PeriodRow[] = []
  const entries: EntryRow[] = []
  let opening = 1_000_000 + 10_000 * at
  for (const month of MONTHS) {
    const rows = monthEntries(month, entries.length, month === '2026-10' ? [picture] : [])
    const income = sum(rows, 'income')
    const expense = sum(rows, 'expense')
    const closing = opening + income - expense
    periods.push({
      month,
      opening,
      income,
      expense,
      closing,
      entries: rows.length,
      checkedBy: '示例理财小组',
      checkedOn: `${month}-28`,
      publishedOn: null,
      origin: 6,
      row: Number(village.slice(-2)),
    })
    entries.push(...rows)
    opening = closing
  }
  return { periods, entries }
}

const MONTHS = [...Array(12).keys()].map((at) =>
  at < 2 ? `2025-${at + 11}` : `2026-${String(at - 1).padStart(2, '0')}`,
)

function monthEntries(month: string, before: number, images: string[]): EntryRow[] {
  const turn = Number(month.slice(5))
  return [
    entry(month, before + 1, {
      class: '补助收入',
      direction: 'income',
      amount: 200_000 + 1_000 * turn,
      summary: '转移支付',
    }),
    entry(month, before + 2, { class: '管理费用', amount: 45_000 + 500 * turn, summary: '办公用品' }),
    entry(month, before + 3, { class: '公益支出', amount: 80_000, summary: '路灯维修', images }),
  ]
}

function entry(month: string, number: number, rest: Partial<EntryRow>): EntryRow {
  return {
    month,
    voucher: `记-${String(number).padStart(3, '0')}`,
    date: `${month}-20`,
    edition: '财会〔2023〕14号',
    account: '541',
    accountName: rest.class ?? '',
    class: '',
    summary: '',
    direction: 'expense',
    amount: 0,
    counterpart: '示例供应商',
    handler: '示例会计',
    approver: '示例村主任',
    checkedBy: '示例理财小组',
    images: [],
    origin: 6,
    row: number + 1,
    ...rest,
  }
}

function sum(rows: readonly EntryRow[], direction: 'income' | 'expense'): number {
  return rows.filter((row) => row.direction === direction).reduce((total, row) => total + row.amount, 0)
}
