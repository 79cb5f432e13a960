// Files as strangers bring them, each a real one written here: every one is read right, or refused with the reason and place.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as xlsx from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowsIn } from '../../../test/county/books-file.ts'
import type { ReasonCode } from '../../contract/console/reasons.ts'
import { type Office, openOffice } from '../office.ts'
import { FileError } from './file-error.ts'
import { type ImportOptions, type ImportReport, importFile } from './import-file.ts'
import { type Cell, type Sheet, writeWorkbook } from './test-workbooks.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
const HEAD = ['村代码', '姓名', '金额', '发放日期']
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-nasty-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

const line = (payee: Cell, amount: Cell = 1, date: Cell = '2026-03-20'): Cell[] => [VILLAGE, payee, amount, date]
const workbook = (...sheets: Sheet[]): string => writeWorkbook(join(folder, 'a.xlsx'), ...sheets)

function put(name: string, content: string | Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

async function take(file: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const set = new Map([['fund', 'F001']])
  const given = { table: 'payments' as const, file, map: new Map(), set, refused: null, by: '李示例', now: NOW }
  return await importFile(office, { ...given, ...more })
}

const paid = (): unknown[] =>
  rowsIn(office, 'SELECT payee, amount, date FROM payments ORDER BY entry').map(({ payee, amount, date }) => [
    payee,
    amount,
    date,
  ])
const refusals = (report: ImportReport): string[] =>
  report.refusedCells.map(({ row, column, reason }) => `${column}${row} ${reason.code}`)

async function refusalOf(file: string): Promise<ReasonCode | null> {
  const error: unknown = await take(file).catch((thrown: unknown) => thrown)
  expect(paid()).toEqual([])
  return error instanceof FileError ? error.reason.code : null
}

describe('a workbook', () => {
  it('with its headings in the seventh row, blank columns between, and hidden columns is read by its headings', async () => {
    const wide = (cells: Cell[]): Cell[] => cells.flatMap((cell) => [cell, null])
    const above: Cell[][] = [['会同县补贴表'], [], ['编制单位：某乡镇政府'], ['单位：元'], [], ['第1页']]
    const report = await take(
      workbook({ rows: [...above, wide(HEAD), wide(line('杨示例', 2)), wide(line('粟示例', 3))] }),
    )
    expect(report.sheets[0]?.headingRows).toEqual([7])
    expect(report).toMatchObject({ accepted: 2, refused: 0 })
  })

  it('with 〃 and 同上 in a cell refuses it: nobody is called so, and no village either', async () => {
    const rows = [HEAD, line('杨示例'), ['〃', '粟示例', 2, '同上'], ['同上', '″', 3, '〃'], line('同上', 4)]
    const report = await take(workbook({ rows }))
    expect(report).toMatchObject({ accepted: 1, refused: 3 })
    expect(refusals(report)).toEqual(['A3 ditto', 'D3 ditto', 'A4 ditto', 'B4 ditto', 'D4 ditto', 'B5 ditto'])
  })

  it('reads amounts written as words of money, and full-width everything', async () => {
    const rows = [
      HEAD,
      line('甲', '1,234.50元'),
      line('乙', '1.2万元'),
      line('丙', '￥５６．７０'),
      ['４３１２２５１００２０１', '丁', '（３５．００）', '２０２６年３月２０日'],
      line('戊', '约300'),
      line('己', '100+50'),
    ]
    const report = await take(workbook({ rows }))
    expect(paid().map((row) => (Array.isArray(row) ? row[1] : null))).toEqual([123450, 1200000, 5670, -3500])
    expect(refusals(report)).toEqual(['C6 money', 'C7 money'])
  })

  it('with subtotals of groups and totals before the data counts no sum as a row', async () => {
    const rows = [
      ['村代码', '组', '姓名', '金额', '发放日期'],
      ['总计', null, null, 10, null],
      [VILLAGE, '一组', '杨示例', 1, '2026-03-20'],
      [VILLAGE, '一组', '粟示例', 2, '2026-03-20'],
      [null, '一组小计', null, 3, null],
      [VILLAGE, '二组', '龙示例', 7, '2026-03-20'],
      [null, '二组合计', null, 7, null],
      [null, '本页小计', null, 10, null],
    ]
    const report = await take(workbook({ rows }))
    expect(report).toMatchObject({ accepted: 3, refused: 0, skipped: 4 })
    expect(report.skippedLines.map(({ row }) => row)).toEqual([2, 5, 7, 8])
  })

  it('with a sheet of totals before the data is read by the data', async () => {
    const summary = {
      name: '汇总',
      rows: [
        ['乡镇', '户数', '金额'],
        ['林城镇', 2, 3],
      ],
    }
    const report = await take(workbook(summary, { name: '明细', rows: [HEAD, line('杨示例')] }))
    expect(report).toMatchObject({ sheet: '明细', accepted: 1 })
  })

  it('with a second table below the first refuses its headings and rows, each by its place', async () => {
    const rows = [HEAD, line('杨示例'), [], ['姓名', '身份证号', '开户行', '备注'], ['粟示例', '1', '2', '3']]
    const report = await take(workbook({ rows }))
    expect(report.accepted).toBe(1)
    expect(new Set(report.refusedCells.map(({ row }) => row))).toEqual(new Set([4, 5]))
  })

  it('with cells merged in its body gives a text to each row, and a figure to none', async () => {
    const rows = [HEAD, line('杨示例', 5), [null, '粟示例', null, '2026-03-20'], line('龙示例', 7)]
    const report = await take(workbook({ rows, merges: ['A2:A3', 'C2:C3'] }))
    expect(paid()).toEqual([['龙示例', 700, '2026-03-20']])
    expect(refusals(report)).toEqual(['C2 merged-figure', 'C3 merged-figure'])
  })

  it('with formulas takes what they came to, and refuses those that came to nothing or to an error', async () => {
    const rows = [
      HEAD,
      line('杨示例', { t: 'n', f: '105*4', v: 420 }),
      line('粟示例', { t: 'n', f: 'B2*2' }),
      line('龙示例', { t: 'e', f: '1/0', v: 7, w: '#DIV/0!' }),
    ]
    const report = await take(workbook({ rows }))
    expect(paid()).toEqual([['杨示例', 42000, '2026-03-20']])
    expect(refusals(report).map((one) => one.slice(0, 2))).toEqual(['C3', 'C4'])
  })

  it('that hides a column reads it, and says which', async () => {
    const report = await take(workbook({ rows: [HEAD, line('杨示例')], hiddenColumns: [2], name: '表' }))
    expect(report).toMatchObject({ accepted: 1 })
    expect(report.warnings).toEqual([{ code: 'columns-hidden', with: { sheet: '表', columns: 'B' } }])
  })

  it('that hides rows by a filter reads them, and says which', async () => {
    const report = await take(
      workbook({ rows: [HEAD, line('杨示例'), line('粟示例', 2)], hiddenRows: [3], name: '表' }),
    )
    expect(report).toMatchObject({ accepted: 2 })
    expect(report.warnings).toEqual([{ code: 'rows-hidden', with: { sheet: '表', count: '1', rows: '3' } }])
  })
})

describe('a file that isn’t what its name says', () => {
  const old = (): Buffer => {
    const book = xlsx.utils.book_new()
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([HEAD, line('杨示例')]), '表')
    return Buffer.from(xlsx.write(book, { type: 'buffer', bookType: 'biff8' }))
  }
  const html = '<html><body><table><tr><td>姓名</td></tr></table></body></html>'
  it.each<[string, string, () => string | Uint8Array, ReasonCode]>([
    ['a workbook before 2007', 'a.xls', old, 'file-kind-old'],
    ['the same called .xlsx', 'a.xlsx', old, 'file-old'],
    ['the same called .csv', 'a.csv', old, 'text-old'],
    ['WPS’s own', 'a.et', old, 'file-kind-wps'],
    ['WPS’s own called .xlsx', 'a.xlsx', old, 'file-old'],
    ['a web page called .xlsx', 'a.xlsx', () => html, 'file-web-page'],
    ['a web page called .xls', 'a.xls', () => html, 'file-kind-old'],
    ['a web page called .csv', 'a.csv', () => `\ufeff${html}`, 'text-web-page'],
    ['plain text called .xlsx', 'a.xlsx', () => '村代码,姓名\n1,2\n', 'file-text'],
    ['a workbook called .csv', 'a.csv', () => readFileSync(workbook({ rows: [HEAD] })), 'text-zip'],
    ['a PDF', 'a.pdf', () => '%PDF-1.7', 'file-kind'],
    ['nothing called .xlsx', 'a.xlsx', () => '', 'file-damaged'],
    ['nothing called .csv', 'a.csv', () => '', 'heading-missing'],
    ['headings alone', 'a.csv', () => `${HEAD.join(',')}\n\n`, 'rows-missing'],
    ['a workbook of headings alone', 'a.xlsx', () => readFileSync(workbook({ rows: [HEAD] })), 'rows-missing'],
    ['headings and a sum', 'a.csv', () => `${HEAD.join(',')}\n合计,,0,\n`, 'rows-missing'],
  ])('%s is refused with what to do', async (_, name, content, code) => {
    expect(await refusalOf(put(name, content()))).toBe(code)
  })
})

