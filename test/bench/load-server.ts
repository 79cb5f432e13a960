// What the load benchmark stands on: releases of the invented county, served with the page by Vite; and a browser.
import { createReadStream, existsSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join, normalize, resolve } from 'node:path'
import { Transform } from 'node:stream'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { createServer, type Plugin, type ViteDevServer } from 'vite'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { publishRelease } from '../../sync/publish/publish.ts'
import { makeRoot } from '../../sync/publish/tuf.ts'
import { fakeKeys } from '../county/fake-county.ts'
import { CORRECTION_ROWS, type Correction, inventedCounty } from './invented-county.ts'

export const OWN = '431225100'
const ROOT = resolve(import.meta.dirname, '../..')
/** A township's line: 2 Mbit/s, in bytes a millisecond. */
const SLOW_BYTES_PER_MS = 250
/** How far behind a terminal is that has been off for a month. */
const FAR_BEHIND = 30

/** What each release has corrected beside those before it. 31 is 30 after the first, and 61 is 30 after that. */
function correctionsOf(): { number: number; correction: Correction | null }[] {
  const county = inventedCounty(1)
  const own = county.villages(OWN)
  const all = county.townships().flatMap((township) => county.villages(township))
  const one = { rows: CORRECTION_ROWS }
  const many = { villages: all, rows: FAR_BEHIND * CORRECTION_ROWS }
  return [
    { number: 1, correction: null },
    { number: 2, correction: { ...one, villages: own, month: '2026-06' } },
    { number: 3, correction: { ...one, villages: own, month: null } },
    { number: 4, correction: { ...one, villages: all, month: '2026-06' } },
    { number: 5, correction: { ...one, villages: all, month: null } },
    { number: 1 + FAR_BEHIND, correction: { ...many, month: '2026-10' } },
    { number: 1 + 2 * FAR_BEHIND, correction: { ...many, month: null } },
  ]
}

/** Publishes every release into `folder`/dist. */
export async function publishAll(folder: string, scale: number): Promise<ReleaseRecord[]> {
  const keys = fakeKeys()
  const now = new Date(Date.now() - 60_000)
  const signing = { root: makeRoot(keys, { sample: true, now }), release: keys.release, timestamp: keys.timestamp }
  const common = { dist: join(folder, 'dist'), keys: signing, now }
  const records: ReleaseRecord[] = []
  const corrections: Correction[] = []
  for (const { number, correction } of correctionsOf()) {
    if (correction !== null) corrections.push(correction)
    const source = inventedCounty(scale, corrections)
    const { record } = await publishRelease({ ...common, source, number, previous: records.at(-1) ?? null })
    records.push(record)
  }
  return records
}

/** Lets bytes through no faster than the line; all responses share it, as they do a township's line. */
function slowLine(): () => Transform {
  let free = 0
  return () =>
    new Transform({
      highWaterMark: 8 * 1024,
      transform(chunk: Buffer, _encoding, done) {
        const now = performance.now()
        free = Math.max(free, now) + chunk.length / SLOW_BYTES_PER_MS
        setTimeout(() => done(null, chunk), free - now)
      },
    })
}

function sendFile(response: ServerResponse, file: string, slow: Transform | null): void {
  if (!existsSync(file)) {
    response.statusCode = 404
    response.end()
    return
  }
  response.setHeader('content-length', statSync(file).size)
  const stream = createReadStream(file, { highWaterMark: 8 * 1024 * (slow === null ? 8 : 1) })
  // A page that has seen enough hangs up; the pieces that are left then go nowhere.
  response.on('close', () => stream.destroy())
  if (slow === null) stream.pipe(response)
  else stream.pipe(slow).pipe(response)
}

function officePlugin(folder: string, records: readonly ReleaseRecord[]): Plugin {
  const line = slowLine()
  return {
    name: 'office',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname
        if (path.startsWith('/record/')) {
          response.setHeader('content-type', 'application/json')
          response.end(JSON.stringify(records.find(({ number }) => number === Number(path.slice(8))) ?? null))
        } else if (/^\/(dist|slow)\//.test(path)) {
          sendFile(response, join(folder, 'dist', normalize(path.slice(6))), path.startsWith('/slow') ? line() : null)
        } else if (path === '/bench.html') {
          response.setHeader('content-type', 'text/html')
          response.end(
            '<!doctype html><title>bench</title><script type="module" src="/test/bench/load.page.ts"></script>',
          )
        } else next()
      })
    },
  }
}

/** Vite serves the page and the worker, the plugin the office's files. */
export function serve(folder: string, records: readonly ReleaseRecord[]): Promise<ViteDevServer> {
  return createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [officePlugin(folder, records)],
    appType: 'custom',
    cacheDir: join(folder, 'vite'),
    // PouchDB expects a bundler that brings Node's `events` along; RxDB would bring a second Dexie.
    resolve: { alias: { events: join(import.meta.dirname, 'events.page.ts') }, dedupe: ['dexie'] },
    // All named at the start: a dependency found later would load the page anew in the middle of a measurement.
    optimizeDeps: {
      entries: [],
      include: [
        ...['dexie', 'zod', 'pinyin-pro', 'pouchdb-browser', 'pouchdb-adapter-indexeddb'],
        ...['rxdb/plugins/core', 'rxdb/plugins/storage-dexie'],
      ],
    },
    server: { port: 0, hmr: false, watch: null },
  }).then((server) => server.listen())
}

/** A browser of its own for each piece of work: its memory is cold. */
export async function withPage<T>(profile: string, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const executablePath = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run']
  const context: BrowserContext = await chromium.launchPersistentContext(profile, { executablePath, args })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(0)
    const broken = new Promise<never>((_done, failed) => page.once('pageerror', failed))
    const worked = async (): Promise<T> => {
      await page.goto(`${url}bench.html`)
      await page.waitForFunction(() => 'bench' in window)
      return work(page)
    }
    return await Promise.race([worked(), broken])
  } finally {
    await context.close()
  }
}
