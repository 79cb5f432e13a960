import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeIn, countIn, rowsIn } from '../../../test/county/books-file.ts'
import { type Office, openOffice } from '../office.ts'
import type { TableName } from '../tables.ts'
import { type ImportReport, importFile } from './import-file.ts'
import { listImports, undoImport } from './undo.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-import-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(() => {
  office.close()
  rmSync(folder, { recursive: true })
})

async function take(
  name: string,
  content: string | Uint8Array,
  more: { table?: TableName; map?: [string, string][]; set?: [string, string][] } = {},
): Promise<ImportReport> {
  const file = join(folder, name)
  writeFileSync(file, content)
  const { table = 'payments', map = [], set = [] } = more
  return await importFile(office, {
    table,
    file,
    map: new Map(map),
    set: new Map(set),
    refused: null,
    by: '李示例',
    now: NOW,
  })
}

const rows = (sql: string): unknown[] => rowsIn(office, sql).map((row) => ({ ...row }))
const HEAD = 'fund,village,payee,amount,date'

describe('an empty office', () => {
  it('knows the county’s 18 townships, 243 villages and 196 funds', async () => {
    await office.books()
    expect(countIn(office, "SELECT count(*) FROM places WHERE level = 'village'")).toBe(243)
    expect(countIn(office, "SELECT count(*) FROM places WHERE level = 'township'")).toBe(18)
    expect(countIn(office, 'SELECT count(*) FROM funds')).toBe(196)
  })
})

describe('an import', () => {
  it('puts every row into one of accepted, refused and duplicates, and says why', async () => {
    const report = await take(
      'a.csv',
      `${HEAD}\nF001,${VILLAGE},杨示例,100.50,2026-03-01\nF001,${VILLAGE},杨示例,100.50,2026-03-01\nF001,${VILLAGE},粟示例,4.31225E+17,2026-03-01\nF001,${VILLAGE},龙示例,-7,2026.3.2\nF001,${VILLAGE},吴示例\nF999,${VILLAGE},石示例,1,2026-03-01\n`,
    )
    expect(report).toMatchObject({ accepted: 2, refused: 3, duplicates: 1 })
    expect(rows('SELECT payee, amount, date, status, origin, row FROM payments ORDER BY entry')).toEqual([
      { payee: '杨示例', amount: 10050, date: '2026-03-01', status: '已发', origin: 1, row: 2 },
      { payee: '龙示例', amount: -700, date: '2026-03-02', status: '冲销', origin: 1, row: 5 },
    ])
    const refused = readFileSync(report.refusedFile ?? '', 'utf8')
      .split('\r\n')
      .slice(0, -1)
    expect(refused[0]).toBe(`\ufeff原行号,拒收原因,${HEAD}`)
    expect(refused.slice(1).map((line) => line.split(',')[0])).toEqual(['4', '6', '7'])
    expect(refused[1]).toContain('4.31225E+17')
  })

  it('reads the Chinese headings, in GB18030 too, and finds a village by township and name', async () => {
    // '补贴项目,乡镇,村,组,姓名,补贴金额(元),发放日期' and one row, as a spreadsheet program saves it in China.
    const gb = Buffer.from(
      'b2b9ccf9cfeec4bf2ccfe7d5f22cb4e52cd7e92cd0d5c3fb2cb2b9ccf9bdf0b6ee28d4aa292cb7a2b7c5c8d5c6da0a463030312cc1d6b3c7d5f22cd0a1d5afb4e52c33d7e92cd1eecabec0fd2c3130302c32303236c4ea33d4c231c8d50a',
      'hex',
    )
    const report = await take('gb.csv', gb)
    expect(report).toMatchObject({ accepted: 1, encoding: 'gb18030' })
    expect(rows('SELECT village, payee, "group", amount FROM payments')).toEqual([
      { village: VILLAGE, payee: '杨示例', group: '3组', amount: 10000 },
    ])
  })

  it('refuses a file with unknown headings, lists them, and changes nothing', async () => {
    await expect(take('a.csv', `${HEAD},奇怪,另一\nF001,${VILLAGE},杨示例,1,2026-03-01,a,b\n`)).rejects.toThrow(
      /"奇怪", "另一"/,
    )
    expect(countIn(office, 'SELECT count(*) FROM payments')).toBe(0)
    expect(await listImports(office)).toHaveLength(1)
  })

  it('takes mapped headings, leaves out those mapped to nothing, and sets values for every row', async () => {
    const report = await take('a.csv', 'who,much,when,x\n杨示例,1,8月24日,1\n杨示例,1,8月24日,2\n', {
      map: [
        ['who', 'payee'],
        ['much', 'amount'],
        ['when', 'date'],
        ['x', ''],
      ],
      set: [
        ['fund', 'F001'],
        ['village', VILLAGE],
        ['year', '2026'],
      ],
    })
    expect(report).toMatchObject({ accepted: 1, duplicates: 1 })
    expect(rows('SELECT date FROM payments')).toEqual([{ date: '2026-08-24' }])
  })

  it('refuses a set value that can’t be read, at once', async () => {
    await expect(
      take('a.csv', 'payee\n杨示例\n', {
        set: [
          ['village', '431225999999'],
          ['fund', 'F001'],
        ],
      }),
    ).rejects.toThrow(/--set village/)
  })

  it('refuses an ID number in a field that is published, and keeps one where it belongs', async () => {
    const head = `${HEAD},idNumber`
    const report = await take(
      'a.csv',
      `${head}\nF001,${VILLAGE},杨示例431225197003041230,1,2026-03-01,\nF001,${VILLAGE},杨示例,1,2026-03-01,431225197003041230\n`,
    )
    expect(report).toMatchObject({ accepted: 1, refused: 1 })
  })

  it.each([
    ['a broken gzip file', 'a.csv.gz', gzipSync(`${HEAD}\n${'x'.repeat(1000)}`).subarray(0, 40), /gzip/],
    ['a NUL byte, with its line', 'a.csv', `${HEAD}\na\0b\n`, /NUL byte on line 2/],
    ['an unclosed quote', 'a.csv', `${HEAD}\n"F001,1\n`, /[Qq]uote/],
    ['a row without an end', 'a.csv', `${HEAD}\n${'x'.repeat(3_000_000)}\n`, /more than 1048576 characters/],
    [
      'broken UTF-8 that is no GB18030 either',
      'a.csv',
      Buffer.concat([Buffer.from(`${HEAD}\n${'会同县'.repeat(40)}`), Buffer.from([0xff, 0xfe, 0xff])]),
      /not UTF-8 near line 2/,
    ],
    ['an empty file', 'a.csv', '', /empty file/],
    ['a name of another kind', 'a.xlsx', 'x', /\.csv/],
  ])('refuses %s as a whole', async (_, name, content, message) => {
    await expect(take(name, content)).rejects.toThrow(message)
    expect(countIn(office, 'SELECT count(*) FROM payments')).toBe(0)
  })

  it('takes JSON lines, and refuses the line that is none', async () => {
    const row = { fund: 'F001', village: VILLAGE, payee: '杨示例', amount: 12.3, date: '2026-03-01' }
    const report = await take('a.jsonl.gz', gzipSync(`${JSON.stringify(row)}\n[1]\n${JSON.stringify(row)}\n`))
    expect(report).toMatchObject({ accepted: 1, refused: 1, duplicates: 1 })
  })

  it('reads 万元 from the heading, and 应发金额 alone as the amount', async () => {
    await take('a.csv', `资金编号,村代码,姓名,应发金额(万元),发放日期\nF001,${VILLAGE},杨示例,0.5,2026-03-01\n`)
    expect(rows('SELECT amount, due FROM payments')).toEqual([{ amount: 500000, due: 500000 }])
  })

  it('says when it has taken this very file before', async () => {
    const text = `${HEAD}\nF001,${VILLAGE},杨示例,1,2026-03-01\n`
    expect((await take('a.csv', text)).sameFileAs).toBeNull()
    expect((await take('b.csv', text)).sameFileAs).toBe(1)
  })
})