describe('a CSV', () => {
  const HEADS = HEAD.join(',')
  it('in GB18030 keeps a name of four bytes', async () => {
    // 㛃 (U+36C3) and 𬭎 (U+2CB4E) have four bytes each; what Node can't write is written byte by byte.
    const bytes = Buffer.from('b4e5b4fac2eb2cd0d5c3fb2cbdf0b6ee2cb7a2b7c5c8d5c6da0a', 'hex')
    const row = Buffer.concat([
      Buffer.from(`${VILLAGE},`),
      Buffer.from('d1ee', 'hex'),
      Buffer.from('8230c135', 'hex'),
      Buffer.from(',1,2026-03-20\n'),
    ])
    const report = await take(put('a.csv', Buffer.concat([bytes, row])))
    expect(report).toMatchObject({ encoding: 'gb18030', accepted: 1 })
    expect(paid()).toEqual([
      [`杨${new TextDecoder('gb18030').decode(Buffer.from('8230c135', 'hex'))}`, 100, '2026-03-20'],
    ])
  })

  it('in UTF-16 with tabs, as Excel’s “Unicode 文本”, is read', async () => {
    const text = `\ufeff${HEAD.join('\t')}\r\n${line('杨示例').join('\t')}\r\n`
    expect(await take(put('a.csv', Buffer.from(text, 'utf16le')))).toMatchObject({ encoding: 'utf-16le', accepted: 1 })
    const other = Buffer.from(text.replace('杨示例', '粟示例'), 'utf16le').swap16()
    expect(await take(put('b.csv', other))).toMatchObject({ encoding: 'utf-16be', accepted: 1 })
  })

  it.each([
    ['tabs', '\t'],
    ['semicolons', ';'],
  ])('between %s is read as it is separated', async (_, sign) => {
    expect(await take(put('a.csv', `${HEAD.join(sign)}\n${line('杨示例').join(sign)}\n`))).toMatchObject({
      accepted: 1,
    })
  })

  it('with line breaks and quotes inside quotes keeps them, and counts its rows as a spreadsheet does', async () => {
    const text = `${HEADS}\n${VILLAGE},"杨""小""\n示例",1,2026-03-20\n${VILLAGE},粟示例,x,2026-03-20\n`
    const report = await take(put('a.csv', text))
    expect(paid()).toEqual([['杨"小"\n示例', 100, '2026-03-20']])
    expect(refusals(report)).toEqual(['C3 money'])
  })

  it('with a quote that is never closed is refused whole', async () => {
    expect(await refusalOf(put('a.csv', `${HEADS}\n${VILLAGE},"杨示例,1,2026-03-20\n`))).toBe('quote-open')
  })
})
