// Loads the sample county through the same writers as real files: every row carries a visibly invented origin.
import { sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import { type Books, inTransaction } from '../database/books.ts'
import { Bulk } from '../database/bulk.ts'
import { countOf } from '../database/query.ts'
import { TABLE_NAMES } from '../fields/tables.ts'
import type { Office } from '../office.ts'
import { Roster } from '../people/roster.ts'
import type { SampleCounty, TableName } from '../tables.ts'
import { addImport, nextImport } from './add-import.ts'
import { databaseRow, RowWriter } from './write-row.ts'

const BY = '示例程序'

/** Rows by table. Errors: E-STATE when the office holds sample data already. */
export async function loadSample(
  office: Office,
  sample: SampleCounty,
  phones: readonly string[],
  now: Date,
): Promise<Record<string, number>> {
  const books = await office.books()
  if ((await countOf(books, sql`SELECT count(*) FROM imports WHERE sample = 1 AND undone IS NULL`)) > 0) {
    throw new SunhallError(
      'E-STATE',
      'Expected an office without sample data, got one that has it; use another --data folder',
    )
  }
  return inTransaction(books, async (all) => {
    const rows: Record<string, number> = {}
    let id = (await nextImport(all)) - 1
    const roster = new Roster(all, id + 1)
    for (const table of TABLE_NAMES) {
      id += 1
      rows[table] = await loadTable(all, table, sample, { id, roster, now })
    }
    await loadPictures(all, sample, id, now)
    const approved = new Bulk(all, 'approvedPhones', ['phone', 'import'], 'left out')
    for (const phone of phones) await approved.put([phone, id])
    await approved.flush()
    return rows
  })
}

interface Load {
  id: number
  roster: Roster
  now: Date
}

async function loadTable<T extends TableName>(
  books: Books,
  table: T,
  sample: SampleCounty,
  { id, roster, now }: Load,
): Promise<number> {
  const nothing = { sha256: '', encoding: 'utf-8', accepted: 0, refused: 0, duplicates: 0 }
  await addImport(books, { id, table, file: '示例数据', ...nothing, by: BY, sample: 1, now, origin: null })
  const writer = await RowWriter.open(books, table, id, roster)
  const files = await SampleFiles.open(books, id, table, now.toISOString().slice(0, 10))
  let rows = 0
  for (const row of sample.rows(table)) {
    const place = await files.next(sample.fileOf(table, row))
    await writer.write(databaseRow(table, row), place.origin, place.row)
    rows += 1
  }
  await files.finish()
  await writer.finish()
  await books.updateTable('imports').set({ accepted: rows }).where('id', '=', id).execute()
  return rows
}

const ORIGIN = ['id', 'import', 'table', 'file', 'importedBy', 'importedOn', 'approvedBy', 'approvedOn', 'sample']

/** Origins of the invented files, each made when its first row comes; rows are counted file by file, after the headings. */
class SampleFiles {
  readonly #origins: Bulk
  readonly #importId: number
  readonly #table: string
  readonly #day: string
  readonly #files = new Map<string, { origin: number; row: number }>()
  #nextOrigin: number

  private constructor(books: Books, importId: number, table: string, day: string, last: number) {
    this.#origins = new Bulk(books, 'origins', ORIGIN)
    this.#importId = importId
    this.#table = table
    this.#day = day
    this.#nextOrigin = last
  }

  /** Origins of files are numbered by their import; the sample has many files an import, so it takes a block of its own. */
  static async open(books: Books, importId: number, table: string, day: string): Promise<SampleFiles> {
    const last = Math.max(1_000_000, await countOf(books, sql`SELECT max(id) FROM origins`))
    return new SampleFiles(books, importId, table, day, last)
  }

  async next(file: string): Promise<{ origin: number; row: number }> {
    let place = this.#files.get(file)
    if (place === undefined) {
      this.#nextOrigin += 1
      place = { origin: this.#nextOrigin, row: 1 }
      this.#files.set(file, place)
      await this.#origins.put([place.origin, this.#importId, this.#table, file, BY, this.#day, '', null, 1])
    }
    place.row += 1
    return place
  }

  async finish(): Promise<void> {
    await this.#origins.flush()
  }
}

async function loadPictures(books: Books, sample: SampleCounty, importId: number, now: Date): Promise<void> {
  const columns = ['hash', 'import', 'caption', 'bytes', 'lookedBy', 'lookedOn']
  const pictures = new Bulk(books, 'pictures', columns, 'left out')
  // Drawn by the program, so nobody's face or number can be in them: the look is recorded as such.
  for (const { hash, bytes, caption } of sample.pictures()) {
    pictures.add([hash, importId, caption, bytes, BY, now.toISOString().slice(0, 10)])
    await pictures.flush()
  }
}
