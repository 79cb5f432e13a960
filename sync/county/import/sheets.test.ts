// Workbooks with a sheet for each village, taken in one go: real workbooks, real books.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as xlsx from '@e965/xlsx'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countIn, rowsIn } from '../../../test/county/books-file.ts'
import { sayReason } from '../../contract/console/reasons.ts'
import { type Office, openOffice } from '../office.ts'
import { type ImportOptions, type ImportReport, importFile } from './import-file.ts'
import { peekFile } from './peek.ts'
import { type Cell, type Sheet, writeWorkbook } from './test-workbooks.ts'
import { undoImport } from './undo.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const HEAD = ['姓名', '金额', '发放日期']
let folder = ''
let office: Office
let villages: { code: string; name: string }[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-sheets-'))
  office = openOffice(join(folder, 'office'), NOW)
  await office.books()
  const named = `SELECT min(code) AS code, name FROM places WHERE level = 'village' GROUP BY name HAVING count(*) = 1`
  villages = rowsIn(office, `${named} ORDER BY code`)
    .map(({ code, name }) => ({ code: String(code), name: String(name) }))
    // A community and a village may share a name but for its last word: such a sheet would have to give its code.
    .filter(
      ({ name }, _, all) =>
        name.endsWith('村') && all.filter((other) => other.name.startsWith(name.slice(0, -1))).length === 1,
    )
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

const row = (payee: string, amount: Cell = 1): Cell[] => [payee, amount, '2026-03-20']
const sheet = (at: number, ...rows: Cell[][]): Sheet => ({ name: villages[at]?.name ?? '', rows: [HEAD, ...rows] })
const workbook = (...sheets: Sheet[]): string => writeWorkbook(join(folder, '各村发放表.xlsx'), ...sheets)

async function take(file: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const set = new Map([
    ['fund', 'F001'],
    ['village', '@sheet'],
  ])
  const given = { table: 'payments' as const, file, map: new Map(), set, refused: null, by: '李示例', now: NOW }
  return await importFile(office, { ...given, sheet: 'all', ...more })
}
const books = (sql: string): unknown[] => rowsIn(office, sql)

it('takes a sheet for each of 24 villages as one import, each row under its sheet’s name', async () => {
  const sheets = Array.from({ length: 24 }, (_, at) => sheet(at, row('杨示例'), row(`粟${at}`, 2)))
  const report = await take(workbook(...sheets))
  expect(report).toMatchObject({ import: 1, taken: true, accepted: 48, refused: 0, duplicates: 0 })
  expect(report.sheets).toHaveLength(24)
  expect(
    books(`SELECT DISTINCT p.village, o.file FROM payments p JOIN origins o ON o.id = p.origin ORDER BY o.id`),
  ).toEqual(villages.slice(0, 24).map(({ code, name }) => ({ village: code, file: `各村发放表.xlsx [${name}]` })))
  // The next import's number is free for its own origin, and all of this one's go with it.
  expect(await take(workbook(sheet(0, row('龙示例'))))).toMatchObject({ import: 2, taken: true })
  await undoImport(office, 1, NOW)
  expect(books('SELECT DISTINCT import FROM origins WHERE import > 0')).toEqual([{ import: 2 }])
})

it('names sheet, row and column of a refused cell, and takes nothing of any sheet where the file is to be whole', async () => {
  const file = workbook(sheet(0, row('杨示例')), sheet(1, row('粟示例'), row('龙示例', '三百')))
  const report = await take(file, { take: 'whole' })
  expect(report).toMatchObject({ taken: false, accepted: 2, refused: 1 })
  expect(report.refusedCells).toMatchObject([{ sheet: villages[1]?.name, row: 3, column: 'B', value: '三百' }])
  expect(countIn(office, 'SELECT count(*) FROM payments')).toBe(0)
  expect(countIn(office, 'SELECT count(*) FROM origins WHERE import > 0')).toBe(0)
})

it('gives the refused rows back in sheets of the same names, which come in again mended', async () => {
  const file = workbook(sheet(0, row('杨示例', '一百')), sheet(1, row('粟示例'), row('龙示例', '三百')))
  const report = await take(file)
  expect(report).toMatchObject({ taken: true, accepted: 1, refused: 2 })
  const csv = readFileSync(report.refusedFile ?? '', 'utf8')
  expect(csv).toMatch(/^\ufeff原行号,拒收原因,原工作表,姓名,金额,发放日期\r\n2,金额：应为金额/)
  const book = xlsx.read(readFileSync(report.refusedWorkbook ?? ''))
  expect(book.SheetNames).toEqual([villages[0]?.name, villages[1]?.name, '说明（不导入）'])
  for (const name of book.SheetNames.slice(0, 2)) {
    const cells = book.Sheets[name]
    if (cells?.B2 !== undefined) cells.B2 = { t: 'n', v: 5 }
  }
  const mended = join(folder, '已改.xlsx')
  writeFileSync(mended, xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }))
  const again = await take(mended)
  expect(again).toMatchObject({ accepted: 2, refused: 0 })
  expect(books('SELECT row, payee FROM payments WHERE import = 2 ORDER BY entry')).toEqual([
    { row: 2, payee: '杨示例' },
    { row: 3, payee: '龙示例' },
  ])
})

