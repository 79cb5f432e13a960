// Brings a service database up when it is opened: once, whole or not at all, whoever else opens it at the same moment. An
// older one goes on with its rows; a newer one is left alone.
import type { Kysely } from 'kysely'
import { type MigrationProvider, Migrator } from 'kysely/migration'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { holdingLock } from './lock.ts'
import { MIGRATIONS } from './migrations.ts'

/** What this program writes. */
export const SERVICE_VERSION = Object.keys(MIGRATIONS).length
/** Kysely's own table of the steps that were done. */
const DONE = 'kysely_migration'
/** The version as programs before the first step of its own read it: theirs was 1, and they refuse any other. */
const VERSION = 'service-version'

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
type Schemaless = Kysely<any>

/** `lockFile`: where only SQLite's own lock keeps two from it; null for PostgreSQL. Errors: E-STATE for a newer database. */
export async function migrateService(service: Schemaless, shown: string, lockFile: string | null): Promise<void> {
  const steps = Object.keys(MIGRATIONS)
  const done = await stepsDone(service)
  const foreign = done.find((name) => !steps.includes(name))
  const version = await versionOf(service)
  if (foreign !== undefined || version > SERVICE_VERSION)
    throw new SunhallError(
      'E-STATE',
      `Expected a service database of version ${SERVICE_VERSION} at most, got ${foreign ?? `version ${version}`} in ${shown}; use the program that made it, or a later one`,
    )
  if (done.length === steps.length && version === SERVICE_VERSION) return
  const bringUp = (): Promise<void> => migrate(service, shown)
  await (lockFile === null ? bringUp() : holdingLock(lockFile, bringUp))
}

async function migrate(service: Schemaless, shown: string): Promise<void> {
  const provider: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) }
  const { error } = await new Migrator({ db: service, provider }).migrateToLatest()
  if (error !== undefined)
    throw new SunhallError(
      'E-STATE',
      `Expected to bring ${shown} to version ${SERVICE_VERSION}, got: ${messageOf(error)}; nothing was changed, put it back from a backup or ask for help`,
      { cause: error },
    )
  const value = String(SERVICE_VERSION)
  await service
    .insertInto('settings')
    .values({ name: VERSION, value })
    .onConflict((on) => on.column('name').doUpdateSet({ value }))
    .execute()
}

/** Steps that were done; none in an empty database, and in one from before there were steps. */
async function stepsDone(service: Schemaless): Promise<string[]> {
  const rows = await ifThere(service.selectFrom(DONE).select('name').execute())
  return rows.map(({ name }) => String(name))
}

async function versionOf(service: Schemaless): Promise<number> {
  const rows = await ifThere(service.selectFrom('settings').select('value').where('name', '=', VERSION).execute())
  return Number(rows[0]?.value ?? 0)
}

/** No rows where the table isn't there yet; what else is wrong shows at the next query. */
function ifThere<T>(rows: Promise<T[]>): Promise<T[]> {
  return rows.catch(() => [])
}
