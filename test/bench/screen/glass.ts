// The terminal's glass for the bench: a real Chromium over the host, its main thread slowed, and what it felt.
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright'
import { chromiumPath } from '../machine.ts'
import { type WatchedWindow, watchPage } from './watch.ts'

const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
const GLASS = { viewport: { width: 1080, height: 1920 }, hasTouch: true }
const LONG_MS = 50
const PATIENCE_MS = 300_000
/** Collections before memory is told, and ms between two. */
const [COLLECTIONS, COLLECT_MS] = [8, 500]

export interface Glass {
  page: Page
  session: CDPSession
}

/** A browser of its own each time, so that nothing of the one before is warm. `slowed`: DevTools' throttling; not the workers'. */
export async function withGlass<T>(
  profile: string,
  url: string,
  slowed: number,
  work: (glass: Glass) => Promise<T>,
): Promise<T> {
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: ARGS,
    ...GLASS,
  })
  try {
    await context.addInitScript(watchPage)
    const page = context.pages()[0] ?? (await context.newPage())
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowed })
    await page.goto(url)
    return await work({ page, session })
  } finally {
    await context.close()
  }
}

/** ms from the navigation to the painted attract screen of a terminal that has its release. */
export async function bootOf({ page }: Glass): Promise<number> {
  await page.waitForFunction(() => (window as unknown as WatchedWindow).watch.attractAt > 0, null, {
    timeout: PATIENCE_MS,
  })
  return page.evaluate(() => (window as unknown as WatchedWindow).watch.attractAt)
}

/** Until the worker says that it has all of a release: shown, or ready while somebody stands there. */
export async function whole({ page }: Glass, number: number): Promise<void> {
  const has = (wanted: number): boolean => {
    const { status } = (window as unknown as WatchedWindow).watch
    if (status === null) return false
    const isShown =
      status.shown?.number === wanted && status.shownParts.length === Object.keys(status.shown.packs).length
    return isShown || status.phase === 'ready-to-switch'
  }
  await page.waitForFunction(has, number, { timeout: PATIENCE_MS, polling: 100 })
}

/** Until a scrub that began after `from` (ISO 8601) has passed, and the cleaning behind it. */
export async function scrubbed({ page }: Glass, from: string): Promise<void> {
  const is = (since: string): boolean => {
    const { status } = (window as unknown as WatchedWindow).watch
    return (status?.scrub?.at ?? '') > since && status?.phase === 'waiting'
  }
  await page.waitForFunction(is, from, { timeout: PATIENCE_MS, polling: 100 })
}

export function tell({ page }: Glass, type: 'sync-now' | 'scrub-now'): Promise<number> {
  return page.evaluate((what) => {
    ;(window as unknown as WatchedWindow).watch.tell(what)
    return performance.now()
  }, type)
}

/** What the page's main thread felt for a while. */
export interface Duty {
  /** Frames over 50 ms, and the longest, ms. */
  longFrames: number
  longestFrame: number
  /** Tasks over 50 ms, and all they took together, ms. */
  longTasks: number
  longTaskMs: number
  /** How late the latest tick was, ms. */
  latestTick: number
  ms: number
}

/** Since then, or since the first screen was painted (ms of the page's clock). */
export function dutySince({ page }: Glass, from: number): Promise<Duty> {
  return page.evaluate(dutyInPage, [LONG_MS, from] as const)
}

/** Called in the page. */
function dutyInPage([limit, from]: readonly [number, number]): Duty {
  const { frames, firstAt, longTasks, ticks } = (window as unknown as WatchedWindow).watch
  const since = Math.max(from, firstAt)
  const counted = frames.filter((at) => at >= since)
  const lasted = counted.slice(1).map((at, index) => at - (counted[index] ?? at))
  const tasks = longTasks.filter(({ at }) => at >= since)
  return {
    longFrames: lasted.filter((ms) => ms > limit).length,
    longestFrame: Math.max(0, ...lasted),
    longTasks: tasks.length,
    longTaskMs: tasks.reduce((sum, { ms }) => sum + ms, 0),
    latestTick: Math.max(0, ...ticks.filter(({ at }) => at >= since).map(({ late }) => late)),
    ms: performance.now() - since,
  }
}

export interface Memory {
  /** MB of JavaScript objects and buffers of the page after a collection. */
  heap: number
  nodes: number
  listeners: number
}

/** One collection leaves what the page's own tasks still hold: the lowest of several is what stays. */
export async function memoryOf(glass: Glass): Promise<Memory> {
  const { page } = glass
  await page.evaluate(() => (window as unknown as WatchedWindow).watch.forget())
  const looks: Memory[] = []
  for (let look = 0; look < COLLECTIONS; look += 1) {
    await page.waitForTimeout(COLLECT_MS)
    looks.push(await collected(glass))
  }
  const lowest = (of: keyof Memory): number => Math.min(...looks.map((look) => look[of]))
  return { heap: lowest('heap'), nodes: lowest('nodes'), listeners: lowest('listeners') }
}

async function collected({ session }: Glass): Promise<Memory> {
  await session.send('HeapProfiler.collectGarbage')
  const usage = await session.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  return { heap: usage.usedSize / 1e6, nodes, listeners: jsEventListeners }
}
