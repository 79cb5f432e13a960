// An operator with a workbook of several sheets, by keyboard alone; and one who comes back after a power cut. Real office, real
// child processes, real Chromium at 1366 × 768.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as xlsx from '@e965/xlsx'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { incomingOf } from '../../sync/county/import/leftovers.ts'
import { startRun } from '../../sync/county/import/runs.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { changeIn, rowsIn } from '../county/books-file.ts'
import { addPeople, type Desk, expectAccessible, openDesk, picture, signIn } from './console-desk.ts'

/** A process number above what Linux gives: nobody has it. */
const NOBODY = 999_999_999
const HEAD = ['村代码', '姓名', '金额', '发放日期', '资金编号']
let folder: string
let office: Office
let desk: Desk
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-sheets-'))
  office = openOffice(join(folder, 'office'), new Date())
  await addPeople(office, [['li', '李录入', 'operator']], new Date())
  desk = await openDesk(office)
  page = await desk.page()
  await page.goto(desk.url)
  await signIn(page, 'li')
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await office?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A sheet for each of two villages, one of them with a bad amount, and a sheet of explanations. */
function workbook(): string {
  const book = xlsx.utils.book_new()
  const row = (name: string, amount: number | string) => ['431225100201', name, amount, '2026-03-20', 'F001']
  const sheets: [string, (string | number)[][]][] = [
    ['一组', [HEAD, row('杨示例', 1), row('粟示例', 2)]],
    ['二组', [HEAD, row('龙示例', '三百')]],
    ['说明', [['填表说明']]],
  ]
  for (const [name, rows] of sheets) xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), name)
  const file = join(folder, '各组.xlsx')
  writeFileSync(file, xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }))
  return file
}

it('takes the ticked sheets of a workbook in one go, without a mouse', async () => {
  await page.getByRole('navigation').getByRole('link', { name: '导入' }).press('Enter')
  await page.getByRole('button', { name: '导入文件' }).press('Enter')
  await page.getByLabel('文件', { exact: true }).setInputFiles(workbook())
  await page.getByRole('button', { name: '上传并看表头' }).press('Enter')
  const first = page.getByRole('checkbox', { name: '一组' })
  await first.waitFor({ timeout: 120_000 })
  await first.press('Space')
  await page.getByRole('checkbox', { name: '二组' }).press('Space')
  await page.getByText('共 3 张，已选 2 张').waitFor()
  await expectAccessible(page)
  await picture(page, 'imports-sheets')
  await page.getByRole('button', { name: '看所选工作表的表头' }).press('Enter')
  const look = page.getByRole('button', { name: '核对全部行（先不入库）' })
  await look.waitFor({ timeout: 120_000 })
  await picture(page, 'imports-sheets-headings')
  await look.press('Enter')
  await page
    .getByRole('row', { name: /二组\s*3?.*三百.*应为金额（元，最多两位小数），实为“三百”；请改成/ })
    .waitFor({ timeout: 120_000 })
  await page.getByText('只读了工作表“一组、二组”，没有读：“说明”。').waitFor()
  await expectAccessible(page)
  await picture(page, 'imports-sheets-result')
  await page.getByRole('button', { name: /只入库 2 行好的，1 行留下/ }).press('Enter')
  await page.getByText(/第 1 批已入库/).waitFor({ timeout: 120_000 })
  expect(rowsIn(office, 'SELECT file FROM origins WHERE import = 1 ORDER BY id')).toEqual([
    { file: '各组.xlsx [一组]' },
    { file: '各组.xlsx [二组]' },
  ])
  await page.getByRole('button', { name: '回到列表' }).press('Enter')
}, 600_000)

it('after a power cut offers to go on, and one press brings the file in', async () => {
  const path = join(incomingOf(office), '00000000-0000-4000-8000-000000000001.csv')
  mkdirSync(incomingOf(office), { recursive: true })
  writeFileSync(path, `${HEAD.join(',')}\n431225100201,吴示例,5,2026-03-21,F001\n`)
  const choices = { map: [], set: [], sheet: null, header: null, sender: null, take: 'part' as const, refused: null }
  const run = {
    table: 'payments' as const,
    file: '名册.csv',
    path,
    choices: { ...choices, within: null },
    by: '李录入',
  }
  const id = await startRun(await office.books(), run, new Date())
  changeIn(office, 'UPDATE importRuns SET pid = ? WHERE id = ?', NOBODY, id)
  await page.reload()
  const notice = page.getByRole('status').filter({ hasText: '《名册.csv》导入到一半断了，没有留下半截数据' })
  await notice.waitFor()
  await expectAccessible(page)
  await picture(page, 'imports-broken')
  await notice.getByRole('button', { name: '接着导入' }).press('Enter')
  await page.getByText(/第 2 批已入库/).waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: '知道了' }).press('Enter')
  await page.getByRole('row', { name: /名册\.csv.*李录入.*未公开/ }).waitFor()
  expect(await page.getByText('没有入库的').count()).toBe(0)
  await expectAccessible(page)
}, 300_000)
