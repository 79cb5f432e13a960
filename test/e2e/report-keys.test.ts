// The report key is on every row: all screens are gone through, and what each key carries is read. A row that shows a
// record without a key fails, and so does a screen that isn't listed here. Over invented data; the list of places is
// test/pages/places.ts.
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodePlace } from '../../renderer/navigation/link.ts'
import type { ObjectKind } from '../../sync/contract/report.ts'
import { SHOWN } from '../pages/places.ts'
import { atRest } from './screens-rest.ts'

/**
 * Rows that need no key beside them, and why: the figure is a sum or belongs to the thing that the whole screen is
 * about, which the bar's key carries; masked rows lead to nobody by rule; or the row only leads to such a screen.
 */
const WITHOUT = [
  '.tile', // leads on, shows no record
  '[data-screen="compare"] .trio', // sums of three villages
  '[data-screen="funds"] .row-way', // a fund's sum; leads to the fund
  '.spread-row', // sums by place or month
  '.where-month',
  '[data-screen="fund"] .row-say, [data-screen="fund-spread"] .row-say', // masked rows and totals
  '[data-screen="fund"] article', // goals and problems of a project of the fund
  '.project-card', // leads to the project
  '[data-screen="project"] .row-say', // its payments and facts
  '.policy-hit', // leads to the policy
  '.versions-clause',
  '.source-cell', // cells of the payment that the screen is about
  '[data-screen="masked-why"] li',
].join(', ')

/** What the bar's key carries, by screen; 'none' is the village one stands in. */
const BAR: Readonly<Record<string, ObjectKind>> = {
  fund: 'fund',
  'fund-spread': 'fund',
  'fund-payments': 'fund',
  source: 'payment',
  voucher: 'voucher',
  project: 'project',
  policy: 'policy',
}
/** What the keys of its rows carry, by screen. */
const ROWS: Readonly<Record<string, ObjectKind>> = {
  household: 'payment',
  'fund-payments': 'payment',
  finance: 'voucher',
  'finance-class': 'voucher',
  'holdings/assets': 'asset',
  'holdings/contracts': 'contract',
  'holdings/debts': 'debt',
  notices: 'notice',
}
/** Places that show a message, an absence or a figure that isn't published: the bar has the village only. */
const ABSENT = new Set(['voucher-gone', 'fund-unpublished', 'fund-pending'])

let server: ViteDevServer
let browser: Browser
let page: Page
beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../pages/vite.config.ts', import.meta.url))
  const open = { port: 0, host: '127.0.0.1', watch: null, hmr: false } as const
  server = await createServer({ configFile, server: open, logLevel: 'error' })
  await server.listen()
  const executablePath = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Taps the key and reads what it would have put into a message. */
async function carried(selector: string): Promise<{ kind: ObjectKind; snapshot: unknown[] }> {
  await page.evaluate(() => delete document.documentElement.dataset.reported)
  await page.locator(selector).first().click()
  await page.waitForFunction(() => document.documentElement.dataset.reported !== undefined)
  return page.evaluate(() => JSON.parse(document.documentElement.dataset.reported ?? ''))
}

/** Runs in the page: rows without a key, and how many have one. */
function rowsOf(without: string): { bare: string[]; keyed: number } {
  const rows = [...document.querySelectorAll('.content [data-more]')]
  const hasKey = (row: Element): boolean =>
    row.querySelector('[data-tone="cin"]') !== null ||
    (row.parentElement?.matches('.row-line') === true && row.parentElement.querySelector('[data-tone="cin"]') !== null)
  const bare = rows.filter((row) => !hasKey(row) && !row.matches(without))
  return {
    bare: bare.map((row) => `${row.className}: ${row.textContent?.slice(0, 40)}`),
    keyed: rows.filter(hasKey).length,
  }
}

it('is on every record of every screen, and carries just that record', async () => {
  page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' })
  const base = server.resolvedUrls?.local[0] ?? ''
  const found: string[] = []
  for (const { name, place } of SHOWN) {
    await page.goto('about:blank')
    await page.goto(base + encodePlace(place))
    await page.locator('[data-screen]').first().waitFor()
    await atRest(page)
    const { bare, keyed } = await page.evaluate(rowsOf, WITHOUT)
    found.push(...bare.map((row) => `${name}: no key on ${row}`))
    const where = place.screen === 'holdings' ? `holdings/${place.tab}` : place.screen
    const expected = ROWS[where]
    if (keyed > 0) {
      const { kind, snapshot } = await carried('.content [data-more] [data-tone="cin"], .row-line > [data-tone="cin"]')
      if (kind !== expected) found.push(`${name}: its rows carry ${kind}, expected ${expected}`)
      if (snapshot.length < 2) found.push(`${name}: its rows carry no snapshot`)
    } else if (expected !== undefined && name !== 'finance-unpublished' && name !== 'payments-groups')
      found.push(`${name}: no row has a key`)
    const bar = await carried('.low-bar-report .key')
    const wanted = ABSENT.has(name) ? 'none' : (BAR[place.screen] ?? 'none')
    if (bar.kind !== wanted) found.push(`${name}: the bar's key carries ${bar.kind}, expected ${wanted}`)
  }
  expect(found).toEqual([])
}, 400_000)
