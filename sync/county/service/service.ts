// The office's second database: people, messages and decisions (accounts, audit, drafts, terminals, inbox, matching), as
// against the books in `office.sqlite`. Kept apart so that an import of a million rows never holds up a heartbeat or a
// report. One set of queries (Kysely) on SQLite by default and on PostgreSQL by a connection string.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, PostgresDialect, type SqliteDialect } from 'kysely'
import type { AccountTables } from '../accounts/tables.ts'
import type { AuditTables } from '../audit/tables.ts'
import type { CheckTables } from '../checks/tables.ts'
import type { DraftTables } from '../drafts/tables.ts'
import type { FleetTables } from '../fleet/tables.ts'
import type { InboxTables } from '../inbox/tables.ts'
import type { MatchTables } from '../match/tables.ts'
import { migrateService, OfficeSqliteDialect } from './migrate.ts'

export interface SettingTables {
  /** What the office chose, as JSON by name. */
  settings: { name: string; value: string }
}
export interface ServiceTables
  extends SettingTables,
    AccountTables,
    AuditTables,
    CheckTables,
    DraftTables,
    FleetTables,
    InboxTables,
    MatchTables {}
export type Service = Kysely<ServiceTables>

/**
 * Opens the service database at a file's path or a `postgres://` address: made when missing, brought to this version when
 * older (`migrations.ts`). Errors: E-STATE for a newer one.
 */
export async function openService(target: string): Promise<Service> {
  const isPostgres = /^postgres(ql)?:\/\//.test(target)
  const service = isPostgres ? await openPostgres(target) : openSqlite(target)
  try {
    await migrateService(service, target.replace(/:[^:@/]*@/, ':…@'), isPostgres ? null : `${target}.lock`)
    return service
  } catch (error) {
    await service.destroy()
    throw error
  }
}

async function openPostgres(address: string): Promise<Service> {
  const { default: pg } = await import('pg')
  // Whole numbers of 64 bits come as text otherwise; ours are far below 2^53 (fen, ms, counts).
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({ connectionString: address, max: 8 })
  // A server that restarts ends idle connections: the next query opens a new one, or says what is wrong.
  pool.on('error', () => undefined)
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

function openSqlite(file: string): Service {
  const database = new DatabaseSync(file)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  )
  return new Kysely({ dialect: new OfficeSqliteDialect({ database: sqliteFor(database) }) })
}

/** node:sqlite in the shape that Kysely asks for. */
function sqliteFor(database: DatabaseSync): ConstructorParameters<typeof SqliteDialect>[0]['database'] & object {
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql)
      const values = (given: readonly unknown[]): SQLInputValue[] => given.map(inputOf)
      return {
        reader: statement.columns().length > 0,
        all: (given) => statement.all(...values(given)),
        run: (given) => statement.run(...values(given)),
        iterate: (given) => statement.iterate(...values(given)) as IterableIterator<unknown>,
      }
    },
  }
}

/** SQLite has no truth values: they are 0 and 1 in every table. */
function inputOf(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  return value as SQLInputValue
}

/** A setting's value; undefined where the office chose none. */
export async function readSetting(service: Service, name: string): Promise<unknown> {
  const row = await service.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  return row === undefined ? undefined : JSON.parse(row.value)
}

export async function writeSetting(service: Service, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  await service
    .insertInto('settings')
    .values({ name, value: text })
    .onConflict((on) => on.column('name').doUpdateSet({ value: text }))
    .execute()
}
