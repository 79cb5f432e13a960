import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { changeIn } from '../../../test/county/books-file.ts'
import { HIDDEN_NAME, MASKED, plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { eraseWithdrawn } from '../drafts/erase.ts'
import { KeptRelease } from '../drafts/kept.ts'
import { importFile } from '../import/import-file.ts'
import { makeCountyKeys } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { publishOffice } from '../release/publish-office.ts'
import { localDay } from '../release/today.ts'
import type { TableName } from '../tables.ts'
import { exportOpenData } from './export.ts'
import { OPEN_INDEX } from './exports.ts'

vi.setConfig({ testTimeout: 120_000 })
const NOW = new Date()
const DAY_MS = 86_400_000
/** Cells that never leave the office, and a household's head who is paid nothing. */
const SECRETS = ['430422199001011234', '6217995550000123456', '13807450001', '备注里的私话', '粟户主甲']
let folder = ''
let office: Office

beforeEach(async () => {
  ;({ office, folder } = await plantedOffice())
  makeCountyKeys(office, true, NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

async function take(table: TableName, text: string): Promise<void> {
  const file = join(folder, `${table}-more.csv`)
  writeFileSync(file, text)
  const report = await importFile(office, {
    table,
    file,
    map: new Map(),
    set: new Map(),
    refused: null,
    by: '',
    now: NOW,
  })
  expect(report).toMatchObject({ refused: 0 })
}
const publish = async (now = NOW) => (await publishOffice(office, now, localDay(now), '')).record

/** Every file of an export as text, by table or name. */
function textsOf(open: string): Map<string, string> {
  return new Map(
    readdirSync(open).map((name) => {
      const bytes = readFileSync(join(open, name))
      return [name.replace(/\.csv(\.gz)?$/, ''), (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')]
    }),
  )
}
function rowsOf(texts: ReadonlyMap<string, string>, table: string): Record<string, string>[] {
  return parse(texts.get(table) ?? '', { columns: true, bom: true })
}

it('holds the release’s sums, row for row, and nobody known from masked funds alone', async () => {
  await take('notices', 'id,kind,title,body,date,contactPhone\nGG-2,news,=1+1,"好,的",2026-03-01,0745-5550101\n')
  const { root } = await publish()
  const { folder: open, rows } = await exportOpenData(office, { out: null, now: NOW })
  const texts = textsOf(open)
  for (const [name, text] of texts) {
    expect(text, name).not.toContain(HIDDEN_NAME)
    if (name !== 'dictionary' && text.startsWith('\ufeff'))
      expect(text.split('\r\n')[0], name).not.toMatch(/person|household|serial|relation/)
  }
  expect([...texts.keys()].filter((name) => /people|names|answers|rollup|^masked$/.test(name))).toEqual([])
  const payments = rowsOf(texts, 'payments')
  expect(payments).toHaveLength(rows.payments ?? -1)
  expect(payments.some(({ fund }) => fund === MASKED)).toBe(false)
  expect(payments.find(({ village }) => village === VILLAGE)?.payee).toMatch(/^[粟杨]/)
  const release = new KeptRelease({ folder: office.dist, root })
  const wanted = release
    .rows(
      'rollup',
      release.leaves.filter(({ leaf }) => leaf[0] === 'rollup'),
    )
    .filter(({ month, place }) => month === '' && place === '431225')
    .reduce((sum, { amount }) => sum + amount, 0)
  const paid = payments.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)
  expect([paid, wanted > 0]).toEqual([wanted, true])
  expect(texts.get('notices')).toContain(`'=1+1,"好,的"`)
})

it('tells nothing that only the office may know: no ID number, account, phone, note, person or household number', async () => {
  const [id, account, phone, note, head] = SECRETS
  await take(
    'payments',
    `fund,village,group,payee,household,relation,idNumber,bankAccount,phone,note,amount,date\nF001,${VILLAGE},1组,粟明九,${head},长子,${id},${account},${phone},${note},88,2026-04-01\n`,
  )
  // Registry numbers that nothing else in the release looks like.
  changeIn(office, `UPDATE roster SET number = 7654000 + id WHERE village = '${VILLAGE}'`)
  await publish()
  const { folder: open } = await exportOpenData(office, { out: null, now: NOW })
  const texts = textsOf(open)
  expect(rowsOf(texts, 'payments').find(({ payee }) => payee === '粟明九')).toMatchObject({ amount: '88.00' })
  for (const [name, text] of texts) {
    for (const secret of SECRETS) expect(text, `${name} says ${secret}`).not.toContain(secret)
    expect(text.includes('76540'), `${name} has a registry number`).toBe(false)
  }
})

it('describes itself by a standard: a data package whose fields, hashes, lengths and keys are those of its files', async () => {
  const goals = '[{""kind"":""quantity"",""name"":""里程"",""target"":""1.2公里"",""result"":"""",""met"":null}]'
  await take(
    'projects',
    `code,name,fund,year,village,goals,progress\nXM-2,示例桥,F001,2026,${VILLAGE},"${goals}","[{""date"":""2026-04-01"",""percent"":40,""note"":""桥墩""}]"\n`,
  )
  await publish()
  const { folder: open } = await exportOpenData(office, { out: null, now: NOW })
  const texts = textsOf(open)
  const { resources } = JSON.parse(readFileSync(join(open, 'datapackage.json'), 'utf8'))
  expect(resources.length).toBeGreaterThan(20)
  for (const { name, path, hash, bytes, schema } of resources) {
    const file = readFileSync(join(open, path))
    expect([file.length, `sha256:${createHash('sha256').update(file).digest('hex')}`], path).toEqual([bytes, hash])
    const headings = (texts.get(name) ?? '').slice(1).split('\r\n')[0]
    expect(headings, path).toBe(schema.fields.map((field: { name: string }) => field.name).join(','))
    const keys = rowsOf(texts, name).map((row) =>
      (schema.primaryKey ?? []).map((key: string) => row[key]).join('\u0000'),
    )
    if (schema.primaryKey !== undefined) expect(new Set(keys).size, `${name} has one row a key`).toBe(keys.length)
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const known = new Set(rowsOf(texts, reference.resource).map((row) => row[reference.fields[0]]))
      for (const row of rowsOf(texts, name))
        if (row[fields[0]] !== '') expect(known, `${name}.${fields[0]}`).toContain(row[fields[0]])
    }
  }
  expect(rowsOf(texts, 'project-goals')).toEqual([
    { project: 'XM-2', kind: 'quantity', name: '里程', target: '1.2公里', result: '', met: '' },
  ])
  expect(rowsOf(texts, 'project-progress')).toMatchObject([{ project: 'XM-2', percent: '40' }])
  const words = rowsOf(texts, 'dictionary').find((row) => row.file === 'project-goals.csv' && row.column === 'kind')
  expect(words?.['用词 words']).toContain('quantity=数量指标 quantity')
})

it('writes nothing beside what is served until it is whole, and the same bytes again', async () => {
  await publish()
  const first = await exportOpenData(office, { out: null, now: NOW })
  const before = textsOf(first.folder)
  await exportOpenData(office, {
    out: null,
    now: NOW,
    progress: () => expect(readdirSync(join(office.dist, 'open')).sort()).toEqual(['1', 'index.json']),
  })
  expect(textsOf(first.folder)).toEqual(before)
  expect(readdirSync(office.folder)).not.toContain('open-data.aside')
})

it('takes a new or empty folder of the caller’s, and refuses one that holds something', async () => {
  await publish()
  const out = join(folder, '公开数据')
  mkdirSync(out)
  expect(await exportOpenData(office, { out, now: NOW })).toMatchObject({ folder: out })
  await expect(exportOpenData(office, { out, now: NOW })).rejects.toMatchObject({
    code: 'E-STATE',
    message: expect.stringContaining('name another, or empty that one'),
  })
  expect(existsSync(join(office.dist, 'open'))).toBe(false)
})

it('keeps the exports of releases that are still served, and lists them, the newest first', async () => {
  const long = new Date(NOW.getTime() - 20 * DAY_MS)
  const recently = new Date(NOW.getTime() - 8 * DAY_MS)
  for (const at of [long, recently, NOW]) {
    await publish(at)
    await exportOpenData(office, { out: null, now: at })
  }
  // Release 1 was followed eight days ago, release 2 just now.
  const index = JSON.parse(readFileSync(join(office.dist, OPEN_INDEX), 'utf8'))
  expect(index).toMatchObject({ newest: 3, releases: [{ number: 3, package: '3/datapackage.json' }, { number: 2 }] })
  expect(readdirSync(join(office.dist, 'open')).sort()).toEqual(['2', '3', 'index.json'])
})

it('goes with the release that is withdrawn', async () => {
  const record = await publish()
  const { folder: open } = await exportOpenData(office, { out: null, now: NOW })
  const gone = join(office.dist, 'open', '7')
  mkdirSync(gone)
  eraseWithdrawn(office.dist, record, [7])
  expect([existsSync(gone), existsSync(open)]).toEqual([false, true])
  expect(JSON.parse(readFileSync(join(office.dist, OPEN_INDEX), 'utf8'))).toMatchObject({ releases: [{ number: 1 }] })
})
