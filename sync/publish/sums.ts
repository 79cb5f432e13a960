// Sums that make each step of a drill-down one read: fund × place × year, with its months (RollupRow). Money that came
// back (退回) doesn't count; the row that pays it again (补发) does. Masked funds have no payments here, so no sums (P5).
import type { PaymentRow, PlaceCode, RollupRow } from '../contract/rows.ts'

interface Sum {
  fund: string
  month: string
  people: Set<number>
  rows: number
  amount: number
}

/** What a village received, by fund and month, and by fund and year. `payees` counts persons, each once. */
export function villageSums(place: PlaceCode, payments: readonly PaymentRow[]): RollupRow[] {
  const funds = new Map<string, Map<string, Sum>>()
  for (const payment of payments) {
    const months = funds.get(payment.fund) ?? new Map<string, Sum>()
    funds.set(payment.fund, months)
    const month = payment.date.slice(0, 7)
    for (const period of [month, month.slice(0, 4)]) add(months, payment, period)
  }
  return [...funds.values()].flatMap((months) => [...months.values()].map((sum) => rowOf(place, sum)))
}

/** The same a level up: sums of sums. People of two villages are two people. */
export function addUp(place: PlaceCode, parts: readonly RollupRow[]): RollupRow[] {
  const sums = new Map<string, RollupRow>()
  for (const part of parts) {
    const key = `${part.fund} ${part.year} ${part.month}`
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { ...part, place })
    else {
      sum.payees += part.payees
      sum.rows += part.rows
      sum.amount += part.amount
    }
  }
  return [...sums.values()]
}

function add(months: Map<string, Sum>, payment: PaymentRow, month: string): void {
  const sum = months.get(month) ?? { fund: payment.fund, month, people: new Set(), rows: 0, amount: 0 }
  months.set(month, sum)
  sum.people.add(payment.person)
  sum.rows += 1
  if (payment.status !== '退回') sum.amount += payment.amount
}

function rowOf(place: PlaceCode, { fund, month, people, rows, amount }: Sum): RollupRow {
  return {
    place,
    fund,
    year: Number(month.slice(0, 4)),
    month: month.length === 4 ? '' : month,
    payees: people.size,
    rows,
    amount,
  }
}
