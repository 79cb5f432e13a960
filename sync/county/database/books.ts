// The books: everything that was imported and what releases have shown of it. One set of queries (Kysely) on the office's
// own SQLite file by default, and on PostgreSQL by a connection string, in a schema beside the service's tables.
import { type ControlledTransaction, Kysely, sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import { isPostgresAddress, postgresDialect, shownTarget, sqliteDialect } from './dialect.ts'
import { areFirstBooks, bringFirstBooksUp } from './first-books.ts'
import { countOf } from './query.ts'
import { type BooksTables, createBooksTables, SCHEMA_VERSION } from './schema.ts'
import { createTable, isPostgres } from './shapes.ts'

export type Books = Kysely<BooksTables>

/** Where PostgreSQL keeps the books. */
export const BOOKS_SCHEMA = 'books'
/** Names the lock by which writers of the books wait for each other; any number that nothing else of the office uses. */
const WRITERS = 4_312_250_001
/** Bytes of the file that SQLite may map, and the cache in KiB (negative by SQLite's custom). */
const READING_PRAGMAS = ['cache_size = -65536', 'mmap_size = 1073741824']
const SPARING_PRAGMAS = ['cache_size = -2048', 'mmap_size = 0']
const SQLITE_PRAGMAS = ['temp_store = MEMORY', ...READING_PRAGMAS]

/** Opens the books at a file's path or a `postgres://` address, made when missing. Errors: E-STATE for another version. */
export async function openBooks(target: string): Promise<Books> {
  const dialect = isPostgresAddress(target)
    ? await postgresDialect(target, BOOKS_SCHEMA)
    : sqliteDialect(target, SQLITE_PRAGMAS)
  const books = new Kysely<BooksTables>({ dialect })
  try {
    await bringUp(books, target)
    return books
  } catch (error) {
    await books.destroy()
    throw error
  }
}

async function bringUp(books: Books, target: string): Promise<void> {
  const version = await versionOf(books)
  if (version !== 0 && version !== SCHEMA_VERSION)
    throw new SunhallError(
      'E-STATE',
      `Expected an office database of version ${SCHEMA_VERSION}, got version ${version} in ${shownTarget(target)}; use the program that made it`,
    )
  // Without the writers' lock: whoever only reads isn't held up by an import. A table that came since is made by itself.
  if (version !== 0) {
    await createBooksTables(books)
    if (await areFirstBooks(books)) await inTransaction(books, bringFirstBooksUp)
    return
  }
  await inTransaction(books, async (all) => {
    if (isPostgres(all)) await sql`create schema if not exists ${sql.ref(BOOKS_SCHEMA)}`.execute(all)
    // Another program may have made them while this one waited: then nothing is missing.
    await createBooksTables(all)
    await writeVersion(all)
  })
}

/** SQLite keeps it in the file's head, PostgreSQL in a table. 0 for books that are still to be made. */
async function versionOf(books: Books): Promise<number> {
  if (!isPostgres(books)) return countOf(books, sql`select user_version from pragma_user_version`)
  const table = `${BOOKS_SCHEMA}.version`
  if ((await countOf(books, sql`select count(to_regclass(${table}))`)) === 0) return 0
  return countOf(books, sql`select max(number) from version`)
}

async function writeVersion(books: Books): Promise<void> {
  if (!isPostgres(books)) {
    await sql.raw(`PRAGMA user_version = ${SCHEMA_VERSION}`).execute(books)
    return
  }
  await createTable(books, { name: 'version', columns: { number: 'integer' }, key: ['number'] })
  await sql`insert into version (number) values (${SCHEMA_VERSION}) on conflict do nothing`.execute(books)
}

/**
 * Runs `work` whole or not at all, one writer at a time: numbers that are given inside it are given once. Inside it only
 * the books that it is handed may be asked. Joins a transaction that the caller holds.
 */
export async function inTransaction<T>(books: Books, work: (books: Books) => Promise<T>): Promise<T> {
  if (books.isTransaction) return work(books)
  return books.transaction().execute(async (all) => {
    await waitForWriters(all)
    return work(all)
  })
}

/** Where the tables themselves lie, temporary views or not. */
export function schemaOf(books: Books): string {
  return isPostgres(books) ? BOOKS_SCHEMA : 'main'
}

/** A writer's transaction whose end the caller chooses; to be rolled back where it still runs when the work is over. */
export async function beginTransaction(books: Books): Promise<ControlledTransaction<BooksTables>> {
  const begun = await books.startTransaction().execute()
  try {
    await waitForWriters(begun)
    return begun
  } catch (error) {
    await begun.rollback().execute()
    throw error
  }
}

export async function rollBack(begun: ControlledTransaction<BooksTables>): Promise<void> {
  if (!begun.isCommitted && !begun.isRolledBack) await begun.rollback().execute()
}

/**
 * For reading all books once with little memory, where they lie in SQLite: a page that is read once is neither kept nor mapped,
 * which would count as this process's memory up to the whole file's size. False puts it back.
 */
export async function readSparingly(books: Books, sparingly: boolean): Promise<void> {
  if (isPostgres(books)) return
  for (const pragma of sparingly ? SPARING_PRAGMAS : READING_PRAGMAS) await sql.raw(`PRAGMA ${pragma}`).execute(books)
}

/** SQLite has one writer anyway. */
async function waitForWriters(books: Books): Promise<void> {
  if (isPostgres(books)) await sql`select pg_advisory_xact_lock(${WRITERS}::bigint)`.execute(books)
}

/** One view of the books from first to last, whatever is imported meanwhile. Joins a transaction that the caller holds. */
export async function inReading<T>(books: Books, work: (books: Books) => Promise<T>): Promise<T> {
  if (books.isTransaction) return work(books)
  const reading = books.transaction().setAccessMode('read only').setIsolationLevel('repeatable read')
  return reading.execute(work)
}
