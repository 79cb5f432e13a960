// Real workbooks as offices send them, written by the test itself, and where each of their rows ends.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as xlsx from '@e965/xlsx'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countIn, rowsIn } from '../../../test/county/books-file.ts'
import { sayReason } from '../../contract/console/reasons.ts'
import { type Office, openOffice } from '../office.ts'
import { type ImportOptions, type ImportReport, importFile } from './import-file.ts'
import { type Cell, type Sheet, writeWorkbook } from './test-workbooks.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
const SEED = 431225
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-workbook-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

const workbook = (name: string, ...sheets: Sheet[]): string => writeWorkbook(join(folder, name), ...sheets)

async function take(file: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const set = new Map([['fund', 'F001']])
  return await importFile(office, {
    table: 'payments',
    file,
    map: new Map(),
    set,
    refused: null,
    by: '李示例',
    now: NOW,
    ...more,
  })
}

const rows = (sql: string): unknown[] => rowsIn(office, sql).map((found) => ({ ...found }))
const formula = (f: string, v?: number): Cell => (v === undefined ? { t: 'n', f } : { t: 'n', f, v })
const day = (serial: number, z = 'yyyy-mm-dd'): Cell => ({ t: 'n', v: serial, z })
const whereRefused = (report: ImportReport): string[] => report.refusedCells.map(({ row, column }) => `${column}${row}`)

const HEAD: Cell[][] = [
  ['会同县2026年耕地地力保护补贴发放表'],
  ['填报单位：林城镇', null, null, null, null, null, null, '单位：元'],
  ['序号', '乡镇', '村', '姓名', '身份证号', '补贴', null, null, '发放日期', '备注'],
  [null, null, null, null, null, '面积', '标准', '金额', null, null],
]
const HEAD_MERGES = ['A1:J1', 'F3:H3', ...['A', 'B', 'C', 'D', 'E', 'I', 'J'].map((at) => `${at}3:${at}4`)]

