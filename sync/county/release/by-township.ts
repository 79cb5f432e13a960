// Tables of which every township has a part, each read once for all of them and kept as long as the reading lasts.
import { sql } from 'kysely'
import type { Books } from '../database/books.ts'
import { ColumnTable } from '../database/column-table.ts'
import { columnTexts } from '../database/column-texts.ts'
import { rowsOf } from '../database/query.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import { type DatabaseRow, newest, text } from './rows.ts'

export type PartedTable = 'projects' | 'assets' | 'contracts' | 'debts'
type Parts<Key, Row> = ReadonlyMap<Key, readonly Row[]>
/** Of allocations; there are tens of thousands, so that they are kept by column and made rows of when asked for. */
interface Allocations {
  table: ColumnTable
  /** Places in the table; under null what goes to no village, but to the county, its departments and its townships. */
  parts: Parts<string | null, number>
}
const ALLOCATION = [
  ...(['origin', 'row', 'fund', 'year', 'document', 'from', 'to', 'amount'] as const),
  ...(['central', 'provincial', 'municipal', 'county', 'date'] as const),
] as const

export class ByTownship {
  readonly #books: Books
  readonly #gazetteer: Gazetteer
  readonly #read = new Map<PartedTable, Promise<Parts<string, DatabaseRow>>>()
  #allocations: Promise<Allocations> | null = null

  constructor(books: Books, gazetteer: Gazetteer) {
    this.#books = books
    this.#gazetteer = gazetteer
  }

  /** The newest rows of the township itself and of its villages, in the order in which their keys first came. */
  async newest(table: PartedTable, township: string): Promise<readonly DatabaseRow[]> {
    const known = this.#read.get(table) ?? this.#newest(table)
    this.#read.set(table, known)
    return (await known).get(township) ?? []
  }

  /** Allocations to the township's villages; to everything else where `township` is null. */
  async allocations(township: string | null): Promise<readonly DatabaseRow[]> {
    this.#allocations ??= this.#readAllocations()
    const { table, parts } = await this.#allocations
    return (parts.get(township) ?? []).map((at) => table.row(at))
  }

  async #newest(table: PartedTable): Promise<Parts<string, DatabaseRow>> {
    const rows = newest(await this.#rows(table), table === 'projects' ? projectKey : propertyKey)
    return partsOf(rows, (row) => {
      const village = text(row, 'village')
      return [village, this.#gazetteer.place(village)?.parent ?? village]
    })
  }

  async #readAllocations(): Promise<Allocations> {
    const parents = await this.#townshipsOfVillages()
    const table = new ColumnTable(await columnTexts(this.#books, 'allocations', ALLOCATION, sql`true`, ['entry']))
    const parts = partsOf([...table.column('to').keys()], (at): (string | null)[] => {
      const to = table.column('to')[at]
      return typeof to === 'string' ? (parents.get(to) ?? [null]) : []
    })
    return { table, parts }
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
function partsOf<Key, Row>(rows: readonly Row[], keysOf: (row: Row) => readonly Key[]): Parts<Key, Row> {
  const parts = new Map<Key, Row[]>()
  for (const row of rows) {
    for (const key of new Set(keysOf(row))) {
      const part = parts.get(key)
      if (part === undefined) parts.set(key, [row])
      else part.push(row)
    }
  }
  return parts
}
