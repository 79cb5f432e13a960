// The office's release source: its database through the disclosure rules, village by village. What isn't public is
// never copied into it (P5).
import type { DatabaseSync } from 'node:sqlite'
import { SunhallError } from '../../contract/errors.ts'
import type { PlaceCode } from '../../contract/rows.ts'
import { COUNTY } from '../../contract/tree.ts'
import type { CountyRows, ReleaseSource, TownshipRows, VillageRows } from '../../publish/source.ts'
import { countOf } from '../database/database.ts'
import { MaskFacts, type MaskPlans, planAll } from '../disclosure/mask-facts.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { countyRows } from './county.ts'
import { townshipRows } from './township.ts'
import { villageRows } from './village.ts'

export class OfficeSource implements ReleaseSource {
  readonly county = COUNTY
  readonly dataUntil: string
  readonly sample: boolean
  readonly reviewed: boolean
  readonly openYear: number
  readonly facts: MaskFacts
  readonly plans: MaskPlans
  readonly #database: DatabaseSync
  readonly #gazetteer: Gazetteer
  readonly #seen: ReadonlySet<string>

  /** `today` is the office's local day; `reviewed` is true where a second person has approved all that is read. */
  constructor(database: DatabaseSync, today: string, reviewed = false) {
    this.reviewed = reviewed
    this.#database = database
    this.#gazetteer = new Gazetteer(database)
    this.facts = new MaskFacts(database)
    this.plans = planAll(database, this.facts, this.#gazetteer)
    this.#seen = seenPictures(database)
    this.dataUntil = untilOf(database, today)
    this.sample = countOf(database, 'SELECT count(*) FROM imports WHERE sample = 1 AND undone IS NULL') > 0
    this.openYear = Number(today.slice(0, 4))
  }

  countyRows(): CountyRows {
    return countyRows(this.#township(), this.plans)
  }

  townships(): PlaceCode[] {
    return this.#places('township', COUNTY)
  }

  townshipRows(township: PlaceCode): TownshipRows {
    return townshipRows(this.#township(), township)
  }

  villages(township: PlaceCode): PlaceCode[] {
    return this.#places('village', township)
  }

  villageRows(village: PlaceCode): VillageRows {
    const { facts, plans } = this
    return villageRows({ database: this.#database, facts, plans, isSeen: (hash) => this.#seen.has(hash) }, village)
  }

  media(hash: string): Uint8Array {
    const bytes = this.#seen.has(hash)
      ? this.#database.prepare('SELECT bytes FROM pictures WHERE hash = ?').get(hash)?.bytes
      : undefined
    if (bytes instanceof Uint8Array) return bytes
    throw new SunhallError(
      'E-MISSING',
      `Expected a picture with hash ${hash}, found none that was looked at; import it again`,
    )
  }

  #township(): Parameters<typeof townshipRows>[0] {
    return {
      database: this.#database,
      facts: this.facts,
      gazetteer: this.#gazetteer,
      isSeen: (hash) => this.#seen.has(hash),
    }
  }

  #places(level: string, parent: string): PlaceCode[] {
    return this.#database
      .prepare('SELECT DISTINCT code FROM places WHERE level = ? AND parent = ? ORDER BY code')
      .all(level, parent)
      .map((row) => String(row.code))
  }
}

/** Pictures with a recorded look for numbers and faces: no other is published. */
function seenPictures(database: DatabaseSync): Set<string> {
  const rows = database.prepare("SELECT hash FROM pictures WHERE lookedBy <> '' AND lookedOn IS NOT NULL").all()
  return new Set(rows.map((row) => String(row.hash)))
}

/** The last day that payments and accounts reach, today at most. */
function untilOf(database: DatabaseSync, today: string): string {
  const row = database
    .prepare('SELECT max(until) AS until FROM imports WHERE undone IS NULL AND until IS NOT NULL')
    .get()
  const until = row?.until
  return typeof until === 'string' && until < today ? until : today
}
