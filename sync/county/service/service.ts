// The office's second database: people, messages and decisions (accounts, audit, drafts, terminals, inbox, matching), as
// against the books in `office.sqlite`. Kept apart so that an import of a million rows never holds up a heartbeat or a
// report. One set of queries (Kysely) on SQLite by default and on PostgreSQL by a connection string.
import { Kysely } from 'kysely'
import type { AccountTables } from '../accounts/tables.ts'
import type { AuditTables } from '../audit/tables.ts'
import type { CheckTables } from '../checks/tables.ts'
import { isPostgresAddress, postgresDialect, shownTarget, sqliteDialect } from '../database/dialect.ts'
import type { DraftTables } from '../drafts/tables.ts'
import type { FleetTables } from '../fleet/tables.ts'
import type { InboxTables } from '../inbox/tables.ts'
import type { MatchTables } from '../match/tables.ts'
import { migrateService } from './migrate.ts'

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
  const isPostgres = isPostgresAddress(target)
  const service = new Kysely<ServiceTables>({
    dialect: isPostgres ? await postgresDialect(target) : sqliteDialect(target),
  })
  try {
    await migrateService(service, shownTarget(target), isPostgres ? null : `${target}.lock`)
    return service
  } catch (error) {
    await service.destroy()
    throw error
  }
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
