// A reviewer at the console: a register is imported, the comparison run, a suspect looked into and decided on; without a
// fault that axe finds, at 1366 × 768. Real office, real child processes, real Chromium.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { fillPayments } from '../county/match-payments.ts'
import { addPeople, type Desk, expectAccessible, openDesk, picture, signIn } from './console-desk.ts'

const ID = '431225195003071234'

let folder: string
let office: Office
let desk: Desk
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-match-'))
  office = openOffice(join(folder, 'office'), new Date())
  await addPeople(office, [['shen', '梁审核', 'reviewer']], new Date())
  const payment = { fund: 'F055', village: '431225100201', group: '3组', amount: 42_000, status: '已发' }
  await fillPayments(office, [
    { ...payment, payee: '杨示例', idNumber: ID, batch: '2026-03', date: '2026-03-20' },
    { ...payment, payee: '杨示例', idNumber: ID, batch: '2026-04', date: '2026-04-20' },
    { ...payment, payee: '粟示例', idNumber: '', batch: '2026-03', date: '2026-03-20' },
  ])
  desk = await openDesk(office)
  page = await desk.page()
  await page.goto(desk.url)
}, 300_000)
afterAll(async () => {
  await desk?.close()
  await office?.close()
  rmSync(folder, { recursive: true, force: true })
})

it('imports a register, says which rows it could not read, compares, and keeps the decision', async () => {
  await signIn(page, 'shen')
  await page.getByRole('navigation').getByRole('link', { name: '数据比对' }).click()
  await page.getByText('先在“登记册”里导入一份').waitFor()
  await page.getByRole('tab', { name: '登记册' }).click()
  const file = join(folder, '死亡人员.csv')
  const rows = `杨示例,${ID},,2025-08-24\n粟示例,,431225100201,2025-08-24\n李示例,4.3E+17,,2025-01-01\n`
  writeFileSync(file, `姓名,身份证号,村,死亡日期\n${rows}`)
  await page.getByLabel('死亡人员文件').setInputFiles(file)
  await page.getByText('收下 2 行，1 行读不懂').waitFor({ timeout: 90_000 })
  await expectAccessible(page)
  await picture(page, 'match-registers')
  await page.getByRole('button', { name: '开始比对' }).click()
  await page.getByText('数据比对：做完了').waitFor({ timeout: 90_000 })
  await page.getByRole('tab', { name: '疑点' }).click()
  await page.getByRole('cell', { name: '粟示例', exact: true }).waitFor()
  await expectAccessible(page)
  await picture(page, 'match-suspects')
  await page.getByRole('button', { name: '查看 杨示例' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('840.00').waitFor()
  await expectAccessible(page)
  await picture(page, 'match-suspect')
  await dialog.getByRole('button', { name: '记下处理' }).click()
  await dialog.getByText('写明核查的情况').waitFor()
  await dialog.getByLabel('处理', { exact: true }).selectOption('已移交')
  await dialog.getByLabel('核查情况').fill('移交县纪委监委第三室')
  await dialog.getByRole('button', { name: '记下处理' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => page.getByRole('cell', { name: '杨示例', exact: true }).count()).toBe(0)
  await page.getByLabel('状态').selectOption('已移交（1）')
  await page.getByRole('cell', { name: '杨示例', exact: true }).waitFor()
}, 300_000)

it('changes a rule, which the next run goes by', async () => {
  await page.getByRole('tab', { name: '规则' }).click()
  await page
    .getByRole('row', { name: /死亡后仍在领取/ })
    .getByRole('button', { name: '修改' })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('最低分').fill('90')
  await expectAccessible(page)
  await picture(page, 'match-rule')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  // The list comes anew after the dialog has gone.
  await expect.poll(() => page.getByRole('row', { name: /死亡后仍在领取/ }).textContent()).toContain('90')
  await page.getByRole('tab', { name: '比对记录' }).click()
  await page.getByRole('row', { name: /shen/ }).waitFor()
  await expectAccessible(page)
}, 200_000)
