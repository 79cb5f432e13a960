// What a villager taps, over and over, and how long each answer took to be painted.
import type { Locator, Page } from 'playwright'
import type { WatchedWindow } from './watch.ts'

/** ms that an answer may take before the walk counts as stuck. */
const PATIENCE_MS = 60_000

export interface Tap {
  what: string
  ms: number
}

const key = (page: Page, words: RegExp): Locator => page.locator('button').filter({ hasText: words }).first()

/**
 * Taps and waits for the frame that first paints a new element like `answer`. The finger comes down where the key stands,
 * as on the glass: what Playwright looks up for a tap of its own would run in the page between finger and answer.
 */
async function tap(page: Page, what: string, target: Locator, answer: string): Promise<Tap> {
  const { x, y } = await middleOf(target)
  await page.evaluate((selector) => (window as unknown as WatchedWindow).watch.answer(selector), answer)
  await page.touchscreen.tap(x, y)
  const timer = new Promise<never>((_done, late) =>
    setTimeout(late, PATIENCE_MS, new Error(`${what}: no answer`)).unref(),
  )
  const answered = page.evaluate(() => (window as unknown as WatchedWindow).watch.answered)
  return { what, ms: await Promise.race([answered, timer]) }
}

async function middleOf(target: Locator): Promise<{ x: number; y: number }> {
  await target.scrollIntoViewIfNeeded({ timeout: PATIENCE_MS })
  const box = await target.boundingBox({ timeout: PATIENCE_MS })
  if (box === null) throw new Error('Expected a key on the glass, found none')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const HOME = '[data-screen="home"] .home-doors'
const home = (page: Page): Promise<Tap> => tap(page, 'home', key(page, /首页/), HOME)

export const start = (page: Page): Promise<Tap> => tap(page, 'start', key(page, /开始查/), HOME)

async function household(page: Page, round: number): Promise<Tap[]> {
  const taps = [
    await tap(page, 'funds', key(page, /民生资金/), '[data-screen="funds"] .funds-classes'),
    await tap(page, 'groups', key(page, /按户查/), '[data-screen="households"] .content .tile'),
  ]
  const last = '[data-screen="household"] .household-sum'
  // Group, then surname where there is more than one, then the name.
  for (let step = 0; step < 4 && !(await page.locator(last).isVisible()); step += 1) {
    const tiles = page.locator('[data-screen="households"] .content .tile')
    const finger = tiles.nth(round % (await tiles.count()))
    taps.push(await tap(page, 'tile of a wall', finger, `[data-screen="households"] .content .tile, ${last}`))
  }
  return taps
}

async function policy(page: Page, round: number): Promise<Tap[]> {
  const words = '.policies-words button'
  const letter = ['G', 'D', 'N', 'S'][round % 4] ?? 'G'
  return [
    await tap(page, 'policies', key(page, /民生政策/), '[data-screen="policies"] .policies-letters'),
    await tap(page, 'letter', key(page, new RegExp(`^${letter}$`)), words),
    await tap(page, 'word', page.locator(words).first(), '.policy-hit'),
    await tap(page, 'policy', page.locator('.policy-hit').first(), '[data-screen="policy"] .policy-head'),
  ]
}

/** From home to home: a household, a month of accounts, a policy. */
export async function visit(page: Page, round: number): Promise<Tap[]> {
  const taps = [...(await household(page, round)), await home(page)]
  taps.push(await tap(page, 'month', key(page, /村级财务/), '[data-screen="finance"] .balance'), await home(page))
  return [...taps, ...(await policy(page, round)), await home(page)]
}
