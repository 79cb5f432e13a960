// Payments as screens show them: joined with person, fund, policy and origin, and summed as a villager would count.

import type { DocumentRow, Fen, FundRow, OriginRow, PaymentRow, PersonRow } from '../../sync/contract/rows.ts'
import type { Catalogue } from './catalogue.ts'
import type { PaymentView } from './county-data.ts'

/** Tables that payments are joined with, each read once for a whole list. */
export interface Joins {
  funds: ReadonlyMap<string, FundRow>
  people: ReadonlyMap<number, PersonRow>
  documents: ReadonlyMap<string, DocumentRow>
  origins: ReadonlyMap<number, OriginRow>
}

export function joinPayments(rows: readonly PaymentRow[], joins: Joins): PaymentView[] {
  const views: PaymentView[] = []
  for (const row of rows) {
    const fund = joins.funds.get(row.fund)
    const person = joins.people.get(row.person)
    if (fund === undefined || person === undefined) continue
    const document = joins.documents.get(row.policy)
    const policy = document && { index: document.index, title: document.title, number: document.number }
    views.push({ row, fund, person, policy: policy ?? null, origin: joins.origins.get(row.origin) ?? null })
  }
  return views
}

/** Reads the county-wide tables of a join. */
export async function readJoins(
  catalogue: Catalogue,
  originsOf: () => Promise<OriginRow[]>,
  people: readonly PersonRow[],
): Promise<Joins> {
  const [funds, documents, origins] = await Promise.all([catalogue.funds(), catalogue.documents(), originsOf()])
  return {
    funds: new Map((funds ?? []).map((row) => [row.code, row])),
    people: new Map(people.map((row) => [row.number, row])),
    documents: new Map((documents ?? []).map((row) => [row.index, row])),
    origins: new Map(origins.map((row) => [row.id, row])),
  }
}

/** Fen that a payment brought: money that came back (退回) was not received, a reversal (冲销) counts negative. */
export function receivedOf(row: Pick<PaymentRow, 'amount' | 'status'>): Fen {
  return row.status === '退回' ? 0 : row.amount
}

export function yearOf(row: Pick<PaymentRow, 'date'>): number {
  return Number(row.date.slice(0, 4))
}

/** A household's payments by year, newest year first, the largest payment of each fund's line first. */
export function byYear(views: readonly PaymentView[]): { year: number; sum: Fen; payments: PaymentView[] }[] {
  const years = new Map<number, PaymentView[]>()
  for (const view of views) {
    const year = yearOf(view.row)
    const list = years.get(year)
    if (list === undefined) years.set(year, [view])
    else list.push(view)
  }
  return [...years]
    .sort(([a], [b]) => b - a)
    .map(([year, payments]) => ({
      year,
      sum: payments.reduce((sum, view) => sum + receivedOf(view.row), 0),
      payments: payments.sort(newestFirst),
    }))
}

function newestFirst(a: PaymentView, b: PaymentView): number {
  if (a.row.date !== b.row.date) return a.row.date < b.row.date ? 1 : -1
  if (a.row.fund !== b.row.fund) return a.row.fund < b.row.fund ? -1 : 1
  return a.row.serial - b.row.serial
}
