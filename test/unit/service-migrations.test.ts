// A service database that the first program wrote, in the hours before steps had numbers, is brought up when it is opened,
// with all its rows; one of a later program is left alone. On SQLite and on PostgreSQL.
import { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { expect, it, vi } from 'vitest'
import { addAccount, authenticate } from '../../sync/county/accounts/accounts.ts'
import { createAccountTables } from '../../sync/county/accounts/tables.ts'
import { appendAudit, entryHash } from '../../sync/county/audit/audit.ts'
import { checkAudit } from '../../sync/county/audit/check.ts'
import { SERVICE_VERSION } from '../../sync/county/service/migrate.ts'
import { openService, readSetting, type Service, writeSetting } from '../../sync/county/service/service.ts'
import { eachService } from '../county/services.ts'

vi.setConfig({ testTimeout: 120_000 })

const NOW = new Date('2026-11-24T08:00:00Z')
const FIRST = {
  seq: 1,
  at: NOW.toISOString(),
  actor: 'li',
  action: 'import',
  object: 'import 1',
  detail: '{}',
  before: '',
}
const ACCOUNT = {
  ...{ login: 'li', name: '李示例', password: 'correct-horse-42', roles: ['reviewer'], township: null },
  mustChange: false,
}

// biome-ignore lint/suspicious/noExplicitAny: the old tables have no types any more
type Raw = Kysely<any>
/** A connection without this program's tables: they are dropped again, as nothing else opens both engines. */
async function emptied(open: (target: string) => Promise<Service>, target: string): Promise<Raw> {
  const raw: Raw = await open(target)
  const tables = await raw.introspection.getTables({ withInternalKyselyTables: true })
  // A table that another refers to goes after it.
  for (const name of ['routings', ...tables.map((table) => table.name)])
    await raw.schema.dropTable(name).ifExists().execute()
  return raw
}

/** The schema of commit cf02e99, the first one, word for word; and two rows. */
async function writeFirstVersion(raw: Raw): Promise<void> {
  await raw.schema
    .createTable('settings')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
  await raw.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('object', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('before', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute()
  await raw.insertInto('settings').values({ name: 'service-version', value: '1' }).execute()
  await raw.insertInto('settings').values({ name: 'silent-after-hours', value: '36' }).execute()
  await raw
    .insertInto('audit')
    .values({ ...FIRST, hash: entryHash(FIRST) })
    .execute()
}

const versionOf = (service: Service): Promise<unknown> => readSetting(service, 'service-version')

eachService((open, fresh) => {
  it('goes on with what the first program wrote: settings, and a trail whose next entry follows its last', async () => {
    const target = fresh()
    await writeFirstVersion(await emptied(open, target))
    const service = await open(target)
    expect(await versionOf(service)).toBe(SERVICE_VERSION)
    expect(await readSetting(service, 'silent-after-hours')).toBe(36)
    await appendAudit(service, { actor: 'li', action: 'login', object: 'user li' }, NOW)
    expect(await checkAudit(service, '/nowhere')).toMatchObject({ ok: true, entries: 2 })
    await addAccount(service, ACCOUNT, 'system', NOW)
    for (const table of ['findings', 'drafts', 'terminals', 'routings', 'refusals', 'matchHits'] as const)
      expect(await service.selectFrom(table).selectAll().execute(), table).toEqual([])
  })

  it('adds what is missing to one that has the accounts already, and leaves these as they are', async () => {
    const target = fresh()
    const raw = await emptied(open, target)
    await writeFirstVersion(raw)
    await createAccountTables(raw)
    await addAccount(raw as unknown as Service, ACCOUNT, 'system', NOW)
    const service = await open(target)
    expect((await authenticate(service, 'li', ACCOUNT.password, NOW)).name).toBe('李示例')
    expect(await service.selectFrom('drafts').selectAll().execute()).toEqual([])
  })

  it('changes nothing where a step fails, and says which database it was', async () => {
    const target = fresh()
    const raw = await emptied(open, target)
    await writeFirstVersion(raw)
    // Something else lies where the last step wants its table.
    await raw.schema.createTable('refusals').addColumn('other', 'text').execute()
    await expect(open(target)).rejects.toMatchObject({ code: 'E-STATE' })
    const tables = (await raw.introspection.getTables()).map(({ name }) => name)
    expect(tables.sort()).toEqual(['audit', 'refusals', 'settings'])
    await raw.schema.dropTable('refusals').execute()
    expect(await versionOf(await open(target))).toBe(SERVICE_VERSION)
  })

  it('leaves a later program’s alone (E-STATE), by its steps or by its version', async () => {
    const target = fresh()
    const raw: Raw = await open(target)
    await raw.insertInto('kysely_migration').values({ name: '99-later', timestamp: NOW.toISOString() }).execute()
    await expect(open(target)).rejects.toThrow(/99-later/)
    await raw.deleteFrom('kysely_migration').where('name', '=', '99-later').execute()
    await writeSetting(raw as unknown as Service, 'service-version', SERVICE_VERSION + 1)
    await expect(open(target)).rejects.toMatchObject({ code: 'E-STATE' })
  })

  it('is made once by six that open it at the same moment', async () => {
    const target = fresh()
    const all = await Promise.all(Array.from({ length: 6 }, () => open(target)))
    for (const service of all) expect(await versionOf(service)).toBe(SERVICE_VERSION)
  })
})

it('tells an older program that it can’t go on: the version that it knew is another', async () => {
  const file = `${process.env.TMPDIR ?? '/tmp'}/sunhall-version-${process.pid}.sqlite`
  await (await openService(file)).destroy()
  const database = new DatabaseSync(file)
  expect(database.prepare("SELECT value FROM settings WHERE name = 'service-version'").get()?.value).not.toBe('1')
  database.close()
})
