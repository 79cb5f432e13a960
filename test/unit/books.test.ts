// The contract of the books, held on both engines: what an office takes, refuses, takes back, checks, matches and publishes is
// the same on SQLite and on PostgreSQL, to the byte.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { runChecks } from '../../sync/county/checks/run.ts'
import { beginTransaction } from '../../sync/county/database/books.ts'
import { countOf, rowsOf } from '../../sync/county/database/query.ts'
import { importFile } from '../../sync/county/import/import-file.ts'
import { loadSample } from '../../sync/county/import/load-sample.ts'
import { listRuns } from '../../sync/county/import/runs.ts'
import { listImports, undoImport } from '../../sync/county/import/undo.ts'
import { makeCountyKeys } from '../../sync/county/keys/root.ts'
import type { Office } from '../../sync/county/office.ts'
import { publishOffice } from '../../sync/county/release/publish-office.ts'
import { OfficeSource } from '../../sync/county/release/source.ts'
import { sampleCounty, samplePhones } from '../../sync/county/sample/sample.ts'
import type { TableName } from '../../sync/county/tables.ts'
import { buildBlocks } from '../../sync/publish/build.ts'
import { buildTree } from '../../sync/publish/tree.ts'
import { eachOffice } from '../county/offices.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const NOW = new Date('2026-11-24T02:00:00Z')
const TODAY = '2026-11-24'
const VILLAGE = '431225100201'
const HEAD = 'fund,village,group,payee,household,idNumber,amount,date'
/** Refused: a number that a spreadsheet spoilt, an unknown fund, half a row. The second row is the first again. */
const DIRTY = [
  HEAD,
  `F001,${VILLAGE},1组,杨示例,,,100.50,2026-03-01`,
  `F001,${VILLAGE},1组,杨示例,,,100.50,2026-03-01`,
  `F001,${VILLAGE},1组,粟示例,杨示例,,"1,234.00",2026.3.2`,
  `F001,${VILLAGE},1组,龙示例,,,4.31225E+17,2026-03-01`,
  `F999,${VILLAGE},1组,石示例,,,1,2026-03-01`,
  `F001,${VILLAGE},1组,吴示例`,
].join('\n')

async function take(office: Office, name: string, text: string, table: TableName = 'payments') {
  mkdirSync(join(office.folder, 'files'), { recursive: true })
  const file = join(office.folder, 'files', name)
  writeFileSync(file, text)
  const choices = { map: new Map<string, string>(), set: new Map<string, string>(), refused: null, by: '王强' }
  return importFile(office, { table, file, ...choices, now: NOW, sender: '林城镇' })
}

async function sampleOffice(office: Office): Promise<void> {
  const options = { scale: 0.004, seed: 7, today: TODAY }
  const phones = samplePhones(options).map(({ phone }) => phone)
  await loadSample(office, sampleCounty(options), phones, NOW)
}

async function rootOf(office: Office): Promise<string> {
  const all = await beginTransaction(await office.books())
  try {
    return buildTree(await buildBlocks(await OfficeSource.open(all, TODAY))).root.hash
  } finally {
    await all.rollback().execute()
  }
}

/** What each engine made of the same rows; filled by one suite, read by the next. */
const roots = new Map<string, string>()
const findings = new Map<string, string[]>()

