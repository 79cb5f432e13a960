// What the office knows about masked funds and about what earlier releases have shown of them, read from its database.
import { sql } from 'kysely'
import { MASK_CROWD } from '../../contract/limits.ts'
import type { FundCode, PlaceCode } from '../../contract/rows.ts'
import type { Books } from '../database/books.ts'
import { listed, type Row, rowsOf } from '../database/query.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import { type EarlierDecisions, type FundPlan, type MaskCell, planMask } from './mask-plan.ts'
import { crowdOf, maskedSurname, shownSurnames, type VillageMask } from './surnames.ts'

/** How a fund may be published. */
export type FundDisclosure = 'open' | 'masked' | 'totals'

/** The villages' roster people, for masks and for the proof. */
export class MaskFacts {
  readonly disclosure: ReadonlyMap<FundCode, FundDisclosure>
  readonly #villages: ReadonlyMap<PlaceCode, VillageMask>

  private constructor(
    disclosure: ReadonlyMap<FundCode, FundDisclosure>,
    villages: ReadonlyMap<PlaceCode, VillageMask>,
  ) {
    this.disclosure = disclosure
    this.#villages = villages
  }

  static async open(books: Books): Promise<MaskFacts> {
    return new MaskFacts(await disclosureOf(books), await villageMasks(books))
  }

  /** Funds that have no open rows. */
  closedFunds(): string[] {
    return [...this.disclosure].filter(([, how]) => how !== 'open').map(([code]) => code)
  }

  village(village: PlaceCode): VillageMask {
    return this.#villages.get(village) ?? NOBODY_THERE
  }

  /** The surname that a masked row of this payee shows; null when fewer than five people could be meant, so no row at all. */
  surnameFor(village: PlaceCode, name: string, kind: string): string | null {
    return maskedSurname(this.village(village), name, kind)
  }
}

/** Fund, then year. */
export type MaskPlans = ReadonlyMap<FundCode, ReadonlyMap<number, FundPlan>>

/** Plans of all masked and tier A funds, from the payments as they stand. */
export async function planAll(books: Books, facts: MaskFacts, gazetteer: Gazetteer): Promise<MaskPlans> {
  const decided = await decisionsByYear(books)
  const plans = new Map<FundCode, Map<number, FundPlan>>()
  for (const [fund, years] of await cellsByFund(books, facts, gazetteer)) {
    const planned = new Map<number, FundPlan>()
    for (const [year, cells] of years) {
      const mayShow = (village: string): boolean =>
        facts.disclosure.get(fund) === 'masked' && facts.village(village).crowd.total >= MASK_CROWD
      planned.set(year, planMask(cells, decided.get(`${fund} ${year}`) ?? { states: new Map(), groups: [] }, mayShow))
    }
    plans.set(fund, planned)
  }
  return plans
}

type CellsByYear = Map<number, MaskCell[]>

/** Distinct payees and money by fund, year and village. A payee whom five others don't hide is in no cell: the row stays in the office. */
async function cellsByFund(books: Books, facts: MaskFacts, gazetteer: Gazetteer): Promise<Map<FundCode, CellsByYear>> {
  const funds = new Map<FundCode, CellsByYear>()
  const payees = new Map<MaskCell, Set<string>>()
  for (const village of await rosterVillages(books)) {
    const township = gazetteer.place(village)?.parent ?? ''
    for (const row of await closedPayees(books, facts, village)) {
      const fund = String(row.fund)
      if (
        facts.disclosure.get(fund) === 'masked' &&
        facts.surnameFor(village, String(row.name), String(row.kind)) === null
      )
        continue
      const cell = cellFor(funds, fund, Number(row.year), village, township)
      // An ID number under two names (a child paid through its guardian's) is one payee, so that five are five.
      const known = payees.get(cell) ?? new Set<string>()
      payees.set(cell, known.add(String(row.idNumber) || String(row.id)))
      cell.payees = known.size
      cell.amount += Number(row.amount)
    }
  }
  return funds
}

