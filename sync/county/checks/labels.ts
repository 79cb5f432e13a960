// Names for people: the file that a row came from and the place that it belongs to, kept with the finding so that a list
// reads without the books.
import type { DatabaseSync } from 'node:sqlite'
import type { CheckTables } from './tables.ts'
import type { Found } from './walk.ts'

const COUNTY_NAME = '全县'

export class Labels {
  readonly #files = new Map<number, string>()
  readonly #imports = new Map<number, string>()
  readonly #places = new Map<string, { name: string; parent: string }>()

  constructor(database: DatabaseSync) {
    for (const row of database.prepare('SELECT id, file FROM origins').iterate())
      this.#files.set(Number(row.id), String(row.file))
    for (const row of database.prepare('SELECT id, file FROM imports').iterate())
      this.#imports.set(Number(row.id), String(row.file))
    for (const row of database.prepare('SELECT code, name, parent FROM places ORDER BY entry').iterate())
      this.#places.set(String(row.code), { name: String(row.name), parent: String(row.parent) })
  }

  rowOf({ id, rule, level, hit }: Found, now: Date): CheckTables['findings'] {
    return {
      id,
      rule,
      level,
      table: hit.table,
      import: hit.import,
      file: this.#files.get(hit.origin) ?? this.#imports.get(hit.import) ?? '',
      row: hit.row,
      place: hit.place,
      placeName: this.#nameOf(hit.place),
      value: hit.value,
      wanted: hit.wanted,
      open: 1,
      firstAt: now.toISOString(),
      words: '',
      justifiedBy: '',
      justifiedName: '',
      justifiedAt: '',
    }
  }

  /** Villages with their township: six names repeat inside the county. */
  #nameOf(code: string): string {
    if (code === '' || code.length === 6) return COUNTY_NAME
    const place = this.#places.get(code)
    if (place === undefined) return code
    const township = code.length === 12 ? this.#places.get(place.parent)?.name : undefined
    return township === undefined ? place.name : `${township} ${place.name}`
  }
}
