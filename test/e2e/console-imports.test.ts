// An operator at the console: a dirty workbook goes up, its unknown heading is placed, the refused cells are shown, the good
// rows are taken, the rest is fetched to be mended. Real office, real child processes, real Chromium at 1366 × 768.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as xlsx from '@e965/xlsx'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { rowsIn } from '../county/books-file.ts'
import { addPeople, type Desk, expectAccessible, openDesk, picture, signIn } from './console-desk.ts'

let folder: string
let office: Office
let desk: Desk
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-imports-'))
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

/** Title and unit above two levels of headings, one of them unknown; one good row, one with a rounded ID; total and signature. */
function dirtyWorkbook(): string {
  const sheet = xlsx.utils.aoa_to_sheet([
    ['会同县2026年补贴发放表'],
    ['单位：元'],
    ['村代码', '姓名', '身份证号', '补贴', null, '发放日期', '经手柜台'],
    [null, null, null, '标准', '金额', null, null],
    ['431225100201', '<b>杨示例</b>', '431225197003041230', 105, 441, '2026.3.20', '一号'],
    ['431225100201', '粟示例', '4.31225E+17', 105, 210, '2026.3.20', '一号'],
    ['合　计', null, null, null, 651, null, null],
    ['制表人：李示例', null, null, null, null, null, null],
  ])
  const merges = ['A1:G1', 'D3:E3', 'A3:A4', 'B3:B4', 'C3:C4', 'F3:F4', 'G3:G4']
  sheet['!merges'] = merges.map((range) => xlsx.utils.decode_range(range))
  const book = xlsx.utils.book_new()
  xlsx.utils.book_append_sheet(book, sheet, '发放表')
  const file = join(folder, '发放表.xlsx')
  writeFileSync(file, xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }))
  return file
}

it('takes the good rows of a dirty workbook, and gives the others back to be mended', async () => {
  await page.getByRole('navigation').getByRole('link', { name: '导入' }).click()
  await page.getByRole('button', { name: '导入文件' }).click()
  await expectAccessible(page)
  await picture(page, 'imports-file')
  await page.getByLabel('谁报来的').fill('林城镇')
  await page.getByLabel('文件', { exact: true }).setInputFiles(dirtyWorkbook())
  await page.getByRole('button', { name: '上传并看表头' }).click()
  await page.getByText('还有 1 个表头没有对上：经手柜台').waitFor({ timeout: 120_000 })
  await expectAccessible(page)
  await picture(page, 'imports-headings')
  await page.getByLabel('“经手柜台”对应的字段').selectOption('')
  await page.getByLabel('资金编号').fill('F001')
  await page.getByRole('button', { name: '核对全部行（先不入库）' }).click()
  await page.getByText('拒收的格子').first().waitFor({ timeout: 120_000 })
  expect(await page.getByRole('row', { name: /4\.31225E\+17/ }).textContent()).toMatch(/发放表6C身份证号/)
  await expectAccessible(page)
  await picture(page, 'imports-result')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /下载待改的 Excel/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('发放表-待改.xlsx')
  await page.getByRole('button', { name: /只入库 1 行好的，1 行留下/ }).click()
  await page.getByText(/第 1 批已入库/).waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: '回到列表' }).click()
  await page.getByRole('row', { name: /发放表\.xlsx.*李录入/ }).waitFor()
  await expectAccessible(page)
  await picture(page, 'imports-list')
  expect(rowsIn(office, 'SELECT payee, amount FROM payments')).toMatchObject([
    { payee: '<b>杨示例</b>', amount: 44100 },
  ])
  // What was uploaded has done its work.
  expect(readdirSync(join(office.folder, 'incoming'))).toEqual([])
}, 600_000)

it('uses the heading that was placed for this sender the next time', async () => {
  await page.getByRole('button', { name: '导入文件' }).click()
  await page.getByLabel('谁报来的').fill('林城镇')
  await page.getByLabel('文件', { exact: true }).setInputFiles(dirtyWorkbook())
  await page.getByRole('button', { name: '上传并看表头' }).click()
  await page.getByRole('row', { name: /经手柜台.*上次记住的/ }).waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: '不导入了' }).click()
}, 300_000)

it('takes an import back when it is asked twice', async () => {
  await page.getByRole('button', { name: '撤回第 1 批' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('row', { name: /已撤回/ }).waitFor({ timeout: 120_000 })
}, 300_000)

it('refuses 2 GB by what is announced, and a path in a file’s name, without leaving a byte', async () => {
  const cookies = await page.context().cookies()
  const token = String(
    await page.evaluate("fetch('/console/api/session').then((r) => r.json()).then((s) => s.session.csrf)"),
  )
  const headers = {
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    origin: new URL(desk.url).origin,
    'content-type': 'application/octet-stream',
  }
  const { CSRF_HEADER } = await import('../../sync/contract/console/session.ts')
  const post = (name: string, length: number, body: string): Promise<number> =>
    new Promise((done, failed) => {
      const path = `/console/api/imports/files?name=${encodeURIComponent(name)}`
      const asked = request(
        {
          host: '127.0.0.1',
          port: new URL(desk.url).port,
          path,
          method: 'POST',
          headers: { ...headers, [CSRF_HEADER]: token, 'content-length': length },
        },
        (answer) => {
          answer.resume()
          done(answer.statusCode ?? 0)
          asked.destroy()
        },
      )
      asked.on('error', failed)
      asked.write(body)
    })
  const before = readdirSync(join(office.folder, 'incoming')).length
  expect(await post('a.csv', 3 * 1024 ** 3, 'x')).toBe(413)
  expect(readdirSync(join(office.folder, 'incoming'))).toHaveLength(before)
  expect(await post('../../../x.csv', 1, 'x')).toBe(200)
  expect(existsSync(join(folder, 'x.csv'))).toBe(false)
  expect(readdirSync(join(office.folder, 'incoming')).every((name) => /^[0-9a-f-]{36}\.[a-z]+$/.test(name))).toBe(true)
}, 60_000)
