// Policies as offices write them: a Word document and a plain text in GB18030, cut into 条款 when they are taken.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CFB } from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowsIn } from '../../../test/county/books-file.ts'
import { type Office, openOffice } from '../office.ts'
import { type ImportReport, importFile } from './import-file.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-policy-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

async function take(name: string, content: Uint8Array | string, set: [string, string][]): Promise<ImportReport> {
  const file = join(folder, name)
  writeFileSync(file, content)
  return await importFile(office, {
    table: 'policies',
    file,
    map: new Map(),
    set: new Map(set),
    refused: null,
    by: '',
    now: NOW,
  })
}
const rows = (sql: string): unknown[] => rowsIn(office, sql).map((found) => ({ ...found }))

const LINES = [
  '会同县人民政府办公室文件',
  '会政办发〔2026〕3号',
  '会同县耕地地力保护补贴',
  '发放办法（试行）',
  '第一章 总则',
  '第一条 为了保护耕地。',
  '第二条 每亩105元。',
  '第二章 附则',
  '第三条 自2026年2月1日起施行。',
]

function docx(lines: readonly string[], numbered = false): Buffer {
  const space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const numbers = numbered ? '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' : ''
  const body = lines.map((line) => `<w:p>${numbers}<w:r><w:t>${line}</w:t></w:r></w:p>`).join('')
  const container = CFB.utils.cfb_new()
  const add = (name: string, text: string): void => {
    CFB.utils.cfb_add(container, name, Buffer.from(text))
  }
  const types = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  add(
    '/[Content_Types].xml',
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${types}"/></Types>`,
  )
  add(
    '/_rels/.rels',
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  )
  add('/word/document.xml', `<w:document xmlns:w="${space}"><w:body>${body}</w:body></w:document>`)
  const bytes: unknown = CFB.write(container, { fileType: 'zip', type: 'buffer' })
  if (!Buffer.isBuffer(bytes)) throw new TypeError('Expected a buffer')
  return bytes
}

describe('a policy', () => {
  it('from Word has its title of two lines, its 文号, and its 条款 under their chapters', async () => {
    const report = await take('办法.docx', docx(LINES), [['index', 'ZC-2026-001']])
    expect(report).toMatchObject({
      accepted: 1,
      encoding: 'docx',
      warnings: [{ code: 'clauses', with: { count: '3', first: '第一条', last: '第三条' } }],
    })
    expect(rows('SELECT title, number, "index" FROM policies')).toEqual([
      { title: '会同县耕地地力保护补贴发放办法（试行）', number: '会政办发〔2026〕3号', index: 'ZC-2026-001' },
    ])
    expect(rows("SELECT label, chapter, text FROM clauses WHERE label <> ''")).toEqual([
      { label: '第一条', chapter: '第一章 总则', text: '为了保护耕地。' },
      { label: '第二条', chapter: '第一章 总则', text: '每亩105元。' },
      { label: '第三条', chapter: '第二章 附则', text: '自2026年2月1日起施行。' },
    ])
  })

  it('from a text in GB18030 is read alike; what --set gives stands before what the file says', async () => {
    // '关于发放补贴的通知' and one clause, as Notepad saves them in China.
    const gb = Buffer.from('b9d8d3dab7a2b7c5b2b9ccf9b5c4cda8d6aa0ab5dad2bbccf52020b2bbb5c3cdcfc7b7a1a30a', 'hex')
    expect(
      await take('a.txt', gb, [
        ['index', 'A'],
        ['number', '会财〔2026〕1号'],
      ]),
    ).toMatchObject({ encoding: 'gb18030' })
    expect(rows('SELECT title, number FROM policies')).toEqual([
      { title: '关于发放补贴的通知', number: '会财〔2026〕1号' },
    ])
  })

  it('whose title is not clear is refused until somebody gives it', async () => {
    const text = '今天天气很好。\n第一条 不得拖欠。\n'
    await expect(take('a.txt', text, [['index', 'A']])).rejects.toThrow(/--set title/)
    expect(
      await take('a.txt', text, [
        ['index', 'A'],
        ['title', '办法'],
      ]),
    ).toMatchObject({ accepted: 1 })
  })

  it('with numbers that Word makes by itself says that they are not in the text', async () => {
    const { warnings } = await take('a.docx', docx(LINES, true), [['index', 'A']])
    expect(warnings.map(({ code }) => code)).toContain('numbered-by-word')
  })
})
