// Remembers what a release shows of masked funds and of people's numbers, so that the next can be held against it.
import type { MaskedRow } from '../../contract/rows.ts'
import type { Books } from '../database/books.ts'
import { Bulk } from '../database/bulk.ts'
import type { MaskPlans } from './mask-facts.ts'

/** fund + year → village → state. */
export type PublishedDecisions = ReadonlyMap<string, ReadonlyMap<string, 'shown' | 'counted'>>

export async function publishedDecisions(books: Books): Promise<PublishedDecisions> {
  const found = new Map<string, Map<string, 'shown' | 'counted'>>()
  for (const row of await books.selectFrom('maskDecisions').selectAll().execute()) {
    const key = `${row.fund} ${row.year}`
    const villages = found.get(key) ?? new Map<string, 'shown' | 'counted'>()
    found.set(key, villages)
    villages.set(row.village, row.state === 'shown' ? 'shown' : 'counted')
  }
  return found
}

export function earlierDecisionsOf(
  decisions: PublishedDecisions,
  fund: string,
  year: number,
): ReadonlyMap<string, 'shown' | 'counted'> {
  return decisions.get(`${fund} ${year}`) ?? new Map()
}

/**
 * Writes down what release `number` shows, before it is signed: too much remembered only hides more, too little could
 * undo a mask. The caller holds the transaction.
 */
export async function rememberRelease(books: Books, number: number, plans: MaskPlans): Promise<void> {
  const decisions = new Bulk(books, 'maskDecisions', ['fund', 'year', 'village', 'state', 'release'], 'left out')
  const groups = new Bulk(books, 'maskGroups', ['fund', 'year', 'townships', 'release'], 'left out')
  for (const [fund, years] of plans) {
    for (const [year, plan] of years) {
      for (const [village, state] of plan.states)
        if (state !== 'out') await decisions.put([fund, year, village, state, number])
      for (const { townships } of plan.groups) await groups.put([fund, year, JSON.stringify(townships), number])
    }
  }
  await decisions.flush()
  await groups.flush()
}

const MASKED = ['village', 'fund', 'month', 'amount', 'status', 'surname', 'first']

/** Masked rows of one village as shown, and the surnames that its masks are fixed to from now on. */
export async function rememberMasked(
  books: Books,
  release: number,
  village: string,
  rows: readonly MaskedRow[],
  shown: ReadonlySet<string>,
): Promise<void> {
  const surnames = JSON.stringify([...shown].sort())
  await books
    .insertInto('maskSurnames')
    .values({ village, surnames, release })
    .onConflict((on) => on.doNothing())
    .execute()
  const masked = new Bulk(books, 'maskPublished', MASKED, 'left out')
  for (const { fund, month, amount, status, surname } of rows)
    await masked.put([village, fund, month, amount, status, surname, release])
  await masked.flush()
}

/** Numbers asked about in one statement, at most. */
const AT_ONCE = 5_000

/** Registry numbers of a village keep the names they were published with. */
export async function rememberPeople(books: Books, village: string, numbers: readonly number[]): Promise<void> {
  const unknown = await books
    .selectFrom('roster')
    .select('number')
    .where('village', '=', village)
    .where('number', 'is not', null)
    .where('publishedName', 'is', null)
    .execute()
  if (unknown.length === 0) return
  for (let from = 0; from < numbers.length; from += AT_ONCE)
    await books
      .updateTable('roster')
      .set((row) => ({ publishedName: row.ref('name') }))
      .where('village', '=', village)
      .where('publishedName', 'is', null)
      .where('number', 'in', numbers.slice(from, from + AT_ONCE))
      .execute()
}
