// What every test of the console stands on: the built pages, a real server over a real office, people with accounts, real
// Chromium at the size of the office's screens, and axe.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { expect } from 'vitest'
import type { Role } from '../../sync/contract/console/session.ts'
import { addAccount } from '../../sync/county/accounts/accounts.ts'
import { createApp } from '../../sync/county/http/app.ts'
import { createJobs } from '../../sync/county/jobs/runner.ts'
import { ticketFor } from '../../sync/county/jobs/ticket.ts'
import type { Office } from '../../sync/county/office.ts'

/** The size that the console is made for (`docs/office.md`). */
const SCREEN = { width: 1366, height: 768 }
/** ms that a page on a shared machine may take over one step. */
const STEP_MS = 60_000

/** Everyone in these tests has the same password. */
export const PASSWORD = '井水清甜四季长流不断'

export type Person = readonly [login: string, name: string, role: Role]

export interface Desk {
  /** Address of the console, ending in `/console/`. */
  url: string
  /** A new page, in a browser context of its own, of which nobody has signed in. */
  page(): Promise<Page>
  close(): Promise<void>
}

/** Serves the console of `office`. `now` is the office's clock. */
export async function openDesk(office: Office, now: () => Date = () => new Date()): Promise<Desk> {
  const scratch = mkdtempSync(join(tmpdir(), 'console-'))
  const consoleFolder = join(scratch, 'console')
  await build({ configFile: 'sync/console/vite.config.ts', logLevel: 'error', build: { outDir: consoleFolder } })
  const warn = (): void => undefined
  const jobs = createJobs({ folder: office.folder, ticket: (actor) => ticketFor(office, actor, now()), now, warn })
  const app = createApp({ office, now, jobs, consoleFolder, names: [], warn })
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const browser = await openBrowser()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/console/`,
    async page() {
      const context = await browser.newContext({ viewport: SCREEN })
      const page = await context.newPage()
      page.setDefaultTimeout(STEP_MS)
      return page
    },
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      await jobs.close()
      rmSync(scratch, { recursive: true, force: true })
    },
  }
}

/** Chromium of the machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.SUNHALL_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
}

/** Accounts of the whole county, with `PASSWORD`. */
export async function addPeople(office: Office, people: readonly Person[], now: Date): Promise<void> {
  const service = await office.service()
  for (const [login, name, role] of people) {
    const account = { login, name, password: PASSWORD, roles: [role], township: null, mustChange: false }
    await addAccount(service, account, 'test', now)
  }
}

/** Fills in the form that `page` shows, and waits for the menu. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.getByLabel('账号', { exact: true }).fill(login)
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** Expects that axe finds nothing. The console's policy allows no inline script, which `evaluate` isn't. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const found = 'axe.run().then(({ violations }) => violations.map((one) => one.id + ": " + one.nodes[0].html))'
  expect(await page.evaluate(found)).toEqual([])
}

/** A picture for whoever looks, where SUNHALL_PICTURES names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const pictures = process.env.SUNHALL_PICTURES
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}
