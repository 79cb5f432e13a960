// Files as a hostile stranger makes them: each row ends somewhere with a reason, and no file is half taken.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countIn, rowsIn } from '../../../test/county/books-file.ts'
import { type Office, openOffice } from '../office.ts'
import type { TableName } from '../tables.ts'
import { type ImportReport, importFile } from './import-file.ts'
import { undoImport } from './undo.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
const HEAD = 'fund,village,payee,amount,date'
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-dirty-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(() => {
  office.close()
  rmSync(folder, { recursive: true })
})

interface More {
  table?: TableName
  map?: [string, string][]
  set?: [string, string][]
  refused?: string
}

async function take(name: string, content: string | Uint8Array, more: More = {}): Promise<ImportReport> {
  const file = join(folder, name)
  writeFileSync(file, content)
  const { table = 'payments', map = [], set = [], refused = null } = more
  return await importFile(office, { table, file, map: new Map(map), set: new Map(set), refused, by: '', now: NOW })
}
const row = (payee: string, amount: string, date = '2026-03-01', rest = ''): string =>
  `F001,${VILLAGE},${payee},${amount},${date}${rest}\n`
const refusedRows = (report: ImportReport): string[] =>
  readFileSync(report.refusedFile ?? '', 'utf8')
    .slice(1)
    .split('\r\n')
    .slice(1, -1)
const rows = (sql: string): unknown[] => rowsIn(office, sql).map((found) => ({ ...found }))

