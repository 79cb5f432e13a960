// Books as the office's first program left them (commit a1aaaef): today's program opens them, loses nothing, and goes on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rowsOf } from '../../sync/county/database/query.ts'
import { importFile } from '../../sync/county/import/import-file.ts'
import { listImports } from '../../sync/county/import/undo.ts'
import { makeCountyKeys } from '../../sync/county/keys/root.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { publishOffice } from '../../sync/county/release/publish-office.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const HEAD = 'fund,village,group,payee,household,idNumber,amount,date'
/** Tables that came later. The others had the columns that they have today, but for `imports.until`. */
const LATER = ['originFunds', 'headingMaps', 'importRuns', 'pictureFiles', 'answers']

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-upgrade-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

async function take(office: Office, day: string): Promise<void> {
  const file = join(folder, `${day}.csv`)
  writeFileSync(file, `${HEAD}\nF001,431225100201,1组,杨示例,,,100.50,${day}`)
  const choices = { map: new Map<string, string>(), set: new Map<string, string>(), refused: null, by: '王强' }
  await importFile(office, { table: 'payments', file, ...choices, now: NOW, sender: '林城镇' })
}

/** Takes everything away that the first program did not have. */
function asFirstProgram(): void {
  const database = new DatabaseSync(join(folder, 'office.sqlite'))
  for (const table of LATER) database.exec(`DROP TABLE "${table}"`)
  database.exec('ALTER TABLE imports DROP COLUMN until')
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
  database.close()
}

async function learntOf(office: Office): Promise<unknown> {
  const books = await office.books()
  const funds = await rowsOf(books, sql`SELECT origin, fund FROM "originFunds" ORDER BY origin, fund`)
  return { funds, imports: await rowsOf(books, sql`SELECT id, until FROM imports ORDER BY id`) }
}

it('keeps every import of the first program’s books, works out what it did not note, imports and publishes on', async () => {
  const before = openOffice(folder, NOW)
  makeCountyKeys(before, true, NOW)
  await take(before, '2026-03-02')
  const noted = await learntOf(before)
  await before.close()
  asFirstProgram()

  const office = openOffice(folder, NOW)
  expect(await learntOf(office)).toEqual(noted)
  await take(office, '2026-04-09')
  expect((await listImports(office)).filter(({ table }) => table === 'payments')).toHaveLength(2)
  const { record } = await publishOffice(office, NOW, '2026-11-24', '王强')
  expect(record).toMatchObject({ number: 1, dataUntil: '2026-04-09', kinds: { payments: 2 } })
  await office.close()
}, 60_000)

it('leaves books of a later program alone (E-STATE)', async () => {
  const made = openOffice(folder, NOW)
  await made.books()
  await made.close()
  const database = new DatabaseSync(join(folder, 'office.sqlite'))
  database.exec('PRAGMA user_version = 2')
  database.close()
  await expect(openOffice(folder, NOW).books()).rejects.toMatchObject({ code: 'E-STATE' })
})
