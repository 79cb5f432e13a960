// A reviewer in a real browser: a faulty ledger is checked and a warning justified; a photo is blacked out with the mouse and
// with numbers, looked at, and only then published. Each page is read by axe.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addAccount } from '../../sync/county/accounts/accounts.ts'
import { createApp } from '../../sync/county/http/app.ts'
import { importFile } from '../../sync/county/import/import-file.ts'
import { createJobs, type JobRunner } from '../../sync/county/jobs/runner.ts'
import { ticketFor } from '../../sync/county/jobs/ticket.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { addPictures } from '../../sync/county/pictures/add.ts'
import { OfficeSource } from '../../sync/county/release/source.ts'

const PASSWORD = '审核 一句长长的 口令 2026'
const VILLAGE = '431225100201'
const now = (): Date => new Date()

let folder = ''
let office: Office
let jobs: JobRunner
let server: Server
let browser: Browser
let page: Page
let base = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-checks-'))
  office = openOffice(join(folder, 'office'), now())
  await fill()
  const outDir = join(folder, 'console')
  await build({ configFile: 'sync/console/vite.config.ts', logLevel: 'error', build: { outDir, emptyOutDir: true } })
  const warn = (): void => undefined
  jobs = createJobs({ folder: office.folder, ticket: (actor) => ticketFor(office, actor, now()), now, warn })
  const app = createApp({ office, now, jobs, consoleFolder: outDir, names: [], warn })
  server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch({
    executablePath: process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
})
afterAll(async () => {
  await browser?.close()
  await jobs?.close()
  server?.close()
  await office?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Two accounts, a ledger with a gap and a forbidden expense, and a photo that the operator handed over. */
async function fill(): Promise<void> {
  const service = await office.service()
  for (const [login, name, role] of [
    ['wangqiang', '王强', 'operator'],
    ['lifang', '李芳', 'reviewer'],
  ] as const)
    await addAccount(
      service,
      { login, name, roles: [role], township: null, password: PASSWORD, mustChange: false },
      'setup',
      now(),
    )
  const file = join(folder, '村级账.csv')
  const row = (voucher: string, summary: string): string =>
    `${VILLAGE},2026-08,${voucher},2026-08-12,${summary},expense,5.00,100.00,民主理财小组`
  writeFileSync(
    file,
    `村代码,期间,凭证号,日期,摘要,方向,金额,期初余额,审核人\n${row('记-001', '付招待费')}\n${row('记-003', '付水渠维修')}\n`,
  )
  await importFile(office, {
    table: 'ledger',
    file,
    map: new Map(),
    set: new Map(),
    refused: null,
    by: '王强',
    now: now(),
  })
  const photos = join(folder, 'photos')
  mkdirSync(photos)
  const photo = await sharp({ create: { width: 800, height: 500, channels: 3, background: '#c8d8b0' } })
    .jpeg()
    .toBuffer()
  writeFileSync(join(photos, `${VILLAGE}_2026-08_记-003.jpg`), photo)
  const actor = { login: 'wangqiang', name: '王强', roles: ['operator' as const], township: null }
  await addPictures(office, { paths: [photos], mapping: null, actor, now: now() })
}

async function faults(): Promise<string[]> {
  await page.evaluate(axe.source)
  const result = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

const published = (): string[] =>
  new OfficeSource(office.database, '2026-11-24').villageRows(VILLAGE).entries.flatMap(({ images }) => images)

it('checks what was imported, shows each rule with its law, and takes a word for a warning', async () => {
  await page.goto(`${base}/console/checks`)
  await page.getByLabel('账号').fill('lifang')
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '数据检查', level: 1 }).waitFor()
  await page.getByRole('button', { name: '重新检查' }).click()
  await page.getByText('查出 1 个错误、1 条待说明的提醒').waitFor({ timeout: 60_000 })
  expect(await faults()).toEqual([])
  await page.getByRole('button', { name: '县里禁止列支的开支' }).click()
  await page.getByRole('cell', { name: /记-001 付招待费 5\.00元/ }).waitFor()
  expect(await page.getByRole('cell', { name: /村级账\.csv 第 2 行/ }).count()).toBe(1)
  await page.getByRole('button', { name: '返回全部规则' }).click()
  await page.getByRole('button', { name: '凭证号不连续' }).click()
  await page.getByRole('button', { name: /^说明：/ }).click()
  await page.getByLabel('核实的情况和理由').fill('记-002作废，已附作废凭证')
  expect(await faults()).toEqual([])
  await page.getByRole('button', { name: '确认说明' }).click()
  await page.getByText('没有待处理的行').waitFor()
  await page.getByRole('button', { name: '返回全部规则' }).click()
  await page.getByText('查出 1 个错误、0 条待说明的提醒').waitFor()
})

it('blacks out parts by mouse and by numbers, and publishes a picture only after the look', async () => {
  await page.goto(`${base}/console/pictures`)
  await page.getByRole('button', { name: /付水渠维修票据/ }).click()
  const canvas = page.locator('.pictures-canvas svg')
  await canvas.waitFor()
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('Expected the picture on screen, found none')
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.25)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: '加一块' }).click()
  await page.getByLabel('第 2 块 左').fill('700')
  expect(await page.locator('.pictures-canvas rect').count()).toBe(2)
  expect(await faults()).toEqual([])
  await page.getByRole('button', { name: '保存遮盖' }).click()
  await page.getByText('遮盖已烧进图片').waitFor({ state: 'attached', timeout: 30_000 })
  expect(published()).toEqual([])
  await page.getByRole('checkbox', { name: /没有身份证号/ }).check()
  await page.getByRole('button', { name: '可以公开' }).click()
  await page.getByText('没有等着看的图片').waitFor()
  const [hash = ''] = published()
  const bytes = new OfficeSource(office.database, '2026-11-24').media(hash)
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number): number => data[(y * info.width + x) * info.channels] ?? 255
  expect([at(300, 190) < 12, at(750, 250) < 12, at(100, 450) > 150]).toEqual([true, true, true])
})
