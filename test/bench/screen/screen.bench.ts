// npm run bench -- screen: what a villager feels. The built page over a host and an office with the sample county, in a real
// Chromium whose main thread is slowed. Publication from the office's database is measured on the way.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopAll } from '../../../.ci/processes.ts'
import { FULL_ROWS, type Order } from '../command.ts'
import { median, note, quantile, type Runs, resultsOf } from '../figures.ts'
import type { Measured } from '../measured.ts'
import { rowsOf } from '../office/import.bench.ts'
import { say } from '../say.ts'
import {
  bootOf,
  type Duty,
  dutySince,
  type Glass,
  type Memory,
  memoryOf,
  scrubbed,
  tell,
  whole,
  withGlass,
} from './glass.ts'
import { costOfTaps } from './main-thread.ts'
import { correctOffice, fillOffice, type Publication, publishOffice, startTerminal } from './terminal.ts'
import { start, type Tap, visit } from './walk.ts'

const SLOWED = [4, 6] as const
/** A busy day of a terminal: one visit every four minutes for eight hours. Here they follow each other at once. */
const DAY_VISITS = 120
const [QUICK_VISITS, ROUNDS] = [6, 6]
/** The first hour's share of a day's eight. */
const FIRST_HOUR = 1 / 8
/** ms until the page has registered its service worker and precached itself, as after any first evening. */
const PRECACHE_MS = 15_000
/** ms of attract in which the page gets ready for a visit (renderer/app/Rehearsal.tsx). */
const REST_MS = 15_000
/** ms after which a tap's own drawing is over, so that it isn't taken for what is measured next. */
const SETTLED_MS = 2_000

interface Bench {
  folder: string
  order: Order
  runs: Runs
  inGlass<T>(slowed: number, work: (glass: Glass) => Promise<T>): Promise<T>
}

