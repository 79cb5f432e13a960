// Files made to harm: old, locked, damaged, bombs, macros, formulas, paths; each ends in words, none in the books.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as xlsx from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countIn } from '../../../test/county/books-file.ts'
import { type Office, openOffice } from '../office.ts'
import { type ImportOptions, type ImportReport, importFile } from './import-file.ts'
import { type Sheet, writeWorkbook, zipOf } from './test-workbooks.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
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

describe('a hostile file', () => {
  it.each([
    ['an old .xls', 'a.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), /before 2007; save it as \.xlsx/],
    ['an old workbook under a new name', 'a.xlsx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), /before 2007/],
    [
      'one under a password',
      'a.xlsx',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]),
      /under a password/,
    ],
    ['half a workbook', 'a.xlsx', Buffer.from('PK\u0003\u0004half'), /damaged file/],
  ])('that is %s is refused with what to do', async (_, name, content, message) => {
    const file = join(folder, name)
    writeFileSync(file, content)
    await expect(take(file)).rejects.toThrow(message)
    expect(countIn(office, 'SELECT count(*) FROM payments')).toBe(0)
  })

  it.each([
    ['says so', 64 * 1024 ** 2, /zip bomb/],
    ['says otherwise', 1000, /damaged file/],
  ])('that unpacks to a mountain and %s is refused before any parser sees it', async (_, declared, message) => {
    const file = join(folder, 'bomb.xlsx')
    writeFileSync(file, zipOf('xl/workbook.xml', Buffer.alloc(64 * 1024 ** 2, ' '), declared))
    await expect(take(file)).rejects.toThrow(message)
  })

  it('with macros is read for its figures, and says that they were neither read nor run', async () => {
    const file = workbook('a.xlsm', {
      rows: [
        ['村代码', '姓名', '金额', '发放日期'],
        [VILLAGE, '杨示例', 1, '2026-03-20'],
      ],
    })
    const container = xlsx.CFB.read(readFileSync(file), { type: 'buffer' })
    xlsx.CFB.utils.cfb_add(container, '/xl/vbaProject.bin', Buffer.from('x'))
    const bytes: unknown = xlsx.CFB.write(container, { fileType: 'zip', type: 'buffer' })
    writeFileSync(file, Buffer.isBuffer(bytes) ? bytes : '')
    const report = await take(file)
    expect(report).toMatchObject({ accepted: 1, warnings: [{ code: 'macros' }] })
  })

  it('with formulas for names puts nothing to calculate into what the office writes', async () => {
    const names = ['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '-35']
    const text = names.map((name) => `${VILLAGE},"${name.replaceAll('"', '""')}",x,2026-03-20\n`).join('')
    const file = join(folder, 'a.csv')
    writeFileSync(file, `村代码,姓名,金额,发放日期\n${text}`)
    const report = await take(file)
    const cells = readFileSync(report.refusedFile ?? '', 'utf8').match(/431225100201,("(?:[^"]|"")*"|[^,]*)/g) ?? []
    expect(cells.map((cell) => cell.slice(13, 15))).toEqual([`"'`, `'+`, `'-`, `'@`, '-3'])
    const book = xlsx.read(readFileSync(report.refusedWorkbook ?? ''), { cellFormula: true })
    const sheet = book.Sheets.待改 ?? {}
    expect(['B2', 'B3', 'B4', 'B5'].map((at) => [sheet[at]?.t, sheet[at]?.f, sheet[at]?.v])).toEqual(
      names.slice(0, 4).map((name) => ['s', undefined, name]),
    )
  })

  it('with a path or controls in its name is listed by a plain name', async () => {
    const file = workbook('a.xlsx', {
      rows: [
        ['村代码', '姓名', '金额', '发放日期'],
        [VILLAGE, '杨示例', 1, '2026-03-20'],
      ],
    })
    const report = await take(file, { name: '../../etc/\u202e<img src=x>\u0000.xlsx' })
    expect(report.file).toBe('<img src=x>.xlsx')
  })
})
