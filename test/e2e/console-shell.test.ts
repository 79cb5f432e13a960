// The console's shell as people of the office use it: signing in by keyboard, wrong passwords and the wait, what each
// role sees, making an account, checking the audit trail. Real office, real server, real Chromium at 1366 × 768.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { endSessionsOf } from '../../sync/county/accounts/sessions.ts'
import { createApp } from '../../sync/county/http/app.ts'
import { createJobs, type JobRunner } from '../../sync/county/jobs/runner.ts'
import { ticketFor } from '../../sync/county/jobs/ticket.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { type Serving, serveOffice } from '../../sync/county/serve/server.ts'
import { addPeople, expectAccessible, openBrowser, PASSWORD, type Person, picture } from './console-desk.ts'

const PEOPLE: readonly Person[] = [
  ['admin', '王示例', 'administrator'],
  ['li', '李示例', 'operator'],
  ['shen', '申示例', 'auditor'],
  ['ji', '纪示例', 'inspector'],
]

let folder = ''
let office: Office
let jobs: JobRunner
let serving: Serving
let browser: Browser
let page: Page
const now = (): Date => new Date()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-shell-'))
  const consoleFolder = join(folder, 'console')
  await build({ configFile: 'sync/console/vite.config.ts', logLevel: 'error', build: { outDir: consoleFolder } })
  office = openOffice(join(folder, 'office'), now())
  const warn = (line: string): void => console.error(line)
  jobs = createJobs({ folder: office.folder, ticket: (actor) => ticketFor(office, actor, now()), now, warn })
  const app = createApp({ office, now, jobs, consoleFolder, names: [], warn })
  const options = { dist: office.dist, host: '127.0.0.1', port: 0, timestampKey: null, now, log: null, warn }
  serving = await serveOffice({ ...options, app: getRequestListener(app.fetch) })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await jobs?.close()
  await serving?.close()
  await office?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.setDefaultTimeout(60_000)
})
afterEach(() => page.close())

async function open(path = '/console/'): Promise<void> {
  await page.goto(new URL(path, serving.url).href)
}
async function signIn(login: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('账号', { exact: true }).fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}
const links = (): Promise<string[]> => page.getByRole('navigation').locator('.app-nav-link').allTextContents()

it('tells how the first account is made, where there is none', async () => {
  await open()
  await page.getByText('users add admin').waitFor()
  expect(await page.getByLabel('密码').count()).toBe(0)
  await expectAccessible(page)
  await addPeople(office, PEOPLE, now())
})

describe('signing in', () => {
  it('works by keyboard alone, and out again', async () => {
    await open()
    await page.getByLabel('账号', { exact: true }).waitFor()
    await expectAccessible(page)
    await picture(page, 'shell-login')
    await page.keyboard.press('Tab')
    await page.keyboard.type('li')
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '待办' }).waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.getByRole('button', { name: '退出' }).press('Enter')
    await page.getByLabel('账号', { exact: true }).waitFor()
    // What stays says only that somebody has signed in from here before; no script of the page can read it.
    const stays = [{ name: 'sunhall-device', httpOnly: true, sameSite: 'Strict' }]
    expect(await page.context().cookies()).toMatchObject(stays)
  })

  it('says that a password is wrong, empties it, and after five of them asks to wait', async () => {
    await open()
    for (let guess = 0; guess < 5; guess += 1) {
      await signIn('ji', `wrong guess ${guess}`)
      // The notice of the guess before stands until this one is on its way: the emptied field is what ends a guess.
      await expect.poll(() => page.getByLabel('密码').inputValue()).toBe('')
      await page.getByRole('alert').filter({ hasText: '账号或密码不对' }).waitFor()
      await page.getByRole('button', { name: '登录' }).waitFor()
    }
    await signIn('ji')
    await page
      .getByRole('alert')
      .filter({ hasText: /请在 \d+ 秒后再试/ })
      .waitFor()
    await expectAccessible(page)
    await picture(page, 'shell-wait')
  })

  it('is asked for again when the session has ended elsewhere, and nothing of before stays', async () => {
    await open('/console/users')
    await signIn('admin')
    await page.getByRole('cell', { name: '李示例' }).waitFor()
    await endSessionsOf(await office.service(), 'admin')
    await page.getByRole('button', { name: '修改 li' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await page.getByText('登录已经结束').waitFor()
    expect(await page.getByText('李示例').count()).toBe(0)
  })
})

