// npm run bench -- wire: bytes, requests and time of a first load and of later releases over slow lines that lose and cut,
// beside PouchDB replicating the same changes; and what those changes weigh at least.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { runUntil, stop } from '../../../.ci/processes.ts'
import { buildPages, sendJson, servePages } from '../bench-page.ts'
import { inPage, withBenchPage } from '../browser.ts'
import { FULL_ROWS, type Order, SMALL_ROWS } from '../command.ts'
import { note, onceOf, type Result, type Runs, resultsOf } from '../figures.ts'
import type { Measured } from '../measured.ts'
import { installPeers, versionOf } from '../peers/install.ts'
import { say } from '../say.ts'
import type { Call } from '../store/engine.page.ts'
import { type BenchCounty, benchCounty, publishSteps, type Step } from '../store/releases.ts'
import { LINES, type Line, type LineKind, openLine } from './line.ts'
import type { Arrived } from './ours-wire.page.ts'
import { limitOf, wireSteps } from './releases.ts'

/** A replication that would take longer is computed from its bytes instead, ms. */
const [PATIENCE_MS, QUICK_PATIENCE_MS] = [600_000, 60_000]

interface Bench {
  folder: string
  county: BenchCounty
  steps: readonly Step[]
  order: Order
}
interface Side {
  page: Page
  line: Line
  runs: Runs
}

export async function benchWire(order: Order): Promise<Measured> {
  installPeers()
  const results: Result[] = []
  const sizes = order.rows !== null ? [order.rows] : order.quick ? [SMALL_ROWS] : [SMALL_ROWS, FULL_ROWS]
  for (const rows of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'sunhall-wire-'))
    try {
      const county = benchCounty(rows)
      const bench: Bench = { folder, county, steps: wireSteps(county), order }
      await buildPages(folder, {
        page: 'store/store.page.ts',
        'ours-wire': 'wire/ours-wire.page.ts',
        'pouchdb-wire': 'peers/pouchdb-wire.page.ts',
      })
      results.push(...limits(bench), ...(await ours(bench)))
      // Row by row the full size would take hours, and say the same.
      if (rows < FULL_ROWS) results.push(...(await pouch(bench)))
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  return {
    results,
    versions: { 'pouchdb-browser': versionOf('pouchdb-browser'), 'express-pouchdb': versionOf('express-pouchdb') },
  }
}

function limits({ county, steps }: Bench): Result[] {
  return steps.flatMap(({ number, metric }) => {
    const { rows, bytes } = limitOf(county, steps, number)
    return onceOf({ engine: 'limit', durability: 'strict', rows: county.rows }, [
      [`${metric}: bytes`, bytes / 1e3, 'kB'],
      [`${metric}: bytes a changed row`, bytes / rows, 'B'],
    ])
  })
}

async function ours({ folder, county, steps }: Bench): Promise<Result[]> {
  say(`wire: publishing ${county.rows} rows`)
  const records = await publishSteps(folder, county, steps)
  const server = await servePages(folder, (path, _request, response) => {
    return path === '/records' && sendJson(response, records)
  })
  const runs: Runs = new Map()
  try {
    // Bytes and requests are the same each time; what a line costs is its own.
    for (const kind of [null, ...LINES]) {
      await onSide(folder, server.port, 'ours-wire', runs, async (side) => {
        await firstLoad(side, kind)
        for (const step of steps) await change(side, kind, step, limitOf(county, steps, step.number).rows)
      })
    }
  } finally {
    await server.close()
  }
  return resultsOf({ engine: 'ours', durability: 'strict', rows: county.rows }, runs)
}

