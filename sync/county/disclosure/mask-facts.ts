// What the office knows about masked funds and about what earlier releases have shown of them, read from its database.
import type { DatabaseSync } from 'node:sqlite'
import { MASK_CROWD } from '../../contract/limits.ts'
import type { FundCode, PlaceCode } from '../../contract/rows.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import { type EarlierDecisions, type FundPlan, type MaskCell, planMask } from './mask-plan.ts'
import { type Crowd, candidates, crowdOf, NOBODY, shownSurnames, surnameOf } from './surnames.ts'

/** How a fund may be published. */
export type FundDisclosure = 'open' | 'masked' | 'totals'

export interface VillageMask {
  crowd: Crowd
  /** Surnames that masked rows may show: fixed by the first release that showed any. */
  shown: ReadonlySet<string>
}

/** One village's roster people by the office's id, for masks and for the proof. */
export class MaskFacts {
  readonly disclosure: ReadonlyMap<FundCode, FundDisclosure>
  readonly #database: DatabaseSync
  readonly #villages = new Map<PlaceCode, VillageMask>()

  constructor(database: DatabaseSync) {
    this.#database = database
    this.disclosure = disclosureOf(database)
  }

  /** Funds that have no open rows, as an SQL list of texts. */
  closedFunds(): string[] {
    return [...this.disclosure].filter(([, how]) => how !== 'open').map(([code]) => code)
  }

  village(village: PlaceCode): VillageMask {
    const known = this.#villages.get(village)
    if (known !== undefined) return known
    const names = this.#database
      .prepare(
        // Two entries of one ID number are one person in two spellings: they make no crowd of two.
        `SELECT name, min(id) FROM roster WHERE village = ? AND kind IN ('户', '人')
         GROUP BY CASE WHEN idNumber = '' THEN id ELSE idNumber END`,
      )
      .all(village)
    const crowd = crowdOf(names.map((row) => String(row.name)))
    const fixed = this.#database.prepare('SELECT surnames FROM maskSurnames WHERE village = ?').get(village)
    const shown = fixed === undefined ? shownSurnames(crowd) : new Set<string>(parseTexts(fixed.surnames))
    const mask = { crowd, shown }
    this.#villages.set(village, mask)
    return mask
  }

  /** The surname that a masked row of this payee shows; null when fewer than five people could be meant, so no row at all. */
  surnameFor(village: PlaceCode, name: string, kind: string): string | null {
    const { crowd, shown } = this.village(village)
    const own = kind === '主体' || kind === '村' ? NOBODY : surnameOf(name)
    const surname = shown.has(own) ? own : NOBODY
    return candidates(crowd, shown, surname) >= MASK_CROWD ? surname : null
  }
}

/** Fund, then year. */
export type MaskPlans = ReadonlyMap<FundCode, ReadonlyMap<number, FundPlan>>

/** Plans of all masked and tier A funds, from the payments as they stand. */
export function planAll(database: DatabaseSync, facts: MaskFacts, gazetteer: Gazetteer): MaskPlans {
  const plans = new Map<FundCode, Map<number, FundPlan>>()
  for (const [fund, years] of cellsByFund(database, facts, gazetteer)) {
    const planned = new Map<number, FundPlan>()
    for (const [year, cells] of years) {
      const mayShow = (village: string): boolean =>
        facts.disclosure.get(fund) === 'masked' && facts.village(village).crowd.total >= MASK_CROWD
      planned.set(year, planMask(cells, earlierDecisions(database, fund, year), mayShow))
    }
    plans.set(fund, planned)
  }
  return plans
}

type CellsByYear = Map<number, MaskCell[]>

/** Distinct payees and money by fund, year and village. A payee whom five others don't hide is in no cell: the row stays in the office. */
function cellsByFund(database: DatabaseSync, facts: MaskFacts, gazetteer: Gazetteer): Map<FundCode, CellsByYear> {
  const closed = facts.closedFunds()
  const rows = database
    .prepare(
      `SELECT p.fund, substr(p.date, 1, 4) AS year, p.village, r.name, r.kind, r.idNumber, r.id,
         sum(CASE WHEN p.status = '退回' THEN 0 ELSE p.amount END) AS amount
       FROM payments p JOIN roster r ON r.village = p.village AND r.id = p.person
       WHERE p.fund IN (SELECT value FROM json_each(?)) GROUP BY p.village, p.fund, year, p.person`,
    )
    .iterate(JSON.stringify(closed))
  const funds = new Map<FundCode, CellsByYear>()
  const payees = new Map<MaskCell, Set<string>>()
  for (const row of rows) {
    const village = String(row.village)
    const fund = String(row.fund)
    if (
      facts.disclosure.get(fund) === 'masked' &&
      facts.surnameFor(village, String(row.name), String(row.kind)) === null
    )
      continue
    const cell = cellFor(funds, fund, Number(row.year), village, gazetteer.place(village)?.parent ?? '')
    // An ID number under two names (a child paid through its guardian's) is one payee, so that five are five.
    const known = payees.get(cell) ?? new Set<string>()
    payees.set(cell, known.add(String(row.idNumber) || String(row.id)))
    cell.payees = known.size
    cell.amount += Number(row.amount)
  }
  return funds
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

/** What published releases have decided for a fund and year. */
export function earlierDecisions(database: DatabaseSync, fund: FundCode, year: number): EarlierDecisions {
  const states = new Map<string, 'shown' | 'counted'>()
  for (const row of database
    .prepare('SELECT village, state FROM maskDecisions WHERE fund = ? AND year = ?')
    .all(fund, year)) {
    states.set(String(row.village), row.state === 'shown' ? 'shown' : 'counted')
  }
  const groups = database
    .prepare('SELECT townships FROM maskGroups WHERE fund = ? AND year = ? ORDER BY townships')
    .all(fund, year)
  return { states, groups: groups.map((row) => parseTexts(row.townships)) }
}

function disclosureOf(database: DatabaseSync): Map<FundCode, FundDisclosure> {
  const found = new Map<FundCode, FundDisclosure>()
  for (const row of database.prepare('SELECT code, tier, masked FROM funds ORDER BY entry').iterate()) {
    found.set(String(row.code), row.tier === 'A' ? 'totals' : row.masked === 1 ? 'masked' : 'open')
  }
  return found
}

export function parseTexts(value: unknown): string[] {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : []
  return Array.isArray(parsed) ? parsed.map(String) : []
}