/** Who is paid out of masked and tier A funds in a village, with the sum of a year. */
function closedPayees(books: Books, facts: MaskFacts, village: PlaceCode): Promise<Row[]> {
  return rowsOf(
    books,
    sql`SELECT p.fund, substr(p.date, 1, 4) AS year, min(r.name) AS name, min(r.kind) AS kind,
         min(r."idNumber") AS "idNumber", min(r.id) AS id,
         sum(CASE WHEN p.status = '退回' THEN 0 ELSE p.amount END) AS amount
       FROM payments p JOIN roster r ON r.village = p.village AND r.id = p.person
       WHERE p.village = ${village} AND p.fund IN ${listed(facts.closedFunds())}
       GROUP BY p.fund, substr(p.date, 1, 4), p.person ORDER BY p.fund, year, p.person`,
  )
}

/** One after the other, so that no more than one village's people are held at a time. */
async function rosterVillages(books: Books): Promise<PlaceCode[]> {
  const rows = await books.selectFrom('roster').select('village').distinct().orderBy('village').execute()
  return rows.map(({ village }) => village)
}

function cellFor(
  funds: Map<FundCode, CellsByYear>,
  fund: FundCode,
  year: number,
  village: string,
  township: string,
): MaskCell {
  const years = funds.get(fund) ?? new Map<number, MaskCell[]>()
  funds.set(fund, years)
  const cells = years.get(year) ?? []
  years.set(year, cells)
  const last = cells.at(-1)
  if (last?.village === village) return last
  const cell: MaskCell = { village, township, payees: 0, amount: 0 }
  cells.push(cell)
  return cell
}

/** What published releases have decided, by 'fund year'. */
async function decisionsByYear(books: Books): Promise<Map<string, EarlierDecisions>> {
  const found = new Map<string, { states: Map<string, 'shown' | 'counted'>; groups: string[][] }>()
  const of = (fund: string, year: number): { states: Map<string, 'shown' | 'counted'>; groups: string[][] } => {
    const known = found.get(`${fund} ${year}`) ?? { states: new Map(), groups: [] }
    found.set(`${fund} ${year}`, known)
    return known
  }
  for (const row of await books.selectFrom('maskDecisions').selectAll().execute())
    of(row.fund, row.year).states.set(row.village, row.state === 'shown' ? 'shown' : 'counted')
  for (const row of await books.selectFrom('maskGroups').selectAll().orderBy('townships').execute())
    of(row.fund, row.year).groups.push(parseTexts(row.townships))
  return found
}

async function disclosureOf(books: Books): Promise<Map<FundCode, FundDisclosure>> {
  const funds = await books.selectFrom('funds').select(['code', 'tier', 'masked']).orderBy('entry').execute()
  return new Map(
    funds.map(({ code, tier, masked }) => [code, tier === 'A' ? 'totals' : masked === 1 ? 'masked' : 'open']),
  )
}

const NOBODY_THERE: VillageMask = { crowd: crowdOf([]), shown: shownSurnames(crowdOf([])) }

async function villageMasks(books: Books): Promise<Map<PlaceCode, VillageMask>> {
  const fixed = new Map<string, string>()
  for (const { village, surnames } of await books.selectFrom('maskSurnames').select(['village', 'surnames']).execute())
    fixed.set(village, surnames)
  const masks = new Map<PlaceCode, VillageMask>()
  for (const village of await rosterVillages(books)) {
    const crowd = crowdOf(await crowdNames(books, village))
    const surnames = fixed.get(village)
    const shown = surnames === undefined ? shownSurnames(crowd) : new Set(parseTexts(surnames))
    masks.set(village, { crowd, shown })
  }
  return masks
}

async function crowdNames(books: Books, village: PlaceCode): Promise<Iterable<string>> {
  const people = await books
    .selectFrom('roster')
    .select(['id', 'name', 'idNumber'])
    .where('village', '=', village)
    .where('kind', 'in', ['户', '人'])
    .orderBy('id')
    .execute()
  // Two entries of one ID number are one person in two spellings: they make no crowd of two.
  const names = new Map<string, string>()
  for (const { id, name, idNumber } of people) {
    const key = idNumber === '' ? `#${id}` : idNumber
    if (!names.has(key)) names.set(key, name)
  }
  return names.values()
}

export function parseTexts(value: unknown): string[] {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : []
  return Array.isArray(parsed) ? parsed.map(String) : []
}