async function onSide(
  folder: string,
  port: number,
  engine: string,
  runs: Runs,
  work: (side: Side) => Promise<void>,
): Promise<void> {
  const line = await openLine(port)
  const profile = mkdtempSync(join(folder, 'profile-'))
  try {
    await withBenchPage(profile, `http://127.0.0.1:${line.port}/`, async (page) => {
      await inPage(page, 'start', engine)
      await call(page, { call: 'open', durability: 'strict' })
      await work({ page, line, runs })
    })
  } finally {
    await line.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

const call = <T>(page: Page, given: Call): Promise<T> => inPage<T>(page, 'call', given)

/** What a call costs: on the loopback itself bytes and requests, on a line the time. Returns bytes. */
async function costs({ page, line, runs }: Side, kind: LineKind | null, what: string, given: Call): Promise<number> {
  say(`wire: ${what} over ${kind?.name ?? 'the loopback'}`)
  line.become(kind)
  const ms = await call<number>(page, given)
  const { bytes, requests, cuts } = line.meter()
  line.become(null)
  const isFirst = given.call === 'load'
  if (kind !== null) note(runs, `${what}: time at ${kind.name}`, ms / 1_000, 's')
  else {
    note(runs, `${what}: bytes`, isFirst ? bytes / 1e6 : bytes / 1e3, isFirst ? 'MB' : 'kB')
    note(runs, `${what}: requests`, requests, 'requests')
    note(runs, `${what}: time on the loopback`, ms / 1_000, 's')
  }
  if (kind !== null && isFirst) {
    // Beyond the bytes above: what cuts had fetched again.
    note(runs, `${what}: bytes at ${kind.name}`, bytes / 1e6, 'MB')
    note(runs, `${what}: cuts at ${kind.name}`, cuts, 'count')
  }
  return bytes
}

async function firstLoad(side: Side, kind: LineKind | null): Promise<void> {
  await costs(side, kind, 'first load', { call: 'load' })
  const { ownMs } = await call<Arrived>(side.page, { call: 'more', name: 'last' })
  note(side.runs, `own township ${kind === null ? 'on the loopback' : `at ${kind.name}`}`, ownMs, 'ms')
}

async function change(side: Side, kind: LineKind | null, { number, metric }: Step, rows: number): Promise<void> {
  const bytes = await costs(side, kind, metric, { call: 'change', number })
  if (kind === null) note(side.runs, `${metric}: bytes a changed row`, bytes / rows, 'B')
}

async function pouch({ folder, county, steps, order }: Bench): Promise<Result[]> {
  say(`wire: filling an express-pouchdb with ${county.rows} rows`)
  const args = [
    '--disable-warning=DEP0169',
    join(import.meta.dirname, '..', 'peers', 'couch.ts'),
    folder,
    String(order.rows ?? SMALL_ROWS),
  ]
  const { child, match } = await runUntil(args, /Serving at (\d+)/)
  const port = Number(match[1])
  const patience = order.quick ? QUICK_PATIENCE_MS : PATIENCE_MS
  const runs: Runs = new Map()
  try {
    for (const kind of [null, ...LINES]) {
      await onSide(folder, port, 'pouchdb-wire', runs, async (side) => {
        if (!wouldLast(side, kind, 'first load', patience)) await costs(side, kind, 'first load', { call: 'load' })
        else await call(side.page, { call: 'load' })
        for (const step of steps) await pouchChange(side, port, kind, step, patience)
      })
    }
  } finally {
    await stop(child)
  }
  return resultsOf({ engine: 'pouchdb', durability: 'strict', rows: county.rows }, runs)
}

/** The server's rows change first, at once; what is measured is the replication. */
async function pouchChange(
  side: Side,
  port: number,
  kind: LineKind | null,
  step: Step,
  patience: number,
): Promise<void> {
  if (wouldLast(side, kind, step.metric, patience)) return
  const response = await fetch(`http://127.0.0.1:${port}/change/${step.number}`, { method: 'POST' })
  const rows = (await response.json()) as number
  await change(side, kind, step, rows)
}

/** True where a line would take too long for it; then its time is computed: at least that, nothing lost, no latency. */
function wouldLast({ runs }: Side, kind: LineKind | null, what: string, patience: number): boolean {
  const known = runs.get(`${what}: bytes`)
  if (kind === null || known === undefined) return false
  const bytes = (known.values[0] ?? 0) * (known.unit === 'MB' ? 1e6 : 1e3)
  const seconds = (bytes * 8) / kind.bitsPerSecond
  if (seconds * 1_000 <= patience) return false
  note(runs, `${what}: time at ${kind.name}, computed from its bytes`, seconds, 's')
  return true
}