describe('people', () => {
  it('are one person by ID number, or by name and group where only one such is known', async () => {
    await take(
      'a.csv',
      `${HEAD},group,idNumber\nF001,${VILLAGE},杨示例,1,2026-03-01,3组,431225197003041230\nF001,${VILLAGE},杨示例,2,2026-03-02,3组,\nF001,${VILLAGE},杨示例,3,2026-03-03,3组,431225198003041230\nF001,${VILLAGE},杨示例,4,2026-03-04,4组,\n`,
    )
    expect(rows('SELECT person FROM payments ORDER BY entry').map((row) => Object.values(row as object)[0])).toEqual([
      1, 1, 2, 3,
    ])
  })
})

describe('undo', () => {
  const text = `${HEAD}\nF001,${VILLAGE},杨示例,1,2026-03-01\n`

  it('takes back what is not published, with the people that only it named', async () => {
    const { import: id } = await take('a.csv', text)
    await undoImport(office, id, NOW)
    for (const table of ['payments', 'roster', 'originFunds'])
      expect(countIn(office, `SELECT count(*) FROM ${table}`), table).toBe(0)
    await expect(undoImport(office, id, NOW)).rejects.toThrow(/taken back/)
  })

  it('refuses what a release holds, what there is not, and the catalogue', async () => {
    const { import: id } = await take('a.csv', text)
    changeIn(office, 'UPDATE imports SET published = 1 WHERE id = ?', id)
    await expect(undoImport(office, id, NOW)).rejects.toThrow(/release 1/)
    await expect(undoImport(office, 99, NOW)).rejects.toThrow(/number of an import/)
    await expect(undoImport(office, 0, NOW)).rejects.toThrow(/catalogue/)
    expect(countIn(office, 'SELECT count(*) FROM payments')).toBe(1)
  })
})
