// Registers against payments: who is found and why, what is never raised twice, who may look, and that nothing of it can
// be published. Real databases, real files.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { rowsIn } from '../../../test/county/books-file.ts'
import { fillPayments, type TestPayment } from '../../../test/county/match-payments.ts'
import type { MatchRule } from '../../contract/console/match.ts'
import { type Office, openOffice } from '../office.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { matchVerb } from '../verbs/match.ts'
import type { OptionValues } from '../verbs/verb.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
const OTHER = '431225204200'
const ID = '431225195003071234'
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-match-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

const payment = (more: Partial<TestPayment> = {}): TestPayment => ({
  fund: 'F055',
  village: VILLAGE,
  group: '3组',
  payee: '杨示例',
  idNumber: ID,
  batch: '2026-03',
  amount: 42_000,
  date: '2026-03-20',
  status: '已发',
  ...more,
})

async function match(positionals: string[], values: OptionValues = {}): Promise<{ [key: string]: unknown }> {
  const quiet = { say: () => undefined, warn: () => undefined }
  return await matchVerb.run({
    office,
    positionals,
    values: { by: '王示例', ...values },
    now: NOW,
    json: false,
    ...quiet,
  })
}

async function take(register: string, text: string): Promise<{ [key: string]: unknown }> {
  const file = join(folder, `${register}.csv`)
  writeFileSync(file, text)
  return await match(['import', register, file])
}

interface Listed {
  total: number
  suspects: { id: number; name: string; score: number; why: string; payments: number; amount: number; rule: string }[]
}
const list = async (values: OptionValues = {}): Promise<Listed> => (await match(['list'], values)) as unknown as Listed
const rule = async (body: Partial<MatchRule>): Promise<void> => {
  const { rules } = (await match(['rules'])) as unknown as { rules: MatchRule[] }
  const base = rules.find(({ id }) => id === body.id) ?? rules[0]
  const file = join(folder, 'rule.json')
  writeFileSync(file, JSON.stringify({ ...base, ...body }))
  await match(['rule', file])
}

describe('a register', () => {
  it('is taken from CSV and workbook by the headings that other offices use; refused rows say why', async () => {
    const report = await take(
      'deceased',
      `会同县公安局死亡人口登记,,,\n姓名,公民身份号码,死亡时间,户籍地址\n杨 示例,43122550030712３,2025.8.24,三组\n粟示例,4.31225E+17,2025-01-01,\n李示例,,不详,\n`,
    )
    expect(report).toMatchObject({ accepted: 1, refused: 2, other: ['户籍地址'] })
    expect(report.reasons).toEqual([
      { row: 4, reason: expect.stringContaining('科学计数') },
      { row: 5, reason: expect.stringContaining('应为日期') },
    ])
    const xlsx = join(folder, '名单.xlsx')
    const cell = (value: string) => ({ value, type: String })
    await writeXlsxFile([['姓名', '村', '任职时间'].map(cell), ['杨示例', VILLAGE, '2021-01-05'].map(cell)]).toFile(
      xlsx,
    )
    expect(await match(['import', 'officers', xlsx])).toMatchObject({ accepted: 1, refused: 0 })
    const { registers } = (await match(['registers'])) as { registers: object[] }
    expect(registers).toMatchObject([
      { register: 'deceased', rows: 1 },
      { register: 'officers', rows: 1, by: '王示例' },
    ])
  })

  it('takes the place of the one before, of which no row is kept; a file without a usable row changes nothing', async () => {
    await take('vehicles', `车主,身份证号,车牌号\n杨示例,${ID},湘N00001\n粟示例,431225196001011234,湘N00002\n`)
    await take('vehicles', `车主,身份证号,车牌号\n杨示例,${ID},湘N00003\n`)
    await expect(take('vehicles', '车主,身份证号\n杨示例,1E+17\n')).rejects.toMatchObject({ code: 'E-INPUT' })
    const rows = await (await office.service()).selectFrom('matchRows').select(['name', 'detail']).execute()
    expect(rows).toEqual([{ name: '杨示例', detail: '{"车牌号":"湘N00003"}' }])
    await match(['forget', 'vehicles'])
    expect(await (await office.service()).selectFrom('matchRows').selectAll().execute()).toEqual([])
  })

  it('needs a column that tells people apart', async () => {
    await expect(take('payroll', '姓名,单位\n杨示例,县医院\n')).rejects.toThrow(/身份证号 or 村/)
    await expect(take('deceased', `姓名,身份证号\n杨示例,${ID}\n`)).rejects.toThrow(/死亡日期/)
  })
})

