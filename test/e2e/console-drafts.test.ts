// Two people at the console: the difference and the preview are looked at, one who imported can't approve, another does, a
// third publishes, and a mistake is taken back; without a fault that axe finds, at 1366 × 768. Real office, real child
// processes with the terminals' own verifier, real Chromium.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addAccount } from '../../sync/county/accounts/accounts.ts'
import { justify, listFindings } from '../../sync/county/checks/findings.ts'
import { runChecks } from '../../sync/county/checks/run.ts'
import { createApp } from '../../sync/county/http/app.ts'
import { createJobs, type JobRunner } from '../../sync/county/jobs/runner.ts'
import { ticketFor } from '../../sync/county/jobs/ticket.ts'
import { makeRealKeys } from '../../sync/county/keys/ceremony.ts'
import type { Office } from '../../sync/county/office.ts'
import { publishedRelease } from '../../sync/county/release/published.ts'
import { plantedOffice } from '../county/planted-office.ts'

const PASSWORD = '井水清甜四季长流不断'
const PASSPHRASE = '雪峰山下渠水河边一百二十四户'
const PEOPLE = [
  ['zhang', '张经办', 'operator'],
  ['li', '李审核', 'reviewer'],
  ['zhao', '赵发布', 'publisher'],
] as const
type Login = (typeof PEOPLE)[number][0]
/** A job proves, signs and verifies in processes of their own. */
const JOB_MS = 120_000

let folder: string
let scratch: string
let office: Office
let jobs: JobRunner
let server: Server
let browser: Browser
const pages = new Map<Login, Page>()

beforeAll(async () => {
  ;({ office, folder } = await plantedOffice())
  scratch = mkdtempSync(join(tmpdir(), 'console-drafts-'))
  const consoleFolder = join(scratch, 'console')
  await build({ configFile: 'sync/console/vite.config.ts', logLevel: 'error', build: { outDir: consoleFolder } })
  const rootOut = ['a', 'b', 'c'].map((name) => join(scratch, name))
  for (const stick of rootOut) mkdirSync(stick)
  await makeRealKeys(office, { rootOut, passphrase: PASSPHRASE }, new Date())
  const service = await office.service()
  for (const [login, name, role] of PEOPLE)
    await addAccount(
      service,
      { login, name, password: PASSWORD, roles: [role], township: null, mustChange: false },
      'test',
      new Date(),
    )
  await settleFindings()
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
  for (const [login] of PEOPLE) pages.set(login, await signedIn(login))
}, 240_000)
afterAll(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  await jobs?.close()
  await office?.close()
  for (const path of [folder, scratch]) rmSync(path, { recursive: true, force: true })
})

/** The planted office allocates less than it pays, which is mended; and has warnings: a person says why they may stand. */
async function settleFindings(): Promise<void> {
  office.database.exec('UPDATE allocations SET amount = amount * 1000')
  await runChecks(office, new Date())
  const service = await office.service()
  const actor = { login: 'li', name: '李审核', roles: ['reviewer' as const], township: null }
  const { findings } = await listFindings(service)
  for (const rule of new Set(findings.map((one) => one.rule)))
    await justify(service, { what: { rule }, words: '示例数据，已核对' }, actor, new Date())
}

