// A reviewer at the console: a register is imported, the comparison run, a suspect looked into and decided on; without a
// fault that axe finds, at 1366 × 768. Real office, real child processes, real Chromium.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addAccount } from '../../sync/county/accounts/accounts.ts'
import { createApp } from '../../sync/county/http/app.ts'
import { createJobs, type JobRunner } from '../../sync/county/jobs/runner.ts'
import { ticketFor } from '../../sync/county/jobs/ticket.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { fillPayments } from '../county/match-payments.ts'

const PASSWORD = '井水清甜四季长流不断'
const ID = '431225195003071234'
/** ms that a list may take to come anew on a shared machine. */
const POLL = { timeout: 20_000 }

let folder: string
let office: Office
let jobs: JobRunner
let server: Server
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-match-'))
  office = openOffice(join(folder, 'office'), new Date())
  const consoleFolder = join(folder, 'console')
  await build({ configFile: 'sync/console/vite.config.ts', logLevel: 'error', build: { outDir: consoleFolder } })
  const account = {
    login: 'shen',
    name: '梁审核',
    password: PASSWORD,
    roles: ['reviewer'],
    township: null,
    mustChange: false,
  }
  await addAccount(await office.service(), account, 'test', new Date())
  const payment = { fund: 'F055', village: '431225100201', group: '3组', amount: 42_000, status: '已发' }
  fillPayments(office, [
    { ...payment, payee: '杨示例', idNumber: ID, batch: '2026-03', date: '2026-03-20' },
    { ...payment, payee: '杨示例', idNumber: ID, batch: '2026-04', date: '2026-04-20' },
    { ...payment, payee: '粟示例', idNumber: '', batch: '2026-03', date: '2026-03-20' },
  ])
  const now = (): Date => new Date()
  const warn = (): void => undefined
  jobs = createJobs({ folder: office.folder, ticket: (actor) => ticketFor(office, actor, now()), now, warn })
  const app = createApp({ office, now, jobs, consoleFolder, names: [], warn })
  server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  browser = await chromium.launch({
    executablePath: process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.setDefaultTimeout(60_000)
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/console/`)
}, 300_000)
afterAll(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  await jobs?.close()
  await office?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A picture for whoever looks, where SUNHALL_PICTURES names a folder. */
async function picture(name: string): Promise<void> {
  const pictures = process.env.SUNHALL_PICTURES
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function expectAccessible(): Promise<void> {
  await page.evaluate(axe.source)
  const found = 'axe.run().then(({ violations }) => violations.map((one) => one.id + ": " + one.nodes[0].html))'
  expect(await page.evaluate(found)).toEqual([])
}

it('imports a register, says which rows it could not read, compares, and keeps the decision', async () => {
  await page.getByLabel('账号').fill('shen')
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation').getByRole('link', { name: '数据比对' }).click()
  await page.getByText('先在“登记册”里导入一份').waitFor()
  await page.getByRole('tab', { name: '登记册' }).click()
  const file = join(folder, '死亡人员.csv')
  const rows = `杨示例,${ID},,2025-08-24\n粟示例,,431225100201,2025-08-24\n李示例,4.3E+17,,2025-01-01\n`
  writeFileSync(file, `姓名,身份证号,村,死亡日期\n${rows}`)
  await page.getByLabel('死亡人员文件').setInputFiles(file)
  await page.getByText('收下 2 行，1 行读不懂').waitFor({ timeout: 90_000 })
  await expectAccessible()
  await picture('match-registers')
  await page.getByRole('button', { name: '开始比对' }).click()
  await page.getByText('数据比对：做完了').waitFor({ timeout: 90_000 })
  await page.getByRole('tab', { name: '疑点' }).click()
  await page.getByRole('cell', { name: '粟示例', exact: true }).waitFor()
  await expectAccessible()
  await picture('match-suspects')
  await page.getByRole('button', { name: '查看 杨示例' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('840.00').waitFor()
  await expectAccessible()
  await picture('match-suspect')
  await dialog.getByRole('button', { name: '记下处理' }).click()
  await dialog.getByText('写明核查的情况').waitFor()
  await dialog.getByLabel('处理', { exact: true }).selectOption('已移交')
  await dialog.getByLabel('核查情况').fill('移交县纪委监委第三室')
  await dialog.getByRole('button', { name: '记下处理' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => page.getByRole('cell', { name: '杨示例', exact: true }).count(), POLL).toBe(0)
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
  await expectAccessible()
  await picture('match-rule')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  // The list comes anew after the dialog has gone.
  await expect.poll(() => page.getByRole('row', { name: /死亡后仍在领取/ }).textContent(), POLL).toContain('90')
  await page.getByRole('tab', { name: '比对记录' }).click()
  await page.getByRole('row', { name: /shen/ }).waitFor()
  await expectAccessible()
}, 200_000)
