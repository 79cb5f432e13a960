// What the proof knows of the office, read anew from the database and not taken from what built the release: it rebuilds
// the attack of somebody who knows everyone in the village (`domain.md`, masked funds).
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Office } from '../office.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { MaskFacts } from './mask-facts.ts'
import { NameFinder } from './names.ts'

/** Shown in earlier releases: surname by fund, month, amount and status. */
export type EarlierMasked = ReadonlyMap<string, ReadonlySet<string>>

export class ProofFacts {
  readonly masks: MaskFacts
  readonly approvedPhones: ReadonlySet<string>
  readonly maskedNames: NameFinder
  readonly gazetteer: Gazetteer
  readonly #database: DatabaseSync
  #payees: ReadonlyMap<string, ReadonlyMap<string, number>> | null = null

  constructor(office: Office) {
    this.#database = office.database
    this.masks = new MaskFacts(office.database)
    this.gazetteer = new Gazetteer(office.database)
    this.approvedPhones = approvedPhones(office)
    this.maskedNames = new NameFinder(maskedNames(office.database, this.masks))
  }

  /** Names that registry numbers of a village stood for in published releases. */
  publishedNames(village: string): ReadonlyMap<number, string> {
    const rows = this.#database
      .prepare('SELECT number, publishedName FROM roster WHERE village = ? AND publishedName IS NOT NULL')
      .all(village)
    return new Map(rows.map((row) => [Number(row.number), String(row.publishedName)]))
  }

  /** People of a village as the roster numbers them: name, and whether they have an open payment or are the head of one who has. */
  openPeople(village: string): ReadonlyMap<number, string> {
    const rows = this.#database
      .prepare(
        `WITH open AS (SELECT DISTINCT p.person FROM payments p WHERE p.village = ?1 AND p.fund NOT IN (SELECT value FROM json_each(?2))),
           mine AS (SELECT r.* FROM roster r WHERE r.village = ?1 AND r.id IN (SELECT person FROM open))
         SELECT number, name FROM mine
         UNION SELECT h.number, h.name FROM roster h JOIN mine m ON h.village = m.village AND h.name = m.household AND h."group" = m."group"`,
      )
      .all(village, JSON.stringify(this.masks.closedFunds()))
    return new Map(rows.filter((row) => row.number !== null).map((row) => [Number(row.number), String(row.name)]))
  }

  /** Distinct payees of a fund in a year, by village; whom no crowd hides is left out, as from every release. */
  payees(fund: string, year: number): ReadonlyMap<string, number> {
    this.#payees ??= this.#countPayees()
    return this.#payees.get(`${fund} ${year}`) ?? new Map()
  }

  #countPayees(): Map<string, Map<string, number>> {
    const rows = this.#database
      .prepare(
        `SELECT p.fund, substr(p.date, 1, 4) AS year, p.village, r.name, r.kind
         FROM payments p JOIN roster r ON r.village = p.village AND r.id = p.person
         WHERE p.fund IN (SELECT value FROM json_each(?)) GROUP BY p.fund, year, p.village, p.person`,
      )
      .iterate(JSON.stringify(this.masks.closedFunds()))
    const found = new Map<string, Map<string, number>>()
    for (const row of rows) {
      const fund = String(row.fund)
      const village = String(row.village)
      const masked = this.masks.disclosure.get(fund) === 'masked'
      if (masked && this.masks.surnameFor(village, String(row.name), String(row.kind)) === null) continue
      const key = `${fund} ${String(row.year)}`
      const payees = found.get(key) ?? new Map<string, number>()
      found.set(key, payees)
      payees.set(village, (payees.get(village) ?? 0) + 1)
    }
    return found
  }

  earlierMasked(village: string): EarlierMasked {
    const earlier = new Map<string, Set<string>>()
    const rows = this.#database
      .prepare('SELECT fund, month, amount, status, surname FROM maskPublished WHERE village = ?')
      .iterate(village)
    for (const row of rows) {
      const key = maskKey({
        fund: String(row.fund),
        month: String(row.month),
        amount: Number(row.amount),
        status: String(row.status),
      })
      const surnames = earlier.get(key)
      if (surnames === undefined) earlier.set(key, new Set([String(row.surname)]))
      else surnames.add(String(row.surname))
    }
    return earlier
  }
}

/** What a masked row says beside the surname. */
export function maskKey(row: { fund: string; month: string; amount: number; status: string }): string {
  return `${row.fund} ${row.month} ${row.amount} ${row.status}`
}

/** The list in the database (sample, import), and the office's own file approved-phones.txt, one number a line. */
function approvedPhones(office: Office): Set<string> {
  const phones = new Set(
    office.database
      .prepare('SELECT phone FROM approvedPhones')
      .all()
      .map((row) => String(row.phone)),
  )
  const file = join(office.folder, 'approved-phones.txt')
  if (!existsSync(file)) return phones
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const phone = line.replace(/#.*$/, '').trim()
    if (phone !== '') phones.add(phone)
  }
  return phones
}

function maskedNames(database: DatabaseSync, masks: MaskFacts): string[] {
  const masked = [...masks.disclosure].filter(([, how]) => how === 'masked').map(([code]) => code)
  const rows = database
    .prepare(
      `SELECT DISTINCT r.name FROM payments p JOIN roster r ON r.village = p.village AND r.id = p.person
       WHERE p.fund IN (SELECT value FROM json_each(?)) AND r.kind IN ('户', '人')`,
    )
    .all(JSON.stringify(masked))
  return rows.map((row) => String(row.name))
}
