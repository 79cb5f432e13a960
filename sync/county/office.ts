// The county office: one folder that holds everything (database, keys, distribution, refused rows, phone list).
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { SunhallError } from '../contract/errors.ts'
import { countOf, inTransaction, openDatabase } from './database/database.ts'
import { createImportTables } from './import/tables.ts'
import { databaseRow, RowWriter } from './import/write-row.ts'
import { createAnswerTable } from './inbox/answers.ts'
import { openService, type Service } from './service/service.ts'
import type { FundsRow, PlacesRow } from './tables.ts'

export interface Office {
  folder: string
  database: DatabaseSync
  /** Published files: what `serve` serves. */
  dist: string
  keys: string
  /** Accounts, audit, drafts, terminals, inbox, matching: opened when first asked for (`service/service.ts`). */
  service(): Promise<Service>
  close(): Promise<void>
}

/**
 * Opens the office in `folder`, made when missing: an empty office knows the county's places and its fund catalogue.
 * `postgres` is the address of the service database where it isn't the folder's own SQLite file.
 */
export function openOffice(folder: string, now: Date, postgres: string | null = null): Office {
  mkdirSync(folder, { recursive: true })
  const database = openDatabase(join(folder, 'office.sqlite'))
  createImportTables(database)
  createAnswerTable(database)
  if (countOf(database, 'SELECT count(*) FROM places') === 0) loadCatalogue(database, now)
  let service: Promise<Service> | null = null
  return {
    folder,
    database,
    dist: join(folder, 'dist'),
    keys: join(folder, 'keys'),
    service() {
      service ??= openService(postgres ?? join(folder, 'service.sqlite'))
      return service
    },
    async close() {
      database.close()
      await (await service)?.destroy()
    },
  }
}

/** Import 0: the 18 townships and 243 villages, and the list of the county's funds (facts, `assets/`). */
function loadCatalogue(database: DatabaseSync, now: Date): void {
  const places = readAsset<PlacesRow>('places.json')
  const funds = readAsset<FundsRow>('funds.json')
  inTransaction(database, () => {
    // Another program may have opened the new folder at the same moment.
    if (countOf(database, 'SELECT count(*) FROM places') > 0) return
    addImport(database, { table: 'places', file: 'places.json', rows: places.length, now }, 0)
    const place = new RowWriter(database, 'places', 0)
    for (const [index, row] of places.entries()) place.write(databaseRow('places', row), 0, index + 1)
    const fund = new RowWriter(database, 'funds', 0)
    for (const [index, row] of funds.entries()) fund.write(databaseRow('funds', row), 0, index + 1)
  })
}

function addImport(
  database: DatabaseSync,
  what: { table: string; file: string; rows: number; now: Date },
  id: number,
): void {
  const at = what.now.toISOString()
  database
    .prepare(
      `INSERT INTO imports (id, "table", file, sha256, encoding, accepted, refused, duplicates, at, by, sample)
       VALUES (?, ?, ?, '', 'utf-8', ?, 0, 0, ?, '', 0)`,
    )
    .run(id, what.table, what.file, what.rows, at)
  database
    .prepare(`INSERT INTO origins VALUES (?, ?, ?, ?, '', ?, '', NULL, 0)`)
    .run(id, id, what.table, what.file, at.slice(0, 10))
}

function readAsset<T>(name: string): T[] {
  const path = join(import.meta.dirname, '..', '..', 'assets', name)
  if (!existsSync(path))
    throw new SunhallError(
      'E-INPUT',
      `Expected the county's list at assets/${name}, found none; take the whole project`,
    )
  const rows: T[] = JSON.parse(readFileSync(path, 'utf8'))
  return rows
}
