// What a load costs a terminal: 1.2 million payment rows cold, deltas, lookups, and row stores on the same rows.
// Run: node test/bench/load.ts [scale]. A real Chromium, a real server; the page is idle meanwhile.
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, normalize, resolve } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { createServer, type Plugin, type ViteDevServer } from 'vite'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { publishRelease } from '../../sync/publish/publish.ts'
import { makeRoot } from '../../sync/publish/tuf.ts'
import { fakeKeys } from '../county/fake-county.ts'
import { inventedCounty } from './invented-county.ts'
import type { Lookups } from './load.page.ts'
import type { LoadResult } from './load-work.page.ts'

export interface BenchLine {
  what: string
  value: number
  unit: string
  budget: number | null
  /** Against the release's own load, per row. */
  ratio?: number
}
const OWN = '431225100'
const SAMPLE_ROWS = 40_000
const LOADS = 5
const ROOT = resolve(import.meta.dirname, '../..')

/** A table's worth of figures. Budgets only at scale 1. */
export async function benchLoad(scale = 1): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-load-'))
  const records = await publishAll(folder, scale)
  const server = await serve(folder, records)
  try {
    const profile = join(folder, 'profile')
    const url = server.resolvedUrls?.local[0] ?? ''
    const first = await withPage(profile, url, (page) => measureLoads(page))
    // A new process: the browser's own memory is cold; the files may still be in the system's.
    const cold = await withPage(profile, url, (page) => measureLookups(page, false))
    const warm = await withPage(profile, url, (page) => measureLookups(page, true))
    return linesOf(records, first, cold, warm, scale === 1)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function publishAll(folder: string, scale: number): Promise<ReleaseRecord[]> {
  const keys = fakeKeys()
  const now = new Date(Date.now() - 60_000)
  const signing = { root: makeRoot(keys, { sample: true, now }), release: keys.release, timestamp: keys.timestamp }
  const common = { dist: join(folder, 'dist'), keys: signing, now }
  const village = inventedCounty(scale).villages(OWN)
  const all = inventedCounty(scale)
    .townships()
    .flatMap((township) => inventedCounty(scale).villages(township))
  const one = await publishRelease({ ...common, source: inventedCounty(scale), number: 1, previous: null })
  const source = inventedCounty(scale, new Set(village))
  const two = await publishRelease({ ...common, source, number: 2, previous: one.record })
  const everywhere = inventedCounty(scale, new Set(all))
  const three = await publishRelease({ ...common, source: everywhere, number: 3, previous: two.record })
  return [one.record, two.record, three.record]
}

/** Vite serves the page, this plugin the office's files. */
function serve(folder: string, records: readonly ReleaseRecord[]): Promise<ViteDevServer> {
  const office: Plugin = {
    name: 'office',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname
        if (path.startsWith('/record/')) {
          response.setHeader('content-type', 'application/json')
          response.end(JSON.stringify(records.find(({ number }) => number === Number(path.slice(8))) ?? null))
        } else if (path.startsWith('/dist/')) {
          const file = join(folder, 'dist', normalize(path.slice(6)))
          if (!existsSync(file)) response.statusCode = 404
          else response.setHeader('content-length', statSync(file).size)
          if (existsSync(file)) createReadStream(file).pipe(response)
          else response.end()
        } else if (path === '/bench.html') {
          response.setHeader('content-type', 'text/html')
          response.end(
            '<!doctype html><title>bench</title><script type="module" src="/test/bench/load.page.ts"></script>',
          )
        } else next()
      })
    },
  }
  return createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [office],
    appType: 'custom',
    cacheDir: join(folder, 'vite'),
    optimizeDeps: { include: ['dexie', 'zod'] },
    server: { port: 0, hmr: false, watch: null },
  }).then((server) => server.listen())
}

async function withPage<T>(profile: string, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const executablePath = process.env['SUNHALL_CHROMIUM'] ?? '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run']
  const context: BrowserContext = await chromium.launchPersistentContext(profile, { executablePath, args })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(0)
    await page.goto(`${url}bench.html`)
    await page.waitForFunction(() => 'bench' in window)
    return await work(page)
  } finally {
    await context.close()
  }
}