describe('a run', () => {
  it('finds who was paid after death by the ID number, with 15 digits too, and not within the days of grace', async () => {
    await fillPayments(office, [
      payment({ date: '2025-09-20' }),
      payment({ date: '2026-03-20' }),
      payment({ payee: '粟示例', idNumber: '431225500307123' }),
      payment({ payee: '李示例', idNumber: '431225196001011234' }),
    ])
    await take('deceased', `姓名,身份证号,死亡日期\n杨示例,${ID},2025-08-24\n粟不同,431225195003071237,2024-01-01\n`)
    expect(await match(['run'])).toMatchObject({ run: 1, payments: 4, registerRows: 2, hits: 2, fresh: 2, suspects: 2 })
    const { suspects } = await list()
    expect(suspects).toMatchObject([
      {
        name: '杨示例',
        score: 100,
        payments: 1,
        amount: 42_000,
        why: '身份证号和姓名都相同，2025-08-24 之后满 31 天仍有发放',
      },
      { name: '粟示例', score: 90, why: expect.stringContaining('登记为“粟不同”') },
    ])
  })

  it('finds without ID numbers by name and village, surer in the same group, unsure among namesakes; elsewhere nobody', async () => {
    await fillPayments(office, [
      payment({ idNumber: '' }),
      payment({ idNumber: '', village: OTHER }),
      payment({ idNumber: '', payee: '粟示例' }),
      payment({ idNumber: '', payee: '粟示例', group: '4组' }),
    ])
    await take('deceased', `姓名,村,组,死亡日期\n杨示例,${VILLAGE},三组,2025-01-01\n粟示例,${VILLAGE},4,2025-01-01\n`)
    await match(['run'])
    const { suspects } = await list()
    expect(suspects).toMatchObject([
      { name: '杨示例', score: 95, why: expect.stringContaining('同村同名，同组，村里只有一人叫这个名字') },
      { name: '粟示例', score: 60, payments: 1, why: expect.stringContaining('村里有 2 人同名') },
    ])
  })

  it('holds nobody against somebody else’s ID number, and no money that came back', async () => {
    await fillPayments(office, [payment(), payment({ idNumber: '', status: '退回' })])
    await take('deceased', `姓名,身份证号,村,死亡日期\n杨示例,431225194001011234,${VILLAGE},2025-01-01\n`)
    expect(await match(['run'])).toMatchObject({ payments: 1, hits: 0, suspects: 0 })
  })

  it('looks at the funds and the days that its rule says', async () => {
    await fillPayments(office, [
      payment({ date: '2019-12-20' }),
      payment({ date: '2021-06-20' }),
      payment({ date: '2024-06-20' }),
      payment({ fund: 'F001', date: '2021-06-20' }),
    ])
    await take('payroll', `姓名,身份证号,起薪日期,停薪日期,单位\n杨示例,${ID},2020-01-01,2023-12-31,县医院\n`)
    await match(['run'])
    expect((await list()).suspects).toMatchObject([{ rule: 'payroll-poor', payments: 1 }])
    await rule({
      id: 'payroll-all',
      name: '全部资金',
      register: 'payroll',
      funds: ['F001'],
      key: 'id',
      period: 'any',
      graceDays: 0,
    })
    await match(['run'])
    expect((await list({ rule: 'payroll-all' })).suspects).toMatchObject([{ payments: 1 }])
    await rule({ id: 'payroll-all', name: '全部资金', enabled: false })
    const { rules } = (await match(['rules'])) as unknown as { rules: MatchRule[] }
    expect(rules.find(({ id }) => id === 'payroll-all')).toMatchObject({ enabled: false })
  })

  it('says what it needs where no register is there', async () => {
    await expect(match(['run'])).rejects.toMatchObject({ code: 'E-STATE' })
  })
})

