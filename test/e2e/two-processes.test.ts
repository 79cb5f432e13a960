// P1 with two Chromiums on one profile. The second refuses, as long as the first one's lock is there; where it isn't any
// more, two processes really stand on one profile, and neither the lock of a page nor a transaction reaches from one to
// the other. Real Chromium, the built worker, real HTTP; in the end the store is read raw and held against the releases.
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Published, publishReleases } from '../faults/county.ts'
import { judgeShown } from '../faults/judge.ts'
import { type Office, openOffice } from '../faults/office.ts'
import { buildPages } from '../faults/pages.ts'

const executablePath = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
const LOCK = 'SingletonLock'

let folder: string
let office: Office
let published: readonly Published[]
let contexts: BrowserContext[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-processes-'))
  contexts = []
  const { county, all } = await publishReleases(join(folder, 'county'), 3)
  published = all
  await buildPages(join(folder, 'pages'))
  office = await openOffice(county.dist, join(folder, 'pages'))
  offer(1)
})
afterEach(async () => {
  for (const context of contexts) await context.close().catch(() => undefined)
  await office.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const profile = (): string => join(folder, 'profile')
const shown = (number: number): boolean => office.shown.includes(published[number - 1]?.record.root ?? '-')
function offer(number: number): void {
  office.newest = published[number - 1]?.record ?? null
}

async function browser(): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile(), {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  contexts.push(context)
  return context
}

/** A page with the terminal's worker, at rest, that asks for what is newest at once. What it says stands in `said`. */
async function terminal(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`http://terminal.localhost:${office.port}/nothing`)
  const [script = ''] = readdirSync(join(folder, 'pages', 'assets')).filter((name) => name.startsWith('worker'))
  await page.evaluate((url) => {
    const worker = new Worker(url, { type: 'module', name: 'null' })
    const said: unknown[] = []
    worker.onmessage = ({ data }) => said.push(data)
    worker.postMessage({ type: 'rest' })
    setInterval(() => worker.postMessage({ type: 'sync-now' }), 200)
    Object.assign(globalThis, { sync: worker, said })
  }, `/assets/${script}`)
  return page
}

const said = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'said')))

/** Number of the release that the profile's store shows, whole; read raw by a browser of its own. */
async function judged(): Promise<number> {
  const page = await (await browser()).newPage()
  await page.goto(`http://terminal.localhost:${office.port}/`)
  const done = await office.ask({ do: 'look' })
  return 'seen' in done ? judgeShown(done.seen, published, false) : expect.fail(JSON.stringify(done))
}

it('the second process refuses the profile, and the first goes on undisturbed', async () => {
  await terminal(await browser())
  await expect.poll(() => shown(1), { timeout: 60_000 }).toBe(true)
  await expect(browser()).rejects.toThrow(/profile|closed/i)
  offer(2)
  await expect.poll(() => shown(2), { timeout: 60_000 }).toBe(true)
  await contexts.pop()?.close()
  expect(await judged()).toBe(2)
})

it('where the lock was lost, the second process shows nothing and spoils nothing, and takes over when the first is killed', async () => {
  const first = await browser()
  await terminal(first)
  await expect.poll(() => shown(1), { timeout: 60_000 }).toBe(true)
  const pid = Number(readlinkSync(join(profile(), LOCK)).split('-').at(-1))
  for (const name of readdirSync(profile())) if (name.startsWith('Singleton')) rmSync(join(profile(), name))
  const second = await terminal(await browser())
  await expect.poll(() => said(second), { timeout: 60_000 }).toContain('E-STORE')
  offer(2)
  await expect.poll(() => shown(2), { timeout: 60_000 }).toBe(true)
  process.kill(pid, 'SIGKILL')
  offer(3)
  await expect.poll(() => shown(3), { timeout: 120_000 }).toBe(true)
  await contexts.pop()?.close()
  expect(await judged()).toBe(3)
})
