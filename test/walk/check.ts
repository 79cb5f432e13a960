// The walk of `npm start -- --check`: publish, sync, stop the office, find three things by touch, go idle; then stop the
// host as well, reload the page from its precache and find one of them again (P3, P6).
import { join } from 'node:path'
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright'
import { z } from 'zod'
import { prepareOffice, provision, serveOffice } from '../../.ci/office.ts'
import { runUntil, stop } from '../../.ci/processes.ts'
import { messageOf } from '../../sync/contract/errors.ts'

export interface CheckResult {
  ok: boolean
  release: number | null
  datasets: Record<string, number>
  offline: boolean
  steps: { name: string; ms: number }[]
  error?: string
}

/** ms that any one screen may take on a shared machine before the walk counts as stuck. */
const PATIENCE_MS = 60_000
/** ms until the attract screen is back by itself: the config's 60 s and 20 s, and some for the machine. */
const IDLE_MS = 110_000

const key = (page: Page, words: RegExp): Locator => page.locator('button').filter({ hasText: words }).first()
const at = (page: Page, screen: string): Promise<void> =>
  page.locator(`[data-screen="${screen}"]`).waitFor({ timeout: PATIENCE_MS })

async function household(page: Page): Promise<void> {
  await key(page, /民生资金/).tap()
  await at(page, 'funds')
  await key(page, /按户查/).tap()
  await at(page, 'households')
  // Group, then surname where there is more than one, then the name: each step narrows the wall by one tap.
  for (let step = 0; step < 4 && !(await page.locator('[data-screen="household"]').isVisible()); step++) {
    await page.locator('[data-screen="households"] .content .tile').first().tap()
    await page.waitForTimeout(300)
  }
  await at(page, 'household')
  await page.locator('.household-sum .amount-figure').first().waitFor()
}

async function month(page: Page): Promise<void> {
  await key(page, /村级财务/).tap()
  await at(page, 'finance')
  await page.locator('.balance .amount-figure').first().waitFor()
}

async function policy(page: Page): Promise<void> {
  await key(page, /民生政策/).tap()
  await at(page, 'policies')
  for (const letter of ['G', 'D']) await key(page, new RegExp(`^${letter}$`)).tap()
  await page.locator('.policies-words button').first().tap()
  await page.locator('.policy-hit').first().tap()
  await at(page, 'policy')
}

const home = async (page: Page): Promise<void> => {
  await key(page, /首页/).tap()
  await at(page, 'home')
}

class Walk {
  readonly steps: CheckResult['steps'] = []
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now()
    try {
      const value = await work()
      this.steps.push({ name, ms: Math.round(performance.now() - started) })
      console.log(`${name}: ${Math.round(performance.now() - started)} ms`)
      return value
    } catch (error) {
      throw new Error(`${name}: ${messageOf(error)}`, { cause: error })
    }
  }
}

async function visits(page: Page, walk: Walk): Promise<void> {
  await key(page, /开始查/).tap()
  await at(page, 'home')
  await walk.step('find a household', () => household(page))
  await home(page)
  await walk.step('find a month of accounts', () => month(page))
  await home(page)
  await walk.step('find a policy by search', () => policy(page))
  await walk.step('idle until attract', () => page.locator('[data-screen="attract"]').waitFor({ timeout: IDLE_MS }))
}

async function openContext(scratch: string): Promise<BrowserContext> {
  const executablePath = process.env.SUNHALL_CHROMIUM || '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
  const glass = { viewport: { width: 1080, height: 1920 }, hasTouch: true }
  return chromium.launchPersistentContext(join(scratch, 'profile'), { executablePath, args, headless: true, ...glass })
}

async function precached(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
}

/** Walks all of it over an empty `scratch` folder. A failed step is in `error`; nothing is thrown. */
export async function check(scratch: string, scale: string): Promise<CheckResult> {
  const walk = new Walk()
  const result: CheckResult = { ok: false, release: null, datasets: {}, offline: false, steps: walk.steps }
  let context: BrowserContext | null = null
  try {
    const folder = join(scratch, 'county')
    await walk.step('publish', () => prepareOffice(folder, scale))
    const office = await serveOffice(folder, '0')
    const config = await provision(folder, office.url, join(scratch, 'provisioning'))
    const given = [
      '--config',
      config,
      '--data',
      join(scratch, 'terminal'),
      '--developer',
      '--no-browser',
      '--port',
      '0',
    ]
    const host = await runUntil(['electron/browser/cli.ts', ...given], /Open (http:\S+)/)
    context = await openContext(scratch)
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(host.match[1] ?? '')
    await walk.step('sync', () => whole(page, result))
    await stop(office.child)
    await visits(page, walk)
    await precached(page)
    await stop(host.child)
    await walk.step('reload from the precache', async () => {
      await page.reload()
      await key(page, /开始查/).tap({ timeout: PATIENCE_MS })
    })
    await at(page, 'home')
    await walk.step('find a household again, without host and office', () => household(page))
    return { ...result, ok: true, offline: true }
  } catch (error) {
    return { ...result, error: messageOf(error) }
  } finally {
    await context?.close()
  }
}

/** Waits until the pointer in the store names a whole release, and notes which it is. */
async function whole(page: Page, result: CheckResult): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  await key(page, /开始查/).waitFor({ timeout: PATIENCE_MS })
  for (;;) {
    const pointer = stored.safeParse(await page.evaluate(readPointer))
    if (pointer.success && pointer.data.shownParts.length === Object.keys(pointer.data.shown.packs).length) {
      result.release = pointer.data.shown.number
      result.datasets = pointer.data.shown.datasets
      return
    }
    if (Date.now() > until) throw new Error('Expected a whole release in the store, got none in time')
    await page.waitForTimeout(200)
  }
}

const stored = z.object({
  shownParts: z.array(z.string()),
  shown: z.object({
    number: z.number(),
    datasets: z.record(z.string(), z.number()),
    packs: z.record(z.string(), z.unknown()),
  }),
})

/** Runs in the page: the store's own record of what is shown. */
function readPointer(): Promise<unknown> {
  return new Promise((done) => {
    const opening = indexedDB.open('sunhall')
    opening.onsuccess = () => {
      const get = opening.result.transaction('meta').objectStore('meta').get('pointer')
      get.onsuccess = () => {
        opening.result.close()
        done(get.result)
      }
    }
  })
}
