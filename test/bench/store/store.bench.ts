// npm run bench -- store: what loads, look-ups and changes cost, ours beside stores that keep one record a row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { buildPages, sendJson, servePages } from '../bench-page.ts'
import { backendOf, evict, inPage, watchHeap, withBenchPage } from '../browser.ts'
import { type EngineName, FULL_ROWS, type Order, SMALL_ROWS } from '../command.ts'
import { type Durability, median, note, quantile, type Result, type Runs, resultsOf } from '../figures.ts'
import { SHARED_NAMES } from '../invented-county.ts'
import type { Measured } from '../measured.ts'
import { installPeers, versionOf } from '../peers/install.ts'
import { say } from '../say.ts'
import type { Answer, Asked, Call, Question } from './engine.page.ts'
import {
  type BenchCounty,
  benchCounty,
  budgetSteps,
  changedRows,
  publishSteps,
  rowsOf,
  type Step,
  shareSteps,
} from './releases.ts'

/** What takes longer is run once. */
const LONG_MS = 60_000
const LONG_FRAME_MS = 50
/** Rows of the villages that a whole list is asked of. */
const LIST_ROWS = 4_000
const MOST_QUESTIONS = 72
/** Questions of a new process that run code for the first time: a terminal asks as many by itself (renderer/data/warm-up.ts). */
const FIRST_QUESTIONS = 4
const PEER_FOLDER: readonly EngineName[] = ['dexie', 'rxdb', 'pouchdb']
/** Measured at full size too; the others would take hours. */
const FAST: readonly EngineName[] = ['ours', 'raw', 'dexie']

interface Bench {
  folder: string
  url: string
  county: BenchCounty
  steps: readonly Step[]
  ownSteps: readonly Step[]
  questions: Record<Question['what'], Question[]>
  /** What each list of questions was answered first: every other engine must say the same. */
  answers: Map<string, string>
}

export async function benchStore(order: Order): Promise<Measured> {
  if (order.engines.some((engine) => PEER_FOLDER.includes(engine))) installPeers()
  const results: Result[] = []
  const versions: Record<string, string> = {}
  for (const rows of sizesOf(order)) {
    const engines = order.engines.filter((engine) => order.rows !== null || rows < FULL_ROWS || FAST.includes(engine))
    await withBench(rows, engines, async (bench) => {
      for (const engine of engines) {
        for (const durability of order.quick ? (['strict'] as const) : (['strict', 'relaxed'] as const))
          results.push(...(await measure(bench, engine, durability, order.runs, versions)))
      }
    })
  }
  for (const name of PEER_FOLDER.filter((engine) => order.engines.includes(engine)).map(packageOf))
    versions[name] = versionOf(name)
  return { results, versions }
}

const packageOf = (engine: string): string => (engine === 'pouchdb' ? 'pouchdb-browser' : engine)

function sizesOf({ quick, rows }: Order): readonly number[] {
  if (rows !== null) return [rows]
  return quick ? [SMALL_ROWS] : [SMALL_ROWS, FULL_ROWS]
}

