// What the proof knows of the office, read anew from the books and not taken from what built the release: it rebuilds
// the attack of somebody who knows everyone in the village (`domain.md`, masked funds).
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Books } from '../database/books.ts'
import { listed, rowsOf } from '../database/query.ts'
import type { Office } from '../office.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { MaskFacts } from './mask-facts.ts'
import { NameFinder } from './names.ts'

/** Shown in earlier releases: surname by fund, month, amount and status. */
export type EarlierMasked = ReadonlyMap<string, ReadonlySet<string>>

/** Whoever is paid from a closed fund, by fund and year, then village. */
type Payees = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>

interface Known {
  masks: MaskFacts
  approvedPhones: ReadonlySet<string>
  maskedNames: NameFinder
  gazetteer: Gazetteer
  shownMasked: ReadonlySet<string>
  payees: Payees
  registries: ReadonlyMap<string, Registered>
}
/** What registry numbers of a village stand for now, and stood for in published releases. */
interface Registered {
  names: Map<number, string>
  published: Map<number, string>
}
const NO_NAMES: ReadonlyMap<number, string> = new Map()

export class ProofFacts {
  readonly masks: MaskFacts
  readonly approvedPhones: ReadonlySet<string>
  readonly maskedNames: NameFinder
  readonly gazetteer: Gazetteer
  /** Funds of which a published release shows masked rows. */
  readonly shownMasked: ReadonlySet<string>
  readonly #books: Books
  readonly #payees: Payees
  readonly #registries: ReadonlyMap<string, Registered>

  private constructor(books: Books, known: Known) {
    this.#books = books
    this.masks = known.masks
    this.approvedPhones = known.approvedPhones
    this.maskedNames = known.maskedNames
    this.gazetteer = known.gazetteer
    this.shownMasked = known.shownMasked
    this.#payees = known.payees
    this.#registries = known.registries
  }

  static async open(office: Office): Promise<ProofFacts> {
    const books = await office.books()
    const masks = await MaskFacts.open(books)
    const shown = await books.selectFrom('maskPublished').select('fund').distinct().execute()
    const { payees, names } = await closedPayees(books, masks)
    return new ProofFacts(books, {
      masks,
      approvedPhones: await approvedPhones(office),
      maskedNames: new NameFinder(names),
      gazetteer: await Gazetteer.open(books),
      shownMasked: new Set(shown.map(({ fund }) => fund)),
      payees,
      registries: await registriesOf(books),
    })
  }

  /** Names that registry numbers of a village stood for in published releases. */
  publishedNames(village: string): ReadonlyMap<number, string> {
    return this.#registries.get(village)?.published ?? NO_NAMES
  }

  /** Names that the roster's registry numbers of a village stand for. */
  registryNames(village: string): ReadonlyMap<number, string> {
    return this.#registries.get(village)?.names ?? NO_NAMES
  }

  /** Distinct payees of a fund in a year, by village; whom no crowd hides is left out, as from every release. */
  payees(fund: string, year: number): ReadonlyMap<string, number> {
    const villages = this.#payees.get(`${fund} ${year}`) ?? new Map<string, ReadonlySet<string>>()
    return new Map([...villages].map(([village, known]) => [village, known.size]))
  }

  async earlierMasked(village: string): Promise<EarlierMasked> {
    const rows = await this.#books
      .selectFrom('maskPublished')
      .select(['fund', 'month', 'amount', 'status', 'surname'])
      .where('village', '=', village)
      .execute()
    const earlier = new Map<string, Set<string>>()
    for (const row of rows) {
      const key = maskKey(row)
      const surnames = earlier.get(key)
      if (surnames === undefined) earlier.set(key, new Set([row.surname]))
      else surnames.add(row.surname)
    }
    return earlier
  }
}

async function registriesOf(books: Books): Promise<Map<string, Registered>> {
  const rows = await books
    .selectFrom('roster')
    .select(['village', 'number', 'name', 'publishedName'])
    .where('number', 'is not', null)
    .execute()
  const registries = new Map<string, Registered>()
  for (const { village, number, name, publishedName } of rows) {
    const known = registries.get(village) ?? { names: new Map(), published: new Map() }
    registries.set(village, known)
    known.names.set(Number(number), name)
    if (publishedName !== null) known.published.set(Number(number), publishedName)
  }
  return registries
}

/** What a masked row says beside the surname. */
export function maskKey(row: { fund: string; month: string; amount: number; status: string }): string {
  return `${row.fund} ${row.month} ${row.amount} ${row.status}`
}

/** The list in the books (sample, import), and the office's own file approved-phones.txt, one number a line. */
async function approvedPhones(office: Office): Promise<Set<string>> {
  const rows = await (await office.books()).selectFrom('approvedPhones').select('phone').execute()
  const phones = new Set(rows.map(({ phone }) => phone))
  const file = join(office.folder, 'approved-phones.txt')
  if (!existsSync(file)) return phones
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const phone = line.replace(/#.*$/, '').trim()
    if (phone !== '') phones.add(phone)
  }
  return phones
}

/** Everyone paid from a masked or tier A fund: how many by fund, year and village, and the names that masks hide. */
async function closedPayees(books: Books, masks: MaskFacts): Promise<{ payees: Payees; names: Set<string> }> {
  const rows = await rowsOf(
    books,
    sql`SELECT p.fund, substr(p.date, 1, 4) AS year, p.village, min(r.name) AS name, min(r.kind) AS kind,
         min(r."idNumber") AS "idNumber", min(r.id) AS id
       FROM payments p JOIN roster r ON r.village = p.village AND r.id = p.person
       WHERE p.fund IN ${listed(masks.closedFunds())} GROUP BY p.village, p.fund, substr(p.date, 1, 4), p.person`,
  )
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
