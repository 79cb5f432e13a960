// What an import says of itself goes to logs, the list of tries and the console: no person's number may stand in it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowsIn } from '../../../test/county/books-file.ts'
import { type Office, openOffice } from '../office.ts'
import { type ImportReport, importFile } from './import-file.ts'
import { peekFile } from './peek.ts'
import { withoutNumbers } from './without-numbers.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
const ID = '431225197003041230'
const HEAD = '村代码,姓名,证件,金额,发放日期,批次'
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-numbers-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

const options = (name: string, text: string) => {
  const file = join(folder, name)
  writeFileSync(file, text)
  const set = new Map([['fund', 'F001']])
  return {
    table: 'payments' as const,
    file,
    map: new Map([['证件', 'idNumber']]),
    set,
    refused: null,
    by: '',
    now: NOW,
  }
}
const take = async (name: string, text: string): Promise<ImportReport> => importFile(office, options(name, text))
const runs = (): string => JSON.stringify(rowsIn(office, 'SELECT message, report FROM importRuns'))

describe('an ID number that slipped', () => {
  it.each([
    ['into the amount', `${VILLAGE},杨示例,,${ID},2026-03-05,`],
    ['into the day', `${VILLAGE},杨示例,,1,${ID},`],
    ['into the village', `${ID},杨示例,,1,2026-03-05,`],
    ['into a text', `${VILLAGE},杨示例,,1,2026-03-05,身份证 ${ID}`],
    ['behind forty characters', `${VILLAGE},杨示例,,${'一'.repeat(28)}${ID},2026-03-05,`],
    ['into a total', `${VILLAGE},杨示例,,100,2026-03-05,\n合计,,,100,,经办 ${ID}`],
  ])('%s is in no report; the file of refused rows has the cell whole', async (_, line) => {
    const report = await take('a.csv', `填表人：${ID},,,,,\n${HEAD}\n${line}\n`)
    expect(report.refused + report.skipped).toBe(1)
    expect(JSON.stringify(report) + runs()).not.toMatch(/4312251970/)
    if (report.refusedFile !== null) expect(readFileSync(report.refusedFile, 'utf8')).toContain(ID)
  })

  it('to where the headings should be is in no message', async () => {
    const file = options('a.csv', `${VILLAGE},杨示例,${ID},1,2026-03-05\n`)
    await expect(importFile(office, { ...file, map: new Map() })).rejects.toThrow(/"431225100201", "杨示例", "4312…"/)
    expect(runs()).not.toContain(ID)
  })

  it('under a heading that nobody knows yet is not shown below it', async () => {
    const { table, file, set } = options(
      'a.csv',
      `${HEAD.replace('证件', '其他')}\n${VILLAGE},杨示例,${ID},1,2026-03-05,\n`,
    )
    const peek = await peekFile(office, { table, file, map: new Map(), set, sheet: null, header: null, sender: null })
    expect(peek.headings?.find(({ heading }) => heading === '其他')?.samples).toEqual(['4312…'])
  })
})

it('leaves other figures as they are', () => {
  for (const text of ['12.345', '20260305', VILLAGE, '2026-03-01 2026-03-31', '1,234,567.891'])
    expect(withoutNumbers(text)).toBe(text)
})