async function withBench(
  rows: number,
  engines: readonly EngineName[],
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-store-'))
  try {
    const county = benchCounty(rows)
    const steps = shareSteps(county)
    const ownSteps = budgetSteps(county, 2 + steps.length)
    const all = [...steps, ...ownSteps]
    say(`store: publishing ${1 + all.length} releases of ${county.rows} rows`)
    const records = await publishSteps(folder, county, all)
    const entry = (engine: EngineName): string =>
      `${PEER_FOLDER.includes(engine) ? 'peers' : 'store'}/${engine}.page.ts`
    await buildPages(folder, {
      page: 'store/store.page.ts',
      ...Object.fromEntries(engines.map((engine) => [engine, entry(engine)])),
    })
    const server = await servePages(folder, (path, _request, response) => {
      const [, what, name = ''] = path.split('/')
      if (what === 'record')
        return sendJson(
          response,
          records.find(({ number }) => number === Number(name)),
        )
      if (what === 'villages') return sendJson(response, county.villages)
      if (what === 'rows') return sendJson(response, rowsOf(county, [], name))
      if (what === 'changed') return sendJson(response, changedRows(county, steps, Number(name)))
      return false
    })
    try {
      await work({
        folder,
        url: server.url,
        county,
        steps,
        ownSteps,
        questions: questionsOf(county),
        answers: new Map(),
      })
    } finally {
      await server.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Of up to 72 villages each, so that no question warms another: persons, households, whole lists of about 4,000 rows. */
function questionsOf({ villages, sizes }: BenchCounty): Bench['questions'] {
  const away = (at: number): number => Math.abs((sizes[at] ?? 0) - LIST_ROWS)
  const nearest = [...villages.keys()].sort((a, b) => away(a) - away(b))
  const lists = nearest.slice(0, Math.ceil(villages.length / 5))
  const others = [...villages.keys()].filter((at) => !lists.includes(at))
  const of = (what: Question['what'], places: readonly number[]): Question[] =>
    places.slice(0, MOST_QUESTIONS).map((at) => ({ what, village: villages[at] ?? '', at, number: 7 + (at % 50) }))
  return {
    person: of(
      'person',
      others.filter((_at, place) => place % 2 === 0),
    ),
    household: of(
      'household',
      others.filter((_at, place) => place % 2 === 1),
    ),
    village: of('village', lists),
  }
}

async function measure(
  bench: Bench,
  engine: EngineName,
  durability: Durability,
  times: number,
  versions: Record<string, string>,
): Promise<Result[]> {
  const runs: Runs = new Map()
  for (let run = 0; run < times; run += 1) {
    say(`store: ${engine} ${durability}, ${bench.county.rows} rows, run ${run + 1}`)
    const profile = mkdtempSync(join(bench.folder, 'profile-'))
    const ms = await withBenchPage(profile, bench.url, (page) => loadOnce(page, engine, durability, runs))
    versions.indexedDB = backendOf(profile)
    evict(profile)
    await withBenchPage(profile, bench.url, (page) => askAndChange(page, bench, engine, durability, runs))
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    if (ms > LONG_MS) break
  }
  return resultsOf({ engine, durability, rows: bench.county.rows }, runs)
}

const call = <T>(page: Page, given: Call): Promise<T> => inPage<T>(page, 'call', given)

async function opened(page: Page, engine: EngineName, durability: Durability): Promise<void> {
  await inPage(page, 'start', engine)
  await call(page, { call: 'open', durability })
}

/** Into an empty store, with what the page felt meanwhile. Returns ms. */
async function loadOnce(page: Page, engine: EngineName, durability: Durability, runs: Runs): Promise<number> {
  await opened(page, engine, durability)
  const heap = await watchHeap(page)
  await inPage(page, 'frames')
  const ms = await call<number>(page, { call: 'load' })
  const frames = await inPage<number[]>(page, 'frames')
  note(runs, 'load', ms, 'ms')
  note(runs, 'peak heap', await heap(), 'MB')
  note(runs, 'frames over 50 ms', frames.filter((gap) => gap > LONG_FRAME_MS).length, 'frames')
  note(runs, 'longest frame', Math.max(0, ...frames), 'ms')
  await call(page, { call: 'close' })
  note(runs, 'disk', (await inPage<number>(page, 'disk')) / 1e6, 'MB')
  return ms
}

/** In a new browser: each question for the first time, then again, an engine for each kind; then the changes. */
async function askAndChange(
  page: Page,
  bench: Bench,
  engine: EngineName,
  durability: Durability,
  runs: Runs,
): Promise<void> {
  for (const what of ['person', 'household', 'village'] as const) {
    await opened(page, engine, durability)
    const questions = bench.questions[what]
    for (const again of ['', ' warm']) {
      const { ms, answers } = await call<Asked>(page, { call: 'ask', questions })
      agree(bench, `${what} of release 1`, engine, answers)
      note(runs, `${what}${again}`, median(ms), 'ms')
      note(runs, `${what}${again} p95`, quantile(ms, 0.95), 'ms')
      if (again === '' && ms.length > FIRST_QUESTIONS)
        note(runs, `${what} p95 but for the first four`, quantile(ms.slice(FIRST_QUESTIONS), 0.95), 'ms')
    }
    await call(page, { call: 'close' })
  }
  await opened(page, engine, durability)
  if (engine === 'ours') await askNames(page, runs)
  for (const { number, metric } of bench.steps) {
    note(runs, metric, await call<number>(page, { call: 'change', number }), 'ms')
    // The first change is small: the old release lies beside the new one, which has most of its blocks.
    if (engine === 'ours' && number === 2)
      note(runs, 'disk of two releases', (await inPage<number>(page, 'disk')) / 1e6, 'MB')
  }
  const { answers } = await call<Asked>(page, { call: 'ask', questions: bench.questions.village })
  agree(bench, 'village of the last release', engine, answers)
  if (engine === 'ours') await ownChanges(page, bench, runs)
  await call(page, { call: 'close' })
}

async function askNames(page: Page, runs: Runs): Promise<void> {
  const ms: number[] = []
  for (const name of SHARED_NAMES) ms.push(await call<number>(page, { call: 'more', name }))
  note(runs, 'name of 20 villages', median(ms), 'ms')
  note(runs, 'name of 20 villages p95', quantile(ms, 0.95), 'ms')
}

async function ownChanges(page: Page, { ownSteps }: Bench, runs: Runs): Promise<void> {
  for (const { number, metric } of ownSteps)
    note(runs, metric, await call<number>(page, { call: 'change', number }), 'ms')
}

/** Errors: E-STATE where an engine finds other rows or another sum than the one before it: a look-up that is wrong isn't fast. */
function agree({ answers }: Bench, what: string, engine: string, given: readonly Answer[]): void {
  const text = JSON.stringify(given)
  const known = answers.get(what) ?? text
  if (known !== text || given.every(({ rows }) => rows === 0))
    throw new SunhallError(
      'E-STATE',
      `Expected every engine to answer ${what} alike, ${engine} said ${text} instead of ${known}`,
    )
  answers.set(what, known)
}