eachOffice((open, engine) => {
  it('takes a dirty list in part, names what it refused, and takes it back with the people that only it named', async () => {
    const office = open(NOW)
    const books = await office.books()
    expect(await countOf(books, sql`SELECT count(*) FROM funds`)).toBe(196)
    const report = await take(office, '名册.csv', DIRTY)
    expect(report).toMatchObject({ import: 1, accepted: 2, refused: 3, duplicates: 1 })
    const paid = await books.selectFrom('payments').select(['payee', 'amount', 'person']).orderBy('entry').execute()
    expect(paid.map((row) => ({ ...row }))).toEqual([
      { payee: '杨示例', amount: 10_050, person: 1 },
      { payee: '粟示例', amount: 123_400, person: 2 },
    ])
    expect(existsSync(report.refusedFile ?? '')).toBe(true)
    expect(await listRuns(books)).toMatchObject([{ id: 1, state: 'taken', import: 1 }])
    await undoImport(office, 1, NOW)
    for (const table of ['payments', 'roster', 'originFunds'])
      expect(await countOf(books, sql`SELECT count(*) FROM ${sql.table(table)}`), table).toBe(0)
    expect((await listImports(office)).map(({ undone }) => undone)).toEqual([null, NOW.toISOString()])
  })

  it('learns of a person from a later list, and keeps people of several villages apart', async () => {
    const office = open(NOW)
    await take(office, 'a.csv', `${HEAD}\nF001,${VILLAGE},1组,杨示例,,,1,2026-03-01\n`)
    await take(office, 'b.csv', `${HEAD}\nF001,${VILLAGE},1组,杨示例,,431225197003041230,2,2026-03-01\n`)
    await take(office, 'c.csv', `${HEAD}\nF001,431225100001,1组,杨示例,,,3,2026-03-01\n`)
    const people = await (await office.books()).selectFrom('roster').selectAll().orderBy('village').execute()
    expect(people.map(({ village, id, idNumber }) => [village, id, idNumber])).toEqual([
      ['431225100001', 1, ''],
      [VILLAGE, 1, '431225197003041230'],
    ])
  })

  it('gives numbers once where several lists come at the same moment', async () => {
    const office = open(NOW)
    await office.books()
    const lists = Array.from({ length: 4 }, (_, at) =>
      take(office, `${at}.csv`, `${HEAD}\nF001,${VILLAGE},1组,杨示例${'甲乙丙丁'[at]},,,${at + 1},2026-03-01\n`),
    )
    const ids = (await Promise.all(lists)).map((report) => report.import)
    expect(ids.sort()).toEqual([1, 2, 3, 4])
    const books = await office.books()
    const people = await books.selectFrom('roster').select('id').orderBy('id').execute()
    expect(people.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    expect(await countOf(books, sql`SELECT count(DISTINCT entry) FROM payments`)).toBe(4)
  })

  it('leaves nothing of a file that breaks off', async () => {
    const office = open(NOW)
    const text = `${HEAD}\nF001,${VILLAGE},1组,杨示例,,,1,2026-03-01\n"F001`
    await expect(take(office, 'a.csv', text)).rejects.toMatchObject({ code: 'E-INPUT' })
    const books = await office.books()
    expect(await countOf(books, sql`SELECT count(*) FROM payments`)).toBe(0)
    expect(await listRuns(books)).toMatchObject([{ state: 'failed' }])
  })

  it('sorts as bytes do, whatever language the database speaks', async () => {
    const office = open(NOW)
    const books = await office.books()
    const words = ['a', 'B', '_', '一', 'é', 'Z', '阿', '1']
    for (const phone of words) await books.insertInto('approvedPhones').values({ phone, import: 0 }).execute()
    const rows = await rowsOf(books, sql`SELECT phone FROM "approvedPhones" ORDER BY phone`)
    const byBytes = words.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    expect(rows.map(({ phone }) => phone)).toEqual(byBytes)
  })

  it('makes one and the same release, and the same findings, of the same rows', async () => {
    const office = open(NOW)
    await sampleOffice(office)
    roots.set(engine, await rootOf(office))
    await runChecks(office, NOW)
    const kept = await (await office.service()).selectFrom('findings').select(['id', 'value']).orderBy('id').execute()
    findings.set(
      engine,
      kept.map(({ id, value }) => `${id} ${value}`),
    )
    for (const root of roots.values()) expect(root).toBe(roots.get('sqlite'))
    for (const found of findings.values()) expect(found).toEqual(findings.get('sqlite'))
    expect(kept.length).toBeGreaterThan(0)
  })

  it('publishes, and gives every person the number that stays', async () => {
    const office = open(NOW)
    await sampleOffice(office)
    makeCountyKeys(office, true, NOW)
    const first = await publishOffice(office, NOW, TODAY, '王强')
    expect(first.record.root).toBe(await rootOf(office))
    const books = await office.books()
    const numbered = sql`SELECT village, id, number, "publishedName" FROM roster WHERE number IS NOT NULL ORDER BY 1, 2`
    const before = await rowsOf(books, numbered)
    const later = new Date(NOW.getTime() + 60_000)
    const second = await publishOffice(office, later, TODAY, '王强')
    expect(second.record).toMatchObject({ number: 2, root: first.record.root })
    expect(await rowsOf(books, numbered)).toEqual(before)
    expect(await countOf(books, sql`SELECT count(*) FROM imports WHERE published = 1`)).toBeGreaterThan(10)
    expect(await countOf(books, sql`SELECT count(*) FROM "maskPublished"`)).toBeGreaterThan(0)
  })
})