async function signedIn(login: Login): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/console/`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation').getByRole('link', { name: '审核发布' }).click()
  return page
}

function pageOf(login: Login): Page {
  const page = pages.get(login)
  if (page === undefined) throw new Error(`Expected a page of ${login}, found none`)
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  const pictures = process.env.SUNHALL_PICTURES
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const found = 'axe.run().then(({ violations }) => violations.map((one) => one.id + ": " + one.nodes[0].html))'
  expect(await page.evaluate(found)).toEqual([])
}

async function opened(login: Login, id: number): Promise<Page> {
  const page = pageOf(login)
  await page.getByRole('navigation').getByRole('link', { name: '审核发布' }).click()
  await page.reload()
  await page
    .getByRole('cell', { name: `第 ${id} 稿` })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: `第 ${id} 稿` }).waitFor()
  return page
}

it('an operator proposes, sees what changes and what a terminal will show, and can’t approve', async () => {
  const page = pageOf('zhang')
  await page.getByRole('button', { name: '生成送审稿' }).click()
  await page.getByText('生成送审稿：做完了').waitFor({ timeout: JOB_MS })
  await expectAccessible(page)
  await picture(page, 'drafts-list')
  await opened('zhang', 1)
  await page.getByRole('heading', { name: '各资金项目' }).waitFor()
  await page.getByText('本稿由 张经办 提交，须由另一人审核').waitFor()
  expect(await page.getByRole('button', { name: '批准…' }).count()).toBe(0)
  await expectAccessible(page)
  await picture(page, 'drafts-difference')
  await page.getByRole('tab', { name: '逐行对照' }).click()
  await page.getByLabel('类别').selectOption('到户发放')
  await page.getByText('粟明一').first().waitFor()
  await expectAccessible(page)
  await picture(page, 'drafts-rows')
  await page.getByRole('tab', { name: '终端将显示' }).click()
  await page.getByLabel('村镇').selectOption({ value: '431225100201' })
  await page.getByLabel('类别').selectOption({ value: 'masked' })
  await page.getByRole('columnheader', { name: '姓', exact: true }).waitFor()
  expect(await page.getByRole('columnheader', { name: '姓名' }).count()).toBe(0)
  await expectAccessible(page)
  await picture(page, 'drafts-preview')
}, 240_000)

it('a reviewer sends it back with words, and approves the next with the passphrase; a publisher publishes it', async () => {
  const reviewer = await opened('li', 1)
  await reviewer.getByRole('button', { name: '退回…' }).click()
  await reviewer.getByLabel('哪里不对').fill('请核对三月的金额')
  await expectAccessible(reviewer)
  await reviewer.getByRole('dialog').getByRole('button', { name: '退回', exact: true }).click()
  await reviewer.getByText('退回的原因：请核对三月的金额').waitFor()
  const operator = await opened('zhang', 1)
  await operator.getByText('请核对三月的金额').waitFor()
  await operator.getByRole('link', { name: '回到审核发布' }).click()
  await operator.getByRole('button', { name: '生成送审稿' }).click()
  await operator.getByText('生成送审稿：做完了').waitFor({ timeout: JOB_MS })
  await opened('li', 2)
  await reviewer.getByRole('button', { name: '批准…' }).click()
  await reviewer.getByLabel('发布密钥的口令').fill(PASSPHRASE)
  await expectAccessible(reviewer)
  await picture(reviewer, 'drafts-approve')
  await reviewer.getByRole('button', { name: '批准并签名' }).click()
  await reviewer.getByText('批准第 2 稿并签名：做完了').waitFor({ timeout: JOB_MS })
  expect(publishedRelease(office.dist)).toBeNull()
  const publisher = await opened('zhao', 2)
  await publisher.getByRole('button', { name: '发布…' }).click()
  await expectAccessible(publisher)
  await picture(publisher, 'drafts-publish')
  await publisher.getByRole('button', { name: '现在发布' }).click()
  await publisher.getByText('发布第 2 稿：做完了').waitFor({ timeout: JOB_MS })
  expect(publishedRelease(office.dist)?.record).toMatchObject({ number: 1, reviewed: true })
}, 480_000)

it('a publisher takes a mistake back, in words, and a reviewer has to agree', async () => {
  const publisher = pageOf('zhao')
  await publisher.getByRole('link', { name: '回到审核发布' }).click()
  await publisher.getByText('经两人复核').waitFor()
  await expectAccessible(publisher)
  await publisher.getByRole('button', { name: '撤回…' }).click()
  await publisher.getByLabel(/notices/).check()
  await publisher.getByLabel('错在哪里').fill('公告发错了')
  await expectAccessible(publisher)
  await picture(publisher, 'drafts-withdraw')
  await publisher.getByRole('button', { name: '生成撤回稿，送审' }).click()
  await publisher.getByText('撤回第 1 期：做完了').waitFor({ timeout: JOB_MS })
  const reviewer = await opened('li', 3)
  await reviewer.getByText('发布后撤回第 1 期：公告发错了').waitFor()
  await expectAccessible(reviewer)
  expect(publishedRelease(office.dist)?.record.number).toBe(1)
}, 240_000)
