// What a villager feels: the built page over a host and an office with the sample county, in a real Chromium whose main
// thread is slowed four times where a budget says so. Publication from the office's database is measured on the way.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { stopAll } from '../../.ci/processes.ts'
import { messageOf } from '../../sync/contract/errors.ts'
import { type BenchLine, type LineOf, lineMaker, median, quantile, say, tableOf } from './figures.ts'
import { correctOffice, fillOffice, type Publication, publishOffice, startTerminal } from './visit-office.ts'
import { type WatchedWindow, watchPage } from './visit-page.ts'
import { start, type Tap, visit } from './visit-walk.ts'

const SLOWED = 4
const BOOTS = 5
const ROUNDS = 6
/** A frame that lasts longer is felt. */
const LONG_FRAME_MS = 50
/** ms until the page has registered its service worker and precached itself, as after any first evening. */
const PRECACHE_MS = 15_000
const PATIENCE_MS = 120_000

interface Frames {
  long: number
  longest: number
  ms: number
}
interface Found {
  publications: Publication[]
  firstLoad: Frames
  /** Idle, then while a later release came; null where that never came. */
  later: [Frames, Frames] | null
  boots: number[]
  taps: Tap[]
}

/** A table's worth of figures. */
export async function benchVisit(scale = 1): Promise<BenchLine[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'sunhall-visit-'))
  try {
    return linesOf(await measure(scratch, scale), lineMaker(scale))
  } finally {
    await stopAll()
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measure(scratch: string, scale: number): Promise<Found> {
  const folder = join(scratch, 'county')
  say('visit: the office')
  await fillOffice(folder, scale)
  const first = await publishOffice(folder)
  const { url } = await startTerminal(scratch, folder)
  const inPage = <T>(slowed: number, work: (page: Page) => Promise<T>): Promise<T> =>
    withPage(join(scratch, 'profile'), url, slowed, work)
  say('visit: first load')
  const firstLoad = await inPage(1, async (page) => {
    const frames = await framesUntilShown(page, first.release)
    await page.waitForTimeout(PRECACHE_MS)
    return frames
  })
  say('visit: boots')
  const boots: number[] = []
  for (let boot = 0; boot < BOOTS; boot += 1) boots.push(await inPage(SLOWED, bootOf))
  say('visit: taps')
  const taps = await inPage(SLOWED, tapsOf)
  say('visit: a later release')
  correctOffice(folder)
  const second = await publishOffice(folder)
  const later = await inPage(1, (page) => syncInVisit(page, second.release)).catch((error: unknown) => {
    say(`visit: the later release was not measured: ${messageOf(error)}`)
    return null
  })
  return { publications: [first, second], firstLoad, later, boots, taps }
}

/** A browser of its own each time, so that nothing of the one before is warm. */
async function withPage<T>(profile: string, url: string, slowed: number, work: (page: Page) => Promise<T>): Promise<T> {
  const executablePath = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
  const glass = { viewport: { width: 1080, height: 1920 }, hasTouch: true }
  const context: BrowserContext = await chromium.launchPersistentContext(profile, { executablePath, args, ...glass })
  try {
    await context.addInitScript(watchPage)
    const page = context.pages()[0] ?? (await context.newPage())
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowed })
    await page.goto(url)
    return await work(page)
  } finally {
    await context.close()
  }
}

/** ms from the navigation to the painted attract screen of a terminal that has its release. */
async function bootOf(page: Page): Promise<number> {
  await page.waitForFunction(() => (window as unknown as WatchedWindow).watch.attractAt > 0, null, {
    timeout: PATIENCE_MS,
  })
  return page.evaluate(() => (window as unknown as WatchedWindow).watch.attractAt)
}

async function tapsOf(page: Page): Promise<Tap[]> {
  const taps = [await start(page)]
  for (let round = 0; round < ROUNDS; round += 1) taps.push(...(await visit(page, round)))
  return taps
}

/** Frames from the first painted screen until the whole release is shown. */
async function framesUntilShown(page: Page, number: number): Promise<Frames> {
  await whole(page, number)
  return page.evaluate(longFrames, [LONG_FRAME_MS, 0] as const)
}