describe('each role', () => {
  it.each([
    ['admin', ['账号'], ['审计记录', '群众来信', '导入']],
    ['shen', ['审计记录'], ['账号', '群众来信', '导入']],
    ['ji', ['群众来信'], ['账号', '审计记录', '导入']],
    ['li', ['导入'], ['账号', '审计记录', '群众来信']],
  ])('%s sees its own pages and no others, by address neither', async (login, seen, hidden) => {
    // The wait after wrong guesses is another test's.
    await (await office.service()).deleteFrom('tries').execute()
    await open()
    await signIn(login)
    await page.getByRole('heading', { name: '待办' }).waitFor()
    const shown = await links()
    for (const title of seen) expect(shown).toContain(title)
    for (const title of hidden) expect(shown).not.toContain(title)
    await expectAccessible(page)
    await picture(page, `shell-home-${login}`)
    await open(login === 'admin' ? '/console/audit' : '/console/users')
    await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  })
})

it('an administrator makes an account; its person must choose a password first; the auditor finds all of it', async () => {
  await open('/console/users')
  await signIn('admin')
  await page.getByRole('button', { name: '新建账号' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('账号', { exact: true }).fill('zhao')
  await dialog.getByLabel('姓名').fill('赵示例')
  await dialog.getByLabel('账号管理员').check()
  await dialog.getByLabel('审核人').check()
  await expectAccessible(page)
  await picture(page, 'shell-dialog')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('账号管理员').uncheck()
  await dialog.getByRole('button', { name: '保存' }).click()
  const made = (await page.locator('.users-password').textContent()) ?? ''
  await page.getByRole('cell', { name: '赵示例' }).waitFor()
  await expectAccessible(page)
  await picture(page, 'shell-users')
  await page.getByRole('button', { name: '退出' }).click()

  await signIn('zhao', made)
  await page.getByRole('heading', { name: '改密码' }).waitFor()
  expect(await page.getByRole('navigation').count()).toBe(0)
  await page.getByLabel('现在的密码').fill(made)
  await page.getByLabel('新密码', { exact: true }).fill('竹林深处有人家')
  await page.getByLabel('再输一遍新密码').fill('竹林深处有人')
  await page.getByText('两次输入的不一样').waitFor()
  await expectAccessible(page)
  await picture(page, 'shell-password')
  await page.getByLabel('新密码', { exact: true }).fill('竹林深处住着三户人家')
  await page.getByLabel('再输一遍新密码').fill('竹林深处住着三户人家')
  await page.getByRole('button', { name: '改密码' }).click()
  await page.getByRole('heading', { name: '待办' }).waitFor()
  await page.getByRole('button', { name: '退出' }).click()
  // Going elsewhere at once could cut the signing-out off.
  await page.getByLabel('账号', { exact: true }).waitFor()

  await open('/console/audit')
  await signIn('shen')
  await page.getByRole('cell', { name: '新建账号' }).first().waitFor()
  await page.getByRole('button', { name: '核对整条链' }).click()
  await page.getByText(/完整：\d+ 条记录首尾相接/).waitFor()
  await expectAccessible(page)
  await picture(page, 'shell-audit')
  const service = await office.service()
  await service.updateTable('audit').set({ actor: 'nobody' }).where('seq', '=', 3).execute()
  await page.getByRole('button', { name: '核对整条链' }).click()
  await page.getByText('不完整：第 3 条记录').waitFor()
  await picture(page, 'shell-audit-broken')
})