export async function benchScreen(order: Order): Promise<Measured> {
  const scratch = mkdtempSync(join(tmpdir(), 'sunhall-screen-'))
  try {
    const runs: Runs = new Map()
    await measure(scratch, order, runs)
    return { results: resultsOf({ engine: 'ours', durability: 'strict', rows: rowsOf(order) }, runs), versions: {} }
  } finally {
    await stopAll()
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measure(scratch: string, order: Order, runs: Runs): Promise<void> {
  const folder = join(scratch, 'county')
  say('screen: the office')
  await fillOffice(folder, rowsOf(order) / FULL_ROWS)
  const first = await publishOffice(folder)
  notePublication(runs, 'publication from the database', first)
  const { url } = await startTerminal(scratch, folder)
  const bench: Bench = {
    folder,
    order,
    runs,
    inGlass: (slowed, work) => withGlass(join(scratch, 'profile'), url, slowed, work),
  }
  say('screen: first load')
  await bench.inGlass(1, async (glass) => {
    await whole(glass, first.release)
    noteDuty(runs, 'first load', await dutySince(glass, 0))
    await glass.page.waitForTimeout(PRECACHE_MS)
  })
  for (const slowed of SLOWED) {
    await boots(bench, slowed)
    await taps(bench, slowed)
  }
  await costs(bench)
  await day(bench)
  await laterRelease(bench)
}

function notePublication(runs: Runs, what: string, { figures, proofMs, cpuMs, megabytes }: Publication): void {
  note(runs, what, figures.ms, 'ms')
  note(runs, `${what}: reading, blocks and tree`, figures.buildMs, 'ms')
  note(runs, `${what}: files and signatures`, figures.filesMs, 'ms')
  note(runs, `${what}: proof of privacy, beside it`, proofMs, 'ms')
  note(runs, `${what}: processor time, with the proof`, cpuMs, 'ms')
  note(runs, `${what}: highest memory, with the proof`, megabytes, 'MB')
  note(runs, `${what}: wire, all datasets`, figures.wireBytes / 1e6, 'MB')
}

async function boots({ order, runs, inGlass }: Bench, slowed: number): Promise<void> {
  for (let boot = 0; boot < order.runs; boot += 1) {
    say(`screen: boot ${boot + 1}, CPU ${slowed}×`)
    note(runs, `boot to attract, CPU ${slowed}×`, await inGlass(slowed, bootOf), 'ms')
  }
}

/** Right after a boot, and after a rest: the terminal boots once a day, and stands in attract between two visits. */
const RESTS = [
  { word: 'tap', ms: 0 },
  { word: 'rested tap', ms: REST_MS },
] as const

async function taps(bench: Bench, slowed: number): Promise<void> {
  const { runs } = bench
  for (const rest of RESTS) {
    say(`screen: ${rest.word}, CPU ${slowed}×`)
    const all = await bench.inGlass(slowed, (glass) => walk(bench, glass, rest.ms))
    const at = `CPU ${slowed}×`
    const ms = all.map((tap) => tap.ms)
    note(runs, `${rest.word}, ${at}`, median(ms), 'ms')
    note(runs, `${rest.word} p95, ${at}`, quantile(ms, 0.95), 'ms')
    note(runs, `${rest.word} longest, ${at}`, Math.max(...ms), 'ms')
    for (const tap of all) note(runs, `${rest.word} ${tap.what}, ${at}`, tap.ms, 'ms')
  }
}

async function walk({ order }: Bench, glass: Glass, restMs: number): Promise<Tap[]> {
  await bootOf(glass)
  await glass.page.waitForTimeout(restMs)
  const made: Tap[] = [await start(glass.page)]
  for (let round = 0; round < (order.quick ? 2 : ROUNDS); round += 1) made.push(...(await visit(glass.page, round)))
  return made
}

/** The same taps at full speed, in processor time of the page's main thread. */
async function costs(bench: Bench): Promise<void> {
  const { runs } = bench
  for (const rest of RESTS) {
    say(`screen: ${rest.word}, processor time`)
    const cost = await bench.inGlass(1, (glass) => costOfTaps(glass, () => walk(bench, glass, rest.ms)))
    const all = cost.map((tap) => tap.all)
    note(runs, `${rest.word}: main thread`, median(all), 'ms')
    note(runs, `${rest.word}: main thread p95`, quantile(all, 0.95), 'ms')
    note(runs, `${rest.word}: main thread longest`, Math.max(...all), 'ms')
    note(runs, `${rest.word}: longest task`, Math.max(...cost.map((tap) => tap.longest)), 'ms')
  }
}

/** Memory after the first hour's visits, and after the day's. */
async function day({ order, runs, inGlass }: Bench): Promise<void> {
  const visits = order.quick ? QUICK_VISITS : DAY_VISITS
  say(`screen: a day of ${visits} visits`)
  await inGlass(1, async (glass) => {
    await start(glass.page)
    const firstHour = Math.ceil(visits * FIRST_HOUR)
    for (let round = 0; round < firstHour; round += 1) await visit(glass.page, round)
    const early = await memoryAfterVisit(glass)
    for (let round = firstHour; round < visits; round += 1) await visit(glass.page, round)
    noteMemory(runs, visits, early, await memoryAfterVisit(glass))
  })
}

/** Always after the same visit: React keeps the last screen of a kind, and policies are of very different lengths. */
async function memoryAfterVisit(glass: Glass): Promise<Memory> {
  await visit(glass.page, 0)
  return memoryOf(glass)
}

function noteMemory(runs: Runs, visits: number, early: Memory, late: Memory): void {
  note(runs, 'day: visits', visits, 'count')
  note(runs, 'day: heap after the first hour', early.heap, 'MB')
  note(runs, 'day: heap at its end', late.heap, 'MB')
  note(runs, 'day: growth after the first hour', late.heap - early.heap, 'MB')
  note(runs, 'day: more DOM nodes since then', late.nodes - early.nodes, 'count')
  note(runs, 'day: more listeners since then', late.listeners - early.listeners, 'count')
}

/** While somebody stands at home: nothing, a later release, then a scrub with the cleaning behind it. */
async function laterRelease({ folder, runs, inGlass }: Bench): Promise<void> {
  say('screen: a later release')
  correctOffice(folder)
  const second = await publishOffice(folder)
  notePublication(runs, 'publication from the database, 1,000 rows changed', second)
  await inGlass(1, async (glass) => {
    await start(glass.page)
    await glass.page.waitForTimeout(SETTLED_MS)
    const idle = await glass.page.evaluate(() => performance.now())
    await glass.page.waitForTimeout(3_000)
    noteDuty(runs, '3 s of nothing', await dutySince(glass, idle))
    const synced = await tell(glass, 'sync-now')
    await whole(glass, second.release)
    noteDuty(runs, 'later release', await dutySince(glass, synced))
  })
  // A browser of its own: at its attract screen nothing holds the release up, and the store is free to scrub and clean.
  say('screen: scrub and clean')
  await inGlass(1, async (glass) => {
    await whole(glass, second.release)
    await start(glass.page)
    await glass.page.waitForTimeout(SETTLED_MS)
    const from = new Date().toISOString()
    const asked = await tell(glass, 'scrub-now')
    await scrubbed(glass, from)
    noteDuty(runs, 'scrub and clean', await dutySince(glass, asked))
  })
}

function noteDuty(runs: Runs, during: string, duty: Duty): void {
  note(runs, `frames over 50 ms: ${during}`, duty.longFrames, 'frames')
  note(runs, `longest frame: ${during}`, duty.longestFrame, 'ms')
  note(runs, `tasks over 50 ms: ${during}`, duty.longTasks, 'count')
  note(runs, `tasks over 50 ms together: ${during}`, duty.longTaskMs, 'ms')
  note(runs, `latest tick: ${during}`, duty.latestTick, 'ms')
  note(runs, `how long: ${during}`, duty.ms, 'ms')
}
