// Names for people: the file that a row came from and the place that it belongs to, kept with the finding so that a list
// reads without the books.
import type { Books } from '../database/books.ts'
import type { CheckTables } from './tables.ts'
import type { Found } from './walk.ts'

const COUNTY_NAME = '全县'

type Place = { name: string; parent: string }

export class Labels {
  readonly #files: ReadonlyMap<number, string>
  readonly #imports: ReadonlyMap<number, string>
  readonly #places: ReadonlyMap<string, Place>

  private constructor(
    files: ReadonlyMap<number, string>,
    imports: ReadonlyMap<number, string>,
    places: ReadonlyMap<string, Place>,
  ) {
    this.#files = files
    this.#imports = imports
    this.#places = places
  }

  static async open(books: Books): Promise<Labels> {
    const files = await books.selectFrom('origins').select(['id', 'file']).execute()
    const imports = await books.selectFrom('imports').select(['id', 'file']).execute()
    const places = await books.selectFrom('places').select(['code', 'name', 'parent']).orderBy('entry').execute()
    return new Labels(
      new Map(files.map(({ id, file }) => [id, file])),
      new Map(imports.map(({ id, file }) => [id, file])),
      new Map(places.map(({ code, name, parent }) => [code, { name, parent }])),
    )
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