describe('the dirtiest workbook of the county', () => {
  const DIRTY: Cell[][] = [
    ...HEAD,
    [1, '林城镇', '小寨村', '杨示例', '431225197003041230', 4.2, 105, 441, '2026.3.20', ''],
    [2, null, null, '粟示例', Number('431225197003041230'), 2, 105, 210, day(46101), ''],
    [3, null, null, '龙示例', '', 1.5, 105, '１５７．５', 46101, ''],
    [4, null, null, '吴示例', '', 1, 105, formula('F8*G8', 105), '20260320', ''],
    [5, null, null, '石示例', '', 1, 105, formula('F9*G9'), '2026年3月20日', ''],
    [null, null, null, '小计', null, null, null, formula('SUM(H5:H9)', 913.5), null, null],
    [null, null, null, null, null, null, null, null, null, null],
    [6, '林城镇', '小寨村', '杨退回', '', 1, 105, -105, '3月20日', ''],
    [7, '林城镇', '小寨村', '杨示例', '431225197003041230', 4.2, 105, 441, '2026.3.20', '=1+1'],
    [7, '林城镇', '小寨村', '杨示例', '431225197003041230', 4.2, 105, 441, '2026.3.20', '=1+1'],
    [8, '林城镇', '无此村', '<b>杨</b>', '', 1, 105, '4.31225E+17', '2026-13-40', ''],
    ['序号', '乡镇', '村', '姓名', '身份证号', '补贴', null, null, '发放日期', '备注'],
    ['合　计', null, null, null, null, null, null, 1249.5, null, null],
    ['制表人：李示例', null, null, '审核人：王示例', null, null, null, null, null, null],
  ]

  it('loses no row: each is taken, refused by its cell, a duplicate, or a line that is named', async () => {
    const file = workbook('发放表.xlsx', { rows: DIRTY, merges: [...HEAD_MERGES, 'B5:B9', 'C5:C9'], name: '发放表' })
    const report = await take(file)
    expect(report).toMatchObject({ taken: true, accepted: 4, refused: 4, duplicates: 1, skipped: 4, unit: '元' })
    expect(rows('SELECT row, payee, quantity, amount, date, status FROM payments ORDER BY row')).toEqual([
      { row: 5, payee: '杨示例', quantity: 4200, amount: 44100, date: '2026-03-20', status: '已发' },
      { row: 7, payee: '龙示例', quantity: 1500, amount: 15750, date: '2026-03-20', status: '已发' },
      { row: 8, payee: '吴示例', quantity: 1000, amount: 10500, date: '2026-03-20', status: '已发' },
      { row: 13, payee: '杨示例', quantity: 4200, amount: 44100, date: '2026-03-20', status: '已发' },
    ])
    expect(whereRefused(report)).toEqual(['E6', 'H9', 'I12', 'H15', 'I15'])
    expect(report.refusedCells[1]).toMatchObject({
      sheet: '发放表',
      heading: '补贴/金额',
      reason: { code: 'formula-without-value' },
    })
    expect(report.skippedLines.map(({ row, kind }) => [row, kind])).toEqual([
      [10, 'subtotal'],
      [16, 'heading'],
      [17, 'total'],
      [18, 'signature'],
    ])
  })

  it('keeps its totals beside the sums of the rows that were taken', async () => {
    const file = workbook('发放表.xlsx', { rows: DIRTY, merges: [...HEAD_MERGES, 'B5:B9', 'C5:C9'] })
    const { totals } = await take(file)
    expect(totals).toMatchObject([
      { row: 10, scope: 'part', figures: [{ field: 'amount', said: 91350, summed: 70350 }], refused: 2, duplicates: 0 },
      {
        row: 17,
        scope: 'whole',
        figures: [{ field: 'amount', said: 124950, summed: 114450 }],
        refused: 4,
        duplicates: 1,
      },
    ])
  })

  it('comes back as a workbook with the bad cells in colour, which is taken once it is mended', async () => {
    const file = workbook('发放表.xlsx', { rows: DIRTY, merges: [...HEAD_MERGES, 'B5:B9', 'C5:C9'] })
    const { refusedWorkbook } = await take(file)
    const mended = xlsx.read(readFileSync(refusedWorkbook ?? ''), { cellStyles: true })
    const sheet = mended.Sheets.待改 ?? {}
    expect(xlsx.utils.sheet_to_json(sheet, { header: 1, range: 1 })[0]).toContain('补贴/金额')
    expect([sheet.E3?.s?.fgColor?.rgb, sheet.D3?.s?.fgColor?.rgb]).toEqual(['FFD6D6', undefined])
    Object.assign(sheet.E3 ?? {}, { v: '431225197003041238' })
    Object.assign(sheet.H4 ?? {}, { v: '105' })
    Object.assign(sheet.I5 ?? {}, { v: '2026-03-20' })
    writeFileSync(join(folder, 'mended.xlsx'), xlsx.write(mended, { type: 'buffer', bookType: 'xlsx' }))
    const report = await take(join(folder, 'mended.xlsx'))
    expect(report).toMatchObject({ accepted: 3, refused: 1 })
    expect(rows('SELECT row, payee, amount FROM payments WHERE import = 2 ORDER BY row')).toEqual([
      { row: 6, payee: '粟示例', amount: 21000 },
      { row: 9, payee: '石示例', amount: 10500 },
      { row: 12, payee: '杨退回', amount: -10500 },
    ])
  })
})

