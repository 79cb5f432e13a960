// The county office: one folder that holds everything (database, keys, distribution, refused rows, phone list).
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { SunhallError } from '../contract/errors.ts'
import { type Books, inTransaction, openBooks } from './database/books.ts'
import { countOf } from './database/query.ts'
import { addImport } from './import/add-import.ts'
import { databaseRow, RowWriter } from './import/write-row.ts'
import { openService, type Service } from './service/service.ts'
import type { FundsRow, PlacesRow } from './tables.ts'

export interface Office {
  folder: string
  /** Published files: what `serve` serves. */
  dist: string
  keys: string
  /** What was imported and published: opened when first asked for (`database/books.ts`). */
  books(): Promise<Books>
  /** Accounts, audit, drafts, terminals, inbox, matching: opened when first asked for (`service/service.ts`). */
  service(): Promise<Service>
  close(): Promise<void>
}

/**
 * Opens the office in `folder`, made when missing: an empty office knows the county's places and its fund catalogue.
 * `postgres` is the address of the database that holds the books and the service's tables where they aren't the folder's
 * own SQLite files.
 */
export function openOffice(folder: string, now: Date, postgres: string | null = null): Office {
  mkdirSync(folder, { recursive: true })
  let books: Promise<Books> | null = null
  let service: Promise<Service> | null = null
  return {
    folder,
    dist: join(folder, 'dist'),
    keys: join(folder, 'keys'),
    books() {
      books ??= openFilled(postgres ?? join(folder, 'office.sqlite'), now)
      return books
    },
    service() {
      service ??= openService(postgres ?? join(folder, 'service.sqlite'))
      return service
    },
    async close() {
      await (await books)?.destroy()
      await (await service)?.destroy()
    },
  }
}

/** The office as work inside a transaction sees it: whatever it asks of the books is asked in that transaction. */
export function withBooks(office: Office, books: Books): Office {
  return { ...office, books: () => Promise.resolve(books) }
}

async function openFilled(target: string, now: Date): Promise<Books> {
  const books = await openBooks(target)
  try {
    if ((await countOf(books, sql`SELECT count(*) FROM places`)) === 0) await loadCatalogue(books, now)
    return books
  } catch (error) {
    await books.destroy()
    throw error
  }
}

/** Import 0: the 18 townships and 243 villages, and the list of the county's funds (facts, `assets/`). */
async function loadCatalogue(books: Books, now: Date): Promise<void> {
  const places = readAsset<PlacesRow>('places.json')
  const funds = readAsset<FundsRow>('funds.json')
  await inTransaction(books, async (all) => {
    // Another program may have opened the new folder at the same moment.
    if ((await countOf(all, sql`SELECT count(*) FROM places`)) > 0) return
    const nobody = { encoding: 'utf-8', refused: 0, duplicates: 0, by: '', sample: 0 }
    const file = { id: 0, table: 'places', file: 'places.json', sha256: '', accepted: places.length, now }
    await addImport(all, { ...file, ...nobody })
    const place = await RowWriter.open(all, 'places', 0)
    for (const [index, row] of places.entries()) await place.write(databaseRow('places', row), 0, index + 1)
    await place.finish()
    const fund = await RowWriter.open(all, 'funds', 0)
    for (const [index, row] of funds.entries()) await fund.write(databaseRow('funds', row), 0, index + 1)
    await fund.finish()
  })
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
