// Tables of which every township has a part, each read once for all of them and kept as long as the reading lasts.
import { sql } from 'kysely'
import type { Books } from '../database/books.ts'
import { rowsOf } from '../database/query.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import { type DatabaseRow, newest, text } from './rows.ts'

export type PartedTable = 'projects' | 'assets' | 'contracts' | 'debts'
/** Under null what goes to no village: allocations to the county, its departments and its townships. */
type Parts = ReadonlyMap<string | null, readonly DatabaseRow[]>

export class ByTownship {
  readonly #books: Books
  readonly #gazetteer: Gazetteer
  readonly #read = new Map<PartedTable | 'allocations', Promise<Parts>>()

  constructor(books: Books, gazetteer: Gazetteer) {
    this.#books = books
    this.#gazetteer = gazetteer
  }

  /** The newest rows of the township itself and of its villages, in the order in which their keys first came. */
  async newest(table: PartedTable, township: string): Promise<readonly DatabaseRow[]> {
    const parts = await this.#once(table, async () => {
      const rows = newest(await this.#rows(table), table === 'projects' ? projectKey : propertyKey)
      return partsOf(rows, (row) => {
        const village = text(row, 'village')
        return [village, this.#gazetteer.place(village)?.parent ?? village]
      })
    })
    return parts.get(township) ?? []
  }

  /** Allocations to the township's villages; to everything else where `township` is null. */
  async allocations(township: string | null): Promise<readonly DatabaseRow[]> {
    const parts = await this.#once('allocations', async () => {
      const parents = await this.#townshipsOfVillages()
      return partsOf(await this.#rows('allocations'), ({ to }) => {
        return typeof to === 'string' ? (parents.get(to) ?? [null]) : []
      })
    })
    return parts.get(township) ?? []
  }

  #once(table: PartedTable | 'allocations', read: () => Promise<Parts>): Promise<Parts> {
    const known = this.#read.get(table) ?? read()
    this.#read.set(table, known)
    return known
  }

  #rows(table: string): Promise<readonly DatabaseRow[]> {
    return rowsOf(this.#books, sql`SELECT * FROM ${sql.table(table)} ORDER BY entry`)
  }

  /** By every row of a place, not the newest alone: a village that was moved lies in both. */
  async #townshipsOfVillages(): Promise<Map<string, string[]>> {
    const rows = await this.#books
      .selectFrom('places')
      .select(['code', 'parent'])
      .distinct()
      .where('level', '=', 'village')
      .execute()
    const parents = new Map<string, string[]>()
    for (const { code, parent } of rows) parents.set(code, [...(parents.get(code) ?? []), String(parent)])
    return parents
  }
}

function projectKey(row: DatabaseRow): string {
  return text(row, 'code')
}

function propertyKey(row: DatabaseRow): string {
  return `${text(row, 'village')} ${text(row, 'number')}`
}

/** Rows by each of the keys they have, in their order. */
function partsOf(rows: readonly DatabaseRow[], keysOf: (row: DatabaseRow) => readonly (string | null)[]): Parts {
  const parts = new Map<string | null, DatabaseRow[]>()
  for (const row of rows) {
    for (const key of new Set(keysOf(row))) {
      const part = parts.get(key)
      if (part === undefined) parts.set(key, [row])
      else part.push(row)
    }
  }
  return parts
}