describe('what was found', () => {
  beforeEach(async () => {
    await fillPayments(office, [
      payment(),
      payment({ batch: '2026-04', date: '2026-04-20' }),
      payment({ payee: '粟示例', idNumber: '431225196001011234' }),
    ])
    await take('deceased', `姓名,身份证号,死亡日期\n杨示例,${ID},2025-08-24\n粟示例,431225196001011234,2025-08-24\n`)
    await match(['run'])
  })

  it('shows the rows of both sides, and where the office has them from', async () => {
    const { suspect } = (await match(['show', '1'])) as { suspect: object }
    expect(suspect).toMatchObject({
      registerRow: { name: '杨示例', idNumber: ID, from: '2025-08-24' },
      rows: [
        { date: '2026-03-20', amount: 42_000, file: 'test.csv', line: 1, payee: '杨示例' },
        { date: '2026-04-20', line: 2 },
      ],
      villageName: expect.stringMatching(/.+乡.+|.+镇.+/),
    })
  })

  it('is never listed twice: the next run brings only what is new, also after a newer copy of the register', async () => {
    await match(['decide', '1', 'cleared'], { words: '丧葬补助，已核对' })
    expect(await match(['run'])).toMatchObject({ run: 2, hits: 3, fresh: 0, suspects: 0 })
    expect((await list()).suspects.map(({ name }) => name)).toEqual(['粟示例'])
    await fillPayments(office, [
      payment({ batch: '2026-05', date: '2026-05-20' }),
      payment({ payee: '粟示例', idNumber: '431225196001011234', batch: '2026-05', date: '2026-05-20' }),
    ])
    await take(
      'deceased',
      `姓名,身份证号,死亡日期,备注\n杨示例,${ID},2025-08-20,更正\n粟示例,431225196001011234,2025-08-24,\n`,
    )
    expect(await match(['run'])).toMatchObject({ run: 3, hits: 5, fresh: 2, suspects: 2 })
    // The decided one stands as it was decided; its new payment is a new suspect. The open one grew.
    expect((await list()).suspects).toMatchObject([
      { id: 2, name: '粟示例', payments: 2, amount: 84_000 },
      { id: 3, name: '杨示例', payments: 1 },
    ])
    expect((await list({ state: 'cleared' })).suspects).toMatchObject([{ id: 1, payments: 2 }])
  })

  it('keeps decisions with who, when and words, in the audit trail too, and none without words', async () => {
    await expect(match(['decide', '1', 'cleared'])).rejects.toMatchObject({ code: 'E-INPUT' })
    await expect(match(['decide', '99', 'cleared'], { words: '核对过' })).rejects.toMatchObject({ code: 'E-INPUT' })
    await match(['decide', '1', 'passed-on'], { words: '移交县纪委' })
    await match(['decide', '1', 'recovered'], { words: '840 元已退回财政' })
    const { suspect } = (await match(['show', '1'])) as { suspect: object }
    expect(suspect).toMatchObject({
      state: 'recovered',
      decidedBy: '王示例',
      decidedAt: NOW.toISOString(),
      words: '840 元已退回财政',
    })
    const trail = await (await office.service())
      .selectFrom('audit')
      .select(['action', 'detail'])
      .where('action', '=', 'match-decide')
      .execute()
    expect(trail.map(({ detail }) => JSON.parse(detail))).toEqual([
      { before: 'open', state: 'passed-on' },
      { before: 'passed-on', state: 'recovered' },
    ])
  })

  it('goes into a CSV with both sides on a line, harmless to a spreadsheet', async () => {
    await match(['decide', '1', 'cleared'], { words: '=HYPERLINK("http://x")' })
    const out = join(folder, 'export.csv')
    expect(await match(['export'], { out })).toMatchObject({ lines: 3 })
    const text = readFileSync(out, 'utf8')
    expect(text.startsWith('\uFEFF编号,规则')).toBe(true)
    expect(text.trim().split('\r\n')).toHaveLength(4)
    expect(text).not.toMatch(/,"?=HYPERLINK/)
    expect(text).toContain(`"\t${ID}"`)
  })
})

describe('nobody else sees it', () => {
  it('neither in a release nor in its proof: no publication code knows of the tables', () => {
    const files = globSync('sync/{publish,county/{release,disclosure,drafts,publish,push}}/**/*.ts')
    expect(files.length).toBeGreaterThan(30)
    const wrong = files.filter((file) =>
      /from '[^']*\/match\/|match(?:Rows|Suspects|Hits|Imports)/.test(readFileSync(file, 'utf8')),
    )
    expect(wrong).toEqual([])
    const schema = readFileSync('sync/county/database/schema.ts', 'utf8')
    expect(schema).not.toMatch(/match(?:Rows|Suspects)/)
  })

  it('no fund, table or place of the office’s books changes by it', async () => {
    await office.books()
    const shape = (): string => JSON.stringify(rowsIn(office, 'SELECT name, sql FROM sqlite_master ORDER BY name'))
    const before = shape()
    await fillPayments(office, [payment()])
    await take('deceased', `姓名,身份证号,死亡日期\n杨示例,${ID},2025-08-24\n`)
    await match(['run'])
    expect(shape()).toBe(before)
    expect((await Gazetteer.open(await office.books())).place(VILLAGE)?.code).toBe(VILLAGE)
  })
})
