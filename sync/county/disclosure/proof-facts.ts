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

/** Whoever is paid from a closed fund, by fund and year, then village. */
type Payees = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>

export class ProofFacts {
  readonly masks: MaskFacts
  readonly approvedPhones: ReadonlySet<string>
  readonly maskedNames: NameFinder
  readonly gazetteer: Gazetteer
  /** Funds of which a published release shows masked rows. */
  readonly shownMasked: ReadonlySet<string>
  readonly #database: DatabaseSync
  readonly #payees: Payees

  constructor(office: Office) {
    this.#database = office.database
    this.masks = new MaskFacts(office.database)
    this.gazetteer = new Gazetteer(office.database)
    this.approvedPhones = approvedPhones(office)
    const shown = office.database.prepare('SELECT DISTINCT fund FROM maskPublished').all()
    this.shownMasked = new Set(shown.map((row) => String(row.fund)))
    const { payees, names } = closedPayees(office.database, this.masks)
    this.#payees = payees
    this.maskedNames = new NameFinder(names)
  }

  /** Names that registry numbers of a village stood for in published releases. */
  publishedNames(village: string): ReadonlyMap<number, string> {
    const rows = this.#database
      .prepare('SELECT number, publishedName FROM roster WHERE village = ? AND publishedName IS NOT NULL')
      .all(village)
    return new Map(rows.map((row) => [Number(row.number), String(row.publishedName)]))
  }

  /** Names that the roster's registry numbers of a village stand for. */
  registryNames(village: string): ReadonlyMap<number, string> {
    const rows = this.#database
      .prepare('SELECT number, name FROM roster WHERE village = ? AND number IS NOT NULL')
      .all(village)
    return new Map(rows.map((row) => [Number(row.number), String(row.name)]))
  }

  /** Distinct payees of a fund in a year, by village; whom no crowd hides is left out, as from every release. */
  payees(fund: string, year: number): ReadonlyMap<string, number> {
    const villages = this.#payees.get(`${fund} ${year}`) ?? new Map<string, ReadonlySet<string>>()
    return new Map([...villages].map(([village, known]) => [village, known.size]))
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

/** Everyone paid from a masked or tier A fund: how many by fund, year and village, and the names that masks hide. */
function closedPayees(database: DatabaseSync, masks: MaskFacts): { payees: Payees; names: Set<string> } {
  const rows = database
    .prepare(
      `SELECT p.fund, substr(p.date, 1, 4) AS year, p.village, r.name, r.kind, r.idNumber, r.id
       FROM payments p JOIN roster r ON r.village = p.village AND r.id = p.person
       WHERE p.fund IN (SELECT value FROM json_each(?)) GROUP BY p.village, p.fund, year, p.person`,
    )
    .iterate(JSON.stringify(masks.closedFunds()))
  const payees = new Map<string, Map<string, Set<string>>>()
  const names = new Set<string>()
  for (const row of rows) {
    const village = String(row.village)
    const name = String(row.name)
    const kind = String(row.kind)
    if (masks.disclosure.get(String(row.fund)) === 'masked') {
      if (kind === '户' || kind === '人') names.add(name)
      // Whom no crowd hides is in no release: not shown, not counted.
      if (masks.surnameFor(village, name, kind) === null) continue
    }
    const key = `${String(row.fund)} ${String(row.year)}`
    const villages = payees.get(key) ?? new Map<string, Set<string>>()
    payees.set(key, villages)
    // By ID number where there is one: two names under one number are one payee.
    const known = villages.get(village) ?? new Set<string>()
    villages.set(village, known.add(String(row.idNumber) || String(row.id)))
  }
  return { payees, names }
}
