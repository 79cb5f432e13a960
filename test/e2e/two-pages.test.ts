// P1 with two pages of one browser on one profile, as a second window or a page being reloaded makes them: the built
// worker in real Chromium over real HTTP. One writes; the other waits, and takes over when that page is closed or its
// process dies. And a line to the host that is cut, as only real HTTP shows it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { publishReleases } from '../faults/county.ts'
import { type Office, openOffice } from '../faults/office.ts'
import { buildPages } from '../faults/pages.ts'

const executablePath = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'

let folder: string
let office: Office
let records: ReleaseRecord[]
let context: BrowserContext
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-pages-'))
  const { county, all } = await publishReleases(join(folder, 'county'), 2)
  records = all.map(({ record }) => record)
  await buildPages(join(folder, 'pages'))
  office = await openOffice(county.dist, join(folder, 'pages'))
  office.newest = records[0] ?? null
  context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  })
})
afterEach(async () => {
  await context.close()
  await office.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A page with the terminal's worker, at rest: it asks for what is newest at once. */
async function open(): Promise<Page> {
  const page = await context.newPage()
  // No page of the office's: only its origin counts.
  await page.goto(`http://terminal.localhost:${office.port}/nothing`)
  const [script = ''] = readdirSync(join(folder, 'pages', 'assets')).filter((name) => name.startsWith('worker'))
  await page.evaluate((url) => {
    const worker = new Worker(url, { type: 'module', name: 'null' })
    worker.postMessage({ type: 'rest' })
    setInterval(() => worker.postMessage({ type: 'sync-now' }), 200)
    Reflect.set(globalThis, 'sync', worker)
  }, `/assets/${script}`)
  return page
}

const shown = (number: number): boolean => office.shown.includes(records[number - 1]?.root ?? '-')
const waiting = (page: Page): Promise<number> =>
  page.evaluate(async () => (await navigator.locks.query()).pending?.length ?? 0)

it('the second page touches nothing while the first writes, and brings the next release when that one is closed', async () => {
  const first = await open()
  await expect.poll(() => shown(1), { timeout: 60_000 }).toBe(true)
  const second = await open()
  await expect.poll(() => waiting(second)).toBe(1)
  await first.close()
  office.asked.length = 0
  office.newest = records[1] ?? null
  await expect.poll(() => shown(2), { timeout: 60_000 }).toBe(true)
  // Out of what the first one had stored: the patch, and nothing else of the release's own.
  expect(office.asked.filter((path) => !path.startsWith('media/'))).toEqual([expect.stringMatching(/^patches\//)])
})

it('the second page takes over when the process of the first is killed in mid-load, and fetches only what is lacking', async () => {
  const parts = Object.keys(records[0]?.packs ?? {}).length
  // The line is silent from the third pack on, until the first page is gone.
  let silent = true
  office.silent = (path) => silent && path.startsWith('packs/') && office.asked.length > 2
  const first = await open()
  await expect.poll(() => office.asked.length, { timeout: 60_000 }).toBeGreaterThan(2)
  const second = await open()
  await expect.poll(() => waiting(second)).toBe(1)
  const had = office.asked.slice(0, 2)
  const devtools = await context.newCDPSession(first)
  devtools.send('Page.crash').catch(() => undefined)
  silent = false
  await expect.poll(() => shown(1), { timeout: 60_000 }).toBe(true)
  expect(office.asked.filter((path) => had.includes(path))).toHaveLength(2)
  expect(new Set(office.asked.filter((path) => path.startsWith('packs/'))).size).toBe(parts)
})

it('a row patch in whose middle the line is cut is asked for again, and not given up for whole blocks', async () => {
  await open()
  await expect.poll(() => shown(1), { timeout: 60_000 }).toBe(true)
  office.asked.length = 0
  let cuts = 3
  office.cut = (path) => path.startsWith('patches/') && cuts-- > 0
  office.newest = records[1] ?? null
  await expect.poll(() => shown(2), { timeout: 60_000 }).toBe(true)
  const asked = office.asked.filter((path) => !path.startsWith('media/'))
  expect(asked.map((path) => path.split('/')[0])).toEqual(['patches', 'patches', 'patches', 'patches'])
})