describe('headings', () => {
  it('refuse the file where one is missing that every row needs, with its Chinese names', async () => {
    await expect(take('a.csv', `fund,village,payee,date\nF001,${VILLAGE},杨示例,2026-03-01\n`)).rejects.toThrow(
      /missed amount \(金额, .*the file has "fund"/,
    )
    expect(countIn(office, 'SELECT count(*) FROM imports')).toBe(1)
  })

  it('that no --map names are left out and told, once a --map is given', async () => {
    const text = `${HEAD.replace('payee', 'who')},x,y\n${row('杨示例', '1', '2026-03-01', ',a,b')}${row('杨示例', '1', '2026-03-01', ',c,d')}`
    expect(await take('a.csv', text, { map: [['who', 'payee']] })).toMatchObject({
      accepted: 1,
      duplicates: 1,
      ignored: ['x', 'y'],
    })
  })

  it('may be empty over empty cells; a cell that says something there refuses its row', async () => {
    const report = await take(
      'a.csv',
      `${HEAD},\n${row('杨示例', '1', '2026-03-01', ',')}${row('粟示例', '1', '2026-03-01', ',stray')}`,
    )
    expect(report).toMatchObject({ accepted: 1, refused: 1 })
    expect(refusedRows(report)[0]).toMatch(/^3,F：应为空（这一列没有表头），实为“stray”；请给/)
  })

  it('that are doubled must be renamed, because --map can’t tell them apart', async () => {
    await expect(take('a.csv', `${HEAD},amount\n${row('杨示例', '1', '2026-03-01', ',2')}`)).rejects.toThrow(
      /rename one/,
    )
  })
})

describe('cells', () => {
  it('with signs that nobody sees name the same person, and hide no number', async () => {
    const text = `${row('杨示例', '1', '2026-03-01', ',')}${row('杨\u200b示例\ufeff', '2', '2026-03-01', ',')}${row('粟示例', '1', '2026-03-01', ',431225\u200b19700304\u200b1230')}`
    const report = await take('a.csv', `${HEAD},batch\n${text}`)
    expect(report).toMatchObject({ accepted: 2, refused: 1 })
    expect(rows('SELECT DISTINCT payee, person FROM payments')).toHaveLength(1)
  })

  it('of a hundred thousand characters are no name', async () => {
    const report = await take('a.csv', `${HEAD}\n${row('龙'.repeat(100_000), '1')}${row('杨示例', '1')}`)
    expect(report).toMatchObject({ accepted: 1, refused: 1 })
    expect(refusedRows(report)[0]).toContain('payee：应为最多 2000 个字，实为 100000 个')
  })

  it('with a damaged ID number are refused: it would join two people into one', async () => {
    const ids = [
      '431225197003041230',
      '４３１２２５１９７００３０４１２３ｘ',
      '431225700304123',
      '4.31225E+17',
      '4312**********1230',
      '12345',
      'H12345678',
    ]
    const text = ids.map((id, at) => row(`杨${at}`, '1', '2026-03-01', `,${id}`)).join('')
    const report = await take('a.csv', `${HEAD},idNumber\n${text}`)
    expect(report).toMatchObject({ accepted: 4, refused: 3 })
    expect(rows('SELECT idNumber FROM payments ORDER BY entry')).toEqual(
      ['431225197003041230', '43122519700304123X', '431225700304123', 'H12345678'].map((idNumber) => ({ idNumber })),
    )
    expect(refusedRows(report).map((line) => line.split(',')[0])).toEqual(['5', '6', '7'])
  })

  it('of JSON lines with an ID number that lost its quotes are refused, not rounded', async () => {
    const line = `{"fund":"F001","village":"${VILLAGE}","payee":"杨示例","amount":1,"date":"2026-03-01","idNumber":431225197003041230}`
    expect(await take('a.jsonl', `${line}\n`)).toMatchObject({ accepted: 0, refused: 1 })
  })

  it('with a reversal that adds, and a day beyond the next year, are refused', async () => {
    const head = `${HEAD},status\n`
    const text = `${head}${row('杨示例', '1', '2026-03-01', ',冲销')}${row('粟示例', '-1', '2026-03-01', ',冲销')}${row('龙示例', '1', '2062-03-01', ',')}`
    const report = await take('a.csv', text)
    expect(report).toMatchObject({ accepted: 1, refused: 2 })
    expect(refusedRows(report).join('\n')).toMatch(/应为负数（状态是冲销）[\s\S]*应为 2027-12-31 以前的日期，实为“2062/)
  })
})

describe('people', () => {
  it('of one ID number and two names stay two: nobody is published under another’s name', async () => {
    await take(
      'a.csv',
      `${HEAD},idNumber\n${row('杨父亲', '1', '2026-03-01', ',431225197003041230')}${row('杨儿子', '2', '2026-03-01', ',431225197003041230')}`,
    )
    expect(
      rows('SELECT r.name FROM payments p JOIN roster r ON r.village = p.village AND r.id = p.person ORDER BY entry'),
    ).toEqual([{ name: '杨父亲' }, { name: '杨儿子' }])
  })
})

describe('undo', () => {
  it('forgets what only that import said of a person whom others name too', async () => {
    const line = (rest: string): string => row('杨示例', '1', '2026-03-01', rest)
    const head = `${HEAD},idNumber,household\n`
    await take('a.csv', `${head}${line(',,')}`)
    const wrong = await take('b.csv', `${head}${line(',431225197003041230,粟户主')}`)
    await undoImport(office, wrong.import, NOW)
    expect(rows("SELECT idNumber, household FROM roster WHERE name = '杨示例'")).toEqual([
      { idNumber: '', household: '' },
    ])
    await take('c.csv', `${head}${line(',431225198003041230,')}`)
    expect(rows('SELECT DISTINCT person FROM payments')).toHaveLength(1)
  })
})

describe('files', () => {
  it.each([
    ['an XLSX file named CSV', 'a.csv', Buffer.from('PK\u0003\u0004\u0014\u0000'), /zip or XLSX/],
    ['a gzip file without its name', 'a.csv', gzipSync(HEAD), /name it \.csv\.gz/],
    ['an empty file of JSON lines', 'a.jsonl', '', /empty file/],
    [
      'JSON lines with a new name on each',
      'a.jsonl',
      Array.from({ length: 2000 }, (_, at) => `{"n${at}":1}\n`).join(''),
      /at most 1000 names|unknown "n0"/,
    ],
  ])('that are %s are refused with the reason', async (_, name, content, message) => {
    await expect(take(name, content)).rejects.toThrow(message)
    expect(countIn(office, 'SELECT count(*) FROM imports')).toBe(1)
  })

  it('are read by their name whatever its case', async () => {
    expect(await take('A.CSV.GZ', gzipSync(`${HEAD}\n${row('杨示例', '1')}`))).toMatchObject({ accepted: 1 })
  })

  it('of JSON lines whose repeat comes after a new name still count it as a duplicate', async () => {
    const line = { fund: 'F001', village: VILLAGE, payee: '杨示例', amount: 1, date: '2026-03-01' }
    const text = [line, { ...line, payee: '粟示例', unit: '亩' }, line].map((each) => JSON.stringify(each)).join('\n')
    expect(await take('a.jsonl', text)).toMatchObject({ accepted: 2, duplicates: 1 })
  })

  it('refuse rows of JSON lines with the whole line beside the reason', async () => {
    const report = await take(
      'a.jsonl',
      `{"fund":"F001","village":"${VILLAGE}","payee":"杨示例","amount":"x","date":"2026-03-01"}\n`,
    )
    expect(readFileSync(report.refusedFile ?? '', 'utf8')).toMatch(
      /^\ufeff原行号,拒收原因,line\r\n1,.*""amount"":""x""/,
    )
  })
})

describe('the file of refused rows', () => {
  it('is left as it was when the import fails, and is empty but for its headings when nothing is refused', async () => {
    const refused = join(folder, 'refused.csv')
    writeFileSync(refused, 'older')
    await expect(take('a.csv', `${HEAD}\n${row('杨示例', 'x')}"\n`, { refused })).rejects.toThrow(/quote/i)
    expect([readFileSync(refused, 'utf8'), existsSync(`${refused}.aside`)]).toEqual(['older', false])
    expect(await take('b.csv', `${HEAD}\n${row('杨示例', '1')}`, { refused })).toMatchObject({
      refused: 0,
      refusedFile: refused,
    })
    expect(readFileSync(refused, 'utf8')).toBe(`\ufeff原行号,拒收原因,${HEAD}\r\n`)
  })

  it('of an import that was killed goes with the next one', async () => {
    const refused = join(folder, 'refused.csv')
    writeFileSync(`${refused}.aside`, 'half')
    await take('a.csv', `${HEAD}\n${row('杨示例', '1')}`, { refused })
    expect(existsSync(`${refused}.aside`)).toBe(false)
  })

  it('may lie elsewhere: the workbook of a file with headings has its own place all the same', async () => {
    const refused = join(folder, 'elsewhere.csv')
    const report = await take('a.csv', `${HEAD}\n${row('杨示例', '1')}${row('粟示例', 'x')}`, { refused })
    expect(report).toMatchObject({ accepted: 1, refused: 1, refusedFile: refused })
    expect(existsSync(report.refusedWorkbook ?? '')).toBe(true)
  })

  it('is never the imported file itself', async () => {
    const text = `${HEAD}\n${row('杨示例', 'x')}`
    await expect(take('a.csv', text, { refused: join(folder, '.', 'a.csv') })).rejects.toThrow(/the file itself/)
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe(text)
  })
})

describe('allocations', () => {
  it('go to codes or exact names of the county’s places and departments, and to nothing else', async () => {
    const line = (to: string): string => `F001,2026,会同县,${to},100\n`
    const names = [
      '林城镇',
      '431225100',
      '会同县民政局',
      'dept:县民政局',
      '林城镇财政所',
      'dept:林城镇财政所',
      '杨示例',
    ]
    const report = await take('a.csv', `fund,year,from,to,amount\n${names.map(line).join('')}`, {
      table: 'allocations',
    })
    expect(rows('SELECT "from", "to" FROM allocations ORDER BY entry')).toEqual(
      [
        { from: '431225', to: '431225100' },
        { from: '431225', to: 'dept:县民政局' },
      ].flatMap((each) => [each, each]),
    )
    expect(refusedRows(report).map((found) => found.split(',')[0])).toEqual(['6', '7', '8'])
  })
})

describe('rows of other tables', () => {
  const refused = async (table: TableName, text: string): Promise<[ImportReport, string]> => {
    const report = await take(`${table}.csv`, text, { table })
    return [report, report.refusedFile === null ? '' : refusedRows(report).join('\n')]
  }

  it('places hang on a township that is known by then, under its code', async () => {
    const lines = [
      '431225999,示例乡,township,431225',
      '431225999001,示例村,village,431225999',
      '431225998001,孤村,village,431225998',
      '43122599900,短码村,village,431225999',
      'abc,字母村,village,431225100',
    ]
    const [report, reasons] = await refused('places', `code,name,level,parent\n${lines.join('\n')}\n`)
    expect(report).toMatchObject({ accepted: 2, refused: 3 })
    expect(reasons).toMatch(/^4,parent：.*\n5,code：.*\n6,code：/)
  })

  it('lists inside a cell have the shape that a block needs: a publication would stop at them', async () => {
    const projects = `code,name,fund,year,village,goals\nP1,路,F001,2026,${VILLAGE},"[{""a"":1}]"\nP2,路,F001,26,${VILLAGE},\nP3,路,F001,2026,431225100,\n`
    expect((await refused('projects', projects))[1]).toMatch(/^2,goals：[^\n]*\n3,year：[^\n]*$/)
    const policies =
      'index,title,text,marks,funds\nZ1,甲,第一条 甲,[1],\nZ2,乙,第一条 乙,,F999\nZ3,丙,第一条 丙,"{""第一条"":[""F001""]}",F001\n'
    const [report, reasons] = await refused('policies', policies)
    expect(report).toMatchObject({ accepted: 1, refused: 2 })
    expect(reasons).toMatch(/^2,marks：.*\n3,funds：/)
  })

  it('a fund’s code has no spaces, and a notice names a place that is there', async () => {
    expect((await refused('funds', 'code,name\nX 1,甲\n'))[1]).toMatch(/^2,code：/)
    expect((await refused('notices', 'id,kind,title,body,date,place\nG1,news,t,b,2026-01-01,999999\n'))[1]).toMatch(
      /^2,place：/,
    )
  })
})