it('says of each sheet that doesn’t suit why it was left', async () => {
  const others: Sheet[] = [
    { name: '说明', rows: [['填表说明'], ['请如实填写']] },
    { name: '空', rows: [] },
    { name: '旧表', rows: [HEAD, row('旧示例')], hidden: true },
    { name: '没有日期', rows: [HEAD.slice(0, 2), ['杨示例', 1]] },
  ]
  const report = await take(workbook(sheet(0, row('杨示例')), ...others))
  expect(report).toMatchObject({ taken: true, accepted: 1 })
  expect(report.warnings.map((warning) => sayReason(warning, 'zh'))).toEqual([
    expect.stringMatching(/^工作表“说明”没有导入：应为/),
    '工作表“空”没有导入：这张表是空的',
    '工作表“旧表”没有导入：这张表是隐藏的；要导入请取消隐藏',
    expect.stringMatching(/^工作表“没有日期”没有导入：应有每行必填的字段，实为缺少 发放日期/),
  ])
})

it('takes the named sheets alone, and refuses the file with the sheet’s name where one of them can’t be read', async () => {
  const file = workbook(
    sheet(0, row('杨示例')),
    { name: '说明', rows: [['填表说明'], ['甲']] },
    sheet(2, row('粟示例')),
  )
  const names = [villages[0]?.name ?? '', villages[2]?.name ?? '']
  expect(await take(file, { sheet: names })).toMatchObject({ accepted: 2, sheet: names.join('、') })
  await expect(take(file, { sheet: [...names, '说明'] })).rejects.toThrow(/trouble in "说明"/)
  await expect(take(file, { sheet: ['没有的'] })).rejects.toThrow(/a sheet of the workbook/)
})

it('counts the rows of a sheet that was copied into the workbook once', async () => {
  const head = ['村代码', ...HEAD]
  const own = (name: string): Sheet => ({ name, rows: [head, [villages[0]?.code ?? '', ...row('杨示例')]] })
  const report = await take(workbook(own('一月'), own('一月 (2)')), { set: new Map([['fund', 'F001']]) })
  expect(report).toMatchObject({ accepted: 1, duplicates: 1 })
  expect(report.sheets.map(({ duplicates }) => duplicates)).toEqual([0, 1])
})

it('shows the headings of all chosen sheets once, for placing', async () => {
  const file = workbook(sheet(0, row('杨示例')), {
    name: villages[1]?.name ?? '',
    rows: [['谁', ...HEAD.slice(1)], row('粟示例')],
  })
  const none = { table: 'payments' as const, file, map: new Map(), set: new Map(), header: null, sender: null }
  const names = [villages[0]?.name ?? '', villages[1]?.name ?? '']
  const peek = await peekFile(office, { ...none, sheet: names })
  expect(peek.chosen).toEqual(names)
  expect(peek.headings?.map(({ heading, field }) => [heading, field])).toEqual([
    ['姓名', 'payee'],
    ['金额', 'amount'],
    ['发放日期', 'date'],
    ['谁', null],
  ])
  // Placed once, it holds for the sheet that has it.
  expect(await take(file, { sheet: names, map: new Map([['谁', 'payee']]) })).toMatchObject({ accepted: 2, refused: 0 })
})
