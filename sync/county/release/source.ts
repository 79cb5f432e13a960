// The office's release source: its database through the disclosure rules, village by village. What isn't public is
// never copied into it (P5).
import { sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import type { PlaceCode } from '../../contract/rows.ts'
import { COUNTY } from '../../contract/tree.ts'
import type { CountyRows, ReleaseSource, TownshipRows } from '../../publish/source.ts'
import type { VillageBuilder } from '../../publish/village.ts'
import { type Books, readSparingly } from '../database/books.ts'
import { countOf } from '../database/query.ts'
import { MaskFacts, type MaskPlans, planAll } from '../disclosure/mask-facts.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { keepNumbers } from '../people/keep-numbers.ts'
import { ByTownship } from './by-township.ts'
import { countyRows } from './county.ts'
import { type TownshipInput, townshipRows } from './township.ts'
import { type Seen, type ShapedVillage, shapeVillage } from './village.ts'
import { doVillage, type VillageJob } from './village-job.ts'
import { readVillage } from './village-read.ts'
import { VillageThread } from './village-thread.ts'

interface Opened {
  books: Books
  dataUntil: string
  sample: boolean
  reviewed: boolean
  openYear: number
  facts: MaskFacts
  plans: MaskPlans
  gazetteer: Gazetteer
  parts: ByTownship
  seen: Seen
  pictures: Books
  apart: boolean
}
export interface SourceOptions {
  /** True where a second person has approved all that is read. */
  reviewed?: boolean
  /** Where pictures are read, which are asked for after the transaction that built the rest. */
  pictures?: Books
  /** Whether villages are built in a thread of their own; by the number of rows where not given. */
  apart?: boolean
}

/** Rows from which on a thread is worth its start. */
const MANY_ROWS = 100_000

export class OfficeSource implements ReleaseSource {
  readonly county = COUNTY
  readonly dataUntil: string
  readonly sample: boolean
  readonly reviewed: boolean
  readonly openYear: number
  readonly facts: MaskFacts
  readonly plans: MaskPlans
  readonly #opened: Opened

  private constructor(opened: Opened) {
    this.dataUntil = opened.dataUntil
    this.sample = opened.sample
    this.reviewed = opened.reviewed
    this.openYear = opened.openYear
    this.facts = opened.facts
    this.plans = opened.plans
    this.#opened = opened
  }

  /** `today` is the office's local day. */
  static async open(books: Books, today: string, options: SourceOptions = {}): Promise<OfficeSource> {
    await readSparingly(books, true)
    try {
      return await OfficeSource.#open(books, today, options)
    } finally {
      await readSparingly(books, false)
    }
  }

  static async #open(books: Books, today: string, options: SourceOptions): Promise<OfficeSource> {
    const gazetteer = await Gazetteer.open(books)
    const facts = await MaskFacts.open(books)
    return new OfficeSource({
      books,
      gazetteer,
      parts: new ByTownship(books, gazetteer),
      facts,
      plans: await planAll(books, facts, gazetteer),
      seen: await seenPictures(books),
      dataUntil: await untilOf(books, today),
      sample: (await countOf(books, sql`SELECT count(*) FROM imports WHERE sample = 1 AND undone IS NULL`)) > 0,
      openYear: Number(today.slice(0, 4)),
      reviewed: options.reviewed ?? false,
      pictures: options.pictures ?? books,
      apart: options.apart ?? (await importedRows(books)) >= MANY_ROWS,
    })
  }

  countyRows(): Promise<CountyRows> {
    return countyRows(this.#input(), this.plans)
  }

  townships(): Promise<PlaceCode[]> {
    return this.#places('township', COUNTY)
  }

  townshipRows(township: PlaceCode): Promise<TownshipRows> {
    return townshipRows(this.#input(), township)
  }

  villages(township: PlaceCode): Promise<PlaceCode[]> {
    return this.#places('village', township)
  }

  async villageRows(village: PlaceCode): Promise<ShapedVillage> {
    const { books, facts, plans, seen } = this.#opened
    const shaped = shapeVillage(await readVillage({ books, facts, plans }, village), seen)
    await keepNumbers(books, village, shaped.fresh)
    return shaped
  }

  /** In a thread of its own where there is much to do, in this one where starting it would take longer than the work. */
  async openBuilder(): Promise<VillageBuilder> {
    const { books, facts, plans, seen, apart } = this.#opened
    await readSparingly(books, true)
    const thread = apart ? new VillageThread(seen) : null
    return {
      build: async (village, known) => {
        const read = await readVillage({ books, facts, plans }, village)
        const job: VillageJob = { village, read, openYear: this.openYear, known }
        const { fresh, ...done } = await (thread?.build(job) ?? doVillage(job, seen))
        await keepNumbers(books, village, fresh)
        return done
      },
      close: async () => {
        await thread?.close()
        await readSparingly(books, false)
      },
    }
  }

  async media(hash: string): Promise<Uint8Array> {
    const { seen, pictures } = this.#opened
    const found = await pictures.selectFrom('pictures').select('bytes').where('hash', '=', hash).executeTakeFirst()
    if (seen.has(hash) && found !== undefined) return found.bytes
    throw new SunhallError(
      'E-MISSING',
      `Expected a picture with hash ${hash}, found none that was looked at; import it again`,
    )
  }

  #input(): TownshipInput {
    const { books, facts, gazetteer, parts, seen } = this.#opened
    return { books, facts, gazetteer, parts, isSeen: (hash) => seen.has(hash) }
  }

  async #places(level: 'township' | 'village', parent: string): Promise<PlaceCode[]> {
    const rows = await this.#opened.books
      .selectFrom('places')
      .select('code')
      .distinct()
      .where('level', '=', level)
      .where('parent', '=', parent)
      .orderBy('code')
      .execute()
    return rows.map(({ code }) => code)
  }
}

function importedRows(books: Books): Promise<number> {
  return countOf(books, sql`SELECT sum(accepted) FROM imports WHERE undone IS NULL`)
}

/** Pictures with a recorded look for numbers and faces: no other is published. */
async function seenPictures(books: Books): Promise<Set<string>> {
  const rows = await books
    .selectFrom('pictures')
    .select('hash')
    .where('lookedBy', '<>', '')
    .where('lookedOn', 'is not', null)
    .execute()
  return new Set(rows.map(({ hash }) => hash))
}

/** The last day that payments and accounts reach, today at most. */
async function untilOf(books: Books, today: string): Promise<string> {
  const row = await books
    .selectFrom('imports')
    .select(({ fn }) => fn.max('until').as('until'))
    .where('undone', 'is', null)
    .executeTakeFirst()
  const until = row?.until ?? null
  return until !== null && until < today ? until : today
}