/** The same while a villager stands at home and a later release comes, until it is ready or shown; and before it, idle. */
async function syncInVisit(page: Page, number: number): Promise<[Frames, Frames]> {
  await start(page)
  await page.waitForTimeout(2_000)
  const before = await page.evaluate(() => performance.now())
  await page.waitForTimeout(3_000)
  const idle = await page.evaluate(longFrames, [LONG_FRAME_MS, before] as const)
  const from = await page.evaluate(() => {
    ;(window as unknown as WatchedWindow).watch.syncNow()
    return performance.now()
  })
  await whole(page, number)
  return [idle, await page.evaluate(longFrames, [LONG_FRAME_MS, from] as const)]
}

/** Until the worker says that it has all of a release: shown, or ready while somebody stands there. */
async function whole(page: Page, number: number): Promise<void> {
  const has = (wanted: number): boolean => {
    const { status } = (window as unknown as WatchedWindow).watch
    if (status === null) return false
    const isShown =
      status.shown?.number === wanted && status.shownParts.length === Object.keys(status.shown.packs).length
    return isShown || status.phase === 'ready-to-switch'
  }
  await page.waitForFunction(has, number, { timeout: PATIENCE_MS, polling: 100 })
}

/** Called in the page: frames longer than `limit` since `from`, or since the first screen was painted. */
function longFrames([limit, from]: readonly [number, number]): Frames {
  const { frames, firstAt } = (window as unknown as WatchedWindow).watch
  const since = Math.max(from, firstAt)
  const counted = frames.filter((at) => at >= since)
  const lasted = counted.slice(1).map((at, index) => at - (counted[index] ?? at))
  const longest = Math.max(0, ...lasted)
  return { long: lasted.filter((ms) => ms > limit).length, longest, ms: performance.now() - since }
}

function linesOf(found: Found, line: LineOf): BenchLine[] {
  const [first, second] = found.publications
  const taps = found.taps.map(({ ms }) => ms)
  const slowest = [...found.taps].sort((a, b) => b.ms - a.ms)[0]
  return [
    line('rows of all datasets', first?.figures.rows ?? 0, 'rows'),
    line('publication from the database, all files new', first?.figures.ms ?? 0, 'ms', 2_000),
    line('  of which reading, blocks and tree', first?.figures.buildMs ?? 0, 'ms'),
    line('  of which files and signatures', first?.figures.filesMs ?? 0, 'ms'),
    line('  proof of privacy, beside it', first?.proofMs ?? 0, 'ms'),
    line('  processor time of the process, with the proof', first?.cpuMs ?? 0, 'ms'),
    line('  highest memory of the process, with the proof', first?.megabytes ?? 0, 'MB', 400),
    line('publication from the database, 1,000 rows changed', second?.figures.ms ?? 0, 'ms', 2_000),
    line('wire, whole county, all datasets', (first?.figures.wireBytes ?? 0) / 1e6, 'MB'),
    line(`boot to attract, CPU slowed ${SLOWED}×, median of ${BOOTS}`, median(found.boots), 'ms', 2_000),
    line('  longest', Math.max(...found.boots), 'ms'),
    line(`tap to painted answer, p95 of ${taps.length}, CPU slowed ${SLOWED}×`, quantile(taps, 0.95), 'ms', 80),
    line('  p50', median(taps), 'ms'),
    line(`  longest (${slowest?.what})`, slowest?.ms ?? 0, 'ms'),
    ...[...new Set(found.taps.map(({ what }) => what))].map((what) => {
      const these = found.taps.filter((tap) => tap.what === what).map(({ ms }) => ms)
      return line(`    ${what}, p50 of ${these.length}`, median(these), 'ms')
    }),
    ...frameLines('during a first load', found.firstLoad, line),
    ...(found.later === null ? [] : laterLines(found.later, line)),
  ]
}

function laterLines([idle, later]: [Frames, Frames], line: LineOf): BenchLine[] {
  return [
    ...frameLines('while a later release comes, a visit under way', later, line),
    line(`  frames over ${LONG_FRAME_MS} ms in 3 s without it`, idle.long, 'frames'),
  ]
}

function frameLines(when: string, { long, longest, ms }: Frames, line: LineOf): BenchLine[] {
  return [
    line(`frames over ${LONG_FRAME_MS} ms ${when}`, long, 'frames', 0),
    line('  longest frame', longest, 'ms'),
    line('  in', ms / 1_000, 's'),
  ]
}

if (process.argv[1]?.endsWith('visit.bench.ts')) console.log(tableOf(await benchVisit(Number(process.argv[2] ?? 1))))