describe('a workbook', () => {
  const plainHead: Cell[] = ['村代码', '姓名', '金额', '发放日期']
  const line = (payee: string, amount: Cell, date: Cell = '2026-03-20'): Cell[] => [VILLAGE, payee, amount, date]

  it('in 万元 by a title line stays in 万元 when its refused rows are sent in again', async () => {
    const first = await take(
      workbook('a.xlsx', { rows: [['单位：万元'], plainHead, line('杨示例', 0.5), line('粟示例', 'x')] }),
    )
    expect(first).toMatchObject({ unit: '万元', accepted: 1, refused: 1 })
    const book = xlsx.read(readFileSync(first.refusedWorkbook ?? ''))
    Object.assign(book.Sheets.待改?.C3 ?? {}, { v: '0.25' })
    writeFileSync(join(folder, 'b.xlsx'), xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }))
    expect(await take(join(folder, 'b.xlsx'))).toMatchObject({ unit: '万元', accepted: 1 })
    expect(rows('SELECT amount FROM payments ORDER BY entry')).toEqual([{ amount: 500_000 }, { amount: 250_000 }])
  })

  it.each(['单位：千元', '单位：元、万元'])('with %s above its headings is refused whole', async (title) => {
    await expect(take(workbook('a.xlsx', { rows: [[title], plainHead, line('杨示例', 1)] }))).rejects.toThrow(
      /元 or in 万元/,
    )
  })

  it('tells 应发/金额 from 实发/金额 by the level above', async () => {
    const head: Cell[][] = [
      ['村代码', '姓名', '应发', '实发', '发放日期'],
      [null, null, '金额', '金额', null],
    ]
    const merges = ['A1:A2', 'B1:B2', 'E1:E2']
    await take(workbook('a.xlsx', { rows: [...head, [VILLAGE, '杨示例', 100, 90, '2026-03-20']], merges }))
    expect(rows('SELECT due, amount FROM payments')).toEqual([{ due: 10000, amount: 9000 }])
  })

  it('never gives one merged figure to several people', async () => {
    const file = workbook('a.xlsx', {
      rows: [plainHead, line('杨示例', 300), line('粟示例', null), line('龙示例', 7)],
      merges: ['C2:C3'],
    })
    const report = await take(file)
    expect(report).toMatchObject({ accepted: 1, refused: 2 })
    expect(whereRefused(report)).toEqual(['C2', 'C3'])
  })

  it('whose number format shows another figure than the cell holds is refused by that cell', async () => {
    const file = workbook('a.xlsx', {
      rows: [
        plainHead,
        line('杨示例', { t: 'n', v: 1.5, z: '0.00"万元"' }),
        line('粟示例', { t: 'n', v: 1.5, z: '#,##0.00' }),
      ],
    })
    expect(whereRefused(await take(file))).toEqual(['C2'])
    expect(rows('SELECT amount FROM payments')).toEqual([{ amount: 150 }])
  })

  it('is read by the only sheet that suits, whatever lies beside it; hidden sheets and rows are named', async () => {
    const good = { rows: [plainHead, line('杨示例', 1), line('粟示例', 2)], name: '名册', hiddenRows: [3] }
    const notes = { rows: [['填表说明']], name: '说明' }
    const old = { rows: [plainHead, line('旧示例', 9)], name: '旧', hidden: true }
    const report = await take(workbook('a.xlsx', notes, good, old))
    expect(report).toMatchObject({ sheet: '名册', accepted: 2 })
    expect(report.warnings.map((warning) => sayReason(warning, 'zh'))).toEqual([
      '只读了工作表“名册”，没有读：“说明”、“旧”（隐藏）。',
      '“名册”有 1 行是隐藏的（或被筛选掉的），照样读了：3。',
    ])
    expect(rows('SELECT file FROM origins WHERE import = 1')).toEqual([{ file: 'a.xlsx [名册]' }])
  })

  it('with two sheets that suit asks which; --sheet answers', async () => {
    const both = [
      { rows: [plainHead, line('杨示例', 1)], name: '一月' },
      { rows: [plainHead, line('粟示例', 2)], name: '二月' },
    ]
    const file = workbook('a.xlsx', ...both)
    await expect(take(file)).rejects.toThrow(/2 sheets that suit.*“一月”、“二月”.*--sheet/)
    expect(await take(file, { sheet: '二月' })).toMatchObject({ accepted: 1 })
  })

  it('that counts its days from 1904 is read by its own calendar', async () => {
    const book = xlsx.utils.book_new()
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([plainHead, line('杨示例', 1, 44639)]), '表')
    book.Workbook = { WBProps: { date1904: true } }
    writeFileSync(join(folder, 'a.xlsx'), xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }))
    await take(join(folder, 'a.xlsx'))
    expect(rows('SELECT date FROM payments')).toEqual([{ date: '2026-03-20' }])
  })

  it('never changes a figure, in whatever order its rows and its dirt come', async () => {
    const amount = fc.integer({ min: 1, max: 99_999_999 })
    const people = fc.uniqueArray(amount, { minLength: 1, maxLength: 12 })
    const dirt = fc.array(
      fc.constantFrom<Cell[]>([], [null, '合计', 12.5, null], ['制表人：李示例'], plainHead, line('坏', '4.31225E+17')),
      {
        maxLength: 6,
      },
    )
    await fc.assert(
      fc.asyncProperty(
        people,
        dirt,
        fc.nat({ max: 3 }),
        fc.infiniteStream(fc.nat()),
        async (fens, mess, titles, order) => {
          const good = fens.map((fen, at) => line(`杨${at}`, fen / 100))
          const body = [...good, ...mess]
            .map((row) => ({ row, key: order.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
          const above: Cell[][] = Array.from({ length: titles }, (_, at) => [`标题${at}`])
          const report = await take(workbook('a.xlsx', { rows: [...above, plainHead, ...body.map(({ row }) => row)] }))
          const taken = rows(`SELECT amount FROM payments WHERE import = ${report.import} ORDER BY amount`)
          expect(taken).toEqual([...fens].sort((a, b) => a - b).map((fen) => ({ amount: fen })))
          const lines = body.filter(({ row }) => row.length > 0).length
          expect(report.accepted + report.refused + report.duplicates + report.skipped).toBe(lines)
        },
      ),
      { seed: SEED, numRuns: 25 },
    )
  }, 120_000)
})

describe('choices', () => {
  const rowsOf = (bad: Cell): Cell[][] => [
    ['村代码', '谁', '金额', '发放日期', '内部'],
    [VILLAGE, '杨示例', 1, '2026-03-20', 'x'],
    [VILLAGE, '粟示例', bad, '2026-03-20', 'y'],
  ]
  const map = new Map([
    ['谁', 'payee'],
    ['内部', ''],
  ])

  it('whole takes nothing while a row is refused, none only looks, part takes the good rows', async () => {
    const file = workbook('a.xlsx', { rows: rowsOf('x') })
    expect(await take(file, { map, take: 'whole' })).toMatchObject({ taken: false, import: 0, accepted: 1, refused: 1 })
    expect(await take(file, { map, take: 'none' })).toMatchObject({ taken: false, import: 0 })
    expect(countIn(office, 'SELECT count(*) FROM payments')).toBe(0)
    expect(countIn(office, 'SELECT count(*) FROM imports')).toBe(1)
    expect(await take(file, { map, take: 'part' })).toMatchObject({ taken: true, import: 1 })
  })

  it('of headings are remembered for their sender alone, and said when they are used', async () => {
    await take(workbook('a.xlsx', { rows: rowsOf(2) }), { map, sender: '林城镇' })
    const again = await take(workbook('b.xlsx', { rows: rowsOf(3) }), { sender: '林城镇' })
    expect(again.headings).toContainEqual({ heading: '谁', field: 'payee', how: 'remembered' })
    await expect(take(workbook('c.xlsx', { rows: rowsOf(3) }), { sender: '高椅乡' })).rejects.toThrow(/"谁", "内部"/)
  })

  it('of a township’s account leave every other township’s rows out', async () => {
    const file = workbook('a.xlsx', { rows: rowsOf(2) })
    expect(await take(file, { map, within: '431225101' })).toMatchObject({ accepted: 0, refused: 2 })
    expect(await take(file, { map, within: '431225100' })).toMatchObject({ accepted: 2 })
    await expect(take(file, { table: 'funds', within: '431225100' })).rejects.toThrow(/whose rows are a village's/)
  })
})
