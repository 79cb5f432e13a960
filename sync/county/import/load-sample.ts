// Loads the sample county through the same writers as real files: every row carries a visibly invented origin.
import { SunhallError } from '../../contract/errors.ts'
import { countOf, inTransaction } from '../database/database.ts'
import { TABLE_NAMES } from '../fields/tables.ts'
import type { Office } from '../office.ts'
import { Roster } from '../people/roster.ts'
import type { SampleCounty, TableName } from '../tables.ts'
import { databaseRow, RowWriter } from './write-row.ts'

const BY = '示例程序'

/** Rows by table. Errors: E-STATE when the office holds sample data already. */
export function loadSample(
  office: Office,
  sample: SampleCounty,
  phones: readonly string[],
  now: Date,
): Record<string, number> {
  const { database } = office
  if (countOf(database, 'SELECT count(*) FROM imports WHERE sample = 1 AND undone IS NULL') > 0) {
    throw new SunhallError(
      'E-STATE',
      'Expected an office without sample data, got one that has it; use another --data folder',
    )
  }
  return inTransaction(database, () => {
    const rows: Record<string, number> = {}
    let id = countOf(database, 'SELECT max(id) FROM imports')
    const roster = new Roster(database, id + 1)
    for (const table of TABLE_NAMES) {
      id += 1
      rows[table] = loadTable(office, table, sample, { id, roster, now })
    }
    loadPictures(office, sample, id, now)
    const phone = database.prepare('INSERT OR IGNORE INTO approvedPhones (phone, import) VALUES (?, ?)')
    for (const text of phones) phone.run(text, id)
    return rows
  })
}

interface Load {
  id: number
  roster: Roster
  now: Date
}

function loadTable<T extends TableName>(office: Office, table: T, sample: SampleCounty, load: Load): number {
  const { database } = office
  const at = load.now.toISOString()
  database
    .prepare(
      `INSERT INTO imports (id, "table", file, sha256, encoding, accepted, refused, duplicates, at, by, sample)
       VALUES (?, ?, '示例数据', '', 'utf-8', 0, 0, 0, ?, ?, 1)`,
    )
    .run(load.id, table, at, BY)
  const writer = new RowWriter(database, table, load.id, load.roster)
  const files = new SampleFiles(office, load.id, table, at.slice(0, 10))
  let rows = 0
  for (const row of sample.rows(table)) {
    const place = files.next(sample.fileOf(table, row))
    writer.write(databaseRow(table, row), place.origin, place.row)
    rows += 1
  }
  writer.finish()
  database.prepare('UPDATE imports SET accepted = ? WHERE id = ?').run(rows, load.id)
  return rows
}

/** Origins of the invented files, each made when its first row comes; rows are counted file by file, after the headings. */
class SampleFiles {
  readonly #office: Office
  readonly #importId: number
  readonly #table: string
  readonly #day: string
  readonly #files = new Map<string, { origin: number; row: number }>()
  #nextOrigin: number

  constructor(office: Office, importId: number, table: string, day: string) {
    this.#office = office
    this.#importId = importId
    this.#table = table
    this.#day = day
    // Origins of files are numbered by their import; the sample has many files an import, so it takes a block of its own.
    this.#nextOrigin = Math.max(1_000_000, countOf(office.database, 'SELECT max(id) FROM origins'))
  }

  next(file: string): { origin: number; row: number } {
    let place = this.#files.get(file)
    if (place === undefined) {
      this.#nextOrigin += 1
      place = { origin: this.#nextOrigin, row: 1 }
      this.#files.set(file, place)
      this.#office.database
        .prepare(`INSERT INTO origins VALUES (?, ?, ?, ?, ?, ?, '', NULL, 1)`)
        .run(place.origin, this.#importId, this.#table, file, BY, this.#day)
    }
    place.row += 1
    return place
  }
}

function loadPictures(office: Office, sample: SampleCounty, importId: number, now: Date): void {
  const insert = office.database.prepare(
    'INSERT OR IGNORE INTO pictures (hash, import, caption, bytes, lookedBy, lookedOn) VALUES (?, ?, ?, ?, ?, ?)',
  )
  // Drawn by the program, so nobody's face or number can be in them: the look is recorded as such.
  for (const { hash, bytes, caption } of sample.pictures())
    insert.run(hash, importId, caption, bytes, BY, now.toISOString().slice(0, 10))
}