interface Loads {
  cold: LoadResult[]
  oneTownship: LoadResult
  everywhere: LoadResult
  rowStores: { raw: number; dexie: number; rows: number }
  disk: number
}

function call<T>(page: Page, name: string, ...given: unknown[]): Promise<T> {
  const body = `window.bench.${name}(...${JSON.stringify(given)})`
  return page.evaluate(body) as Promise<T>
}

async function measureLoads(page: Page): Promise<Loads> {
  const cold: LoadResult[] = []
  for (let turn = 0; turn < LOADS; turn += 1) cold.push(await call<LoadResult>(page, 'load', 1, OWN, true))
  const rowStores = await call<Loads['rowStores']>(page, 'rowStores', SAMPLE_ROWS)
  const oneTownship = await call<LoadResult>(page, 'load', 2, OWN, false)
  const everywhere = await call<LoadResult>(page, 'load', 3, OWN, false)
  return { cold, oneTownship, everywhere, rowStores, disk: await call<number>(page, 'disk') }
}

function measureLookups(page: Page, again: boolean): Promise<Lookups> {
  const townships = inventedCounty(1).townships()
  const villages = townships.flatMap((township) => inventedCounty(1).villages(township).slice(0, 4))
  return call<Lookups>(page, 'lookups', villages, again)
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

function linesOf(
  records: readonly ReleaseRecord[],
  loads: Loads,
  cold: Lookups,
  warm: Lookups,
  isFull: boolean,
): BenchLine[] {
  const rows = records[0]?.kinds['payments'] ?? 1
  const loadMs = quantile(
    loads.cold.map(({ ms }) => ms),
    0.5,
  )
  const perRow = loadMs / rows
  const line = (what: string, value: number, unit: string, budget: number | null = null): BenchLine => ({
    what,
    value,
    unit,
    budget: isFull ? budget : null,
  })
  const against = (what: string, msPerRow: number): BenchLine => ({
    ...line(`${what}, ${loads.rowStores.rows} of the same rows, scaled up`, (msPerRow * rows) / 1_000, 's'),
    ratio: msPerRow / perRow,
  })
  return [
    line('payment rows', rows, 'rows'),
    line(`cold load, verified and indexed, median of ${LOADS}`, loadMs, 'ms', 1_000),
    line(
      '  own township shown after',
      quantile(
        loads.cold.map(({ ownMs }) => ownMs),
        0.5,
      ),
      'ms',
    ),
    line('  wire', (loads.cold[0]?.bytes ?? 0) / 1e6, 'MB', 6),
    line('  requests', loads.cold[0]?.requests ?? 0, ''),
    against('raw IndexedDB, a record a row, 3 indexes', loads.rowStores.raw),
    against('Dexie bulkPut, a record a row, 3 indexes', loads.rowStores.dexie),
    line('delta: one month of one township', loads.oneTownship.ms, 'ms', 40),
    line('  wire', loads.oneTownship.bytes / 1e3, 'kB'),
    line('  requests', loads.oneTownship.requests, '', 3),
    line('delta: one month of every village', loads.everywhere.ms, 'ms', 180),
    line('  wire', loads.everywhere.bytes / 1e3, 'kB'),
    line('disk after three releases', loads.disk / 1e6, 'MB', 25),
    line('household, cold p95', quantile(cold.household, 0.95), 'ms', 5),
    line('household, warm p95', quantile(warm.household, 0.95), 'ms', 2),
    line(
      `village list of ${Math.round(quantile(cold.villageRows, 0.5))} rows, cold p95`,
      quantile(cold.village, 0.95),
      'ms',
      10,
    ),
    line('village list, warm p95', quantile(warm.village, 0.95), 'ms', 5),
  ]
}

if (process.argv[1]?.endsWith('load.ts')) {
  for (const { what, value, unit, budget, ratio } of await benchLoad(Number(process.argv[2] ?? 1))) {
    const number = value.toLocaleString('en', { maximumFractionDigits: 2 })
    const beside = `${budget === null ? '' : `budget ${budget}`}${ratio === undefined ? '' : `${ratio.toFixed(0)} times`}`
    console.log(`${what.padEnd(66)}${number.padStart(12)} ${unit.padEnd(5)}${beside}`)
  }
  console.log('PouchDB and RxDB are not installed, so they are not measured here.')
}
