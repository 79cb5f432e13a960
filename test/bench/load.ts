// What a load costs a terminal: 1.2 million payment rows cold, corrections, look-ups, and other stores on the same rows.
// Run: node test/bench/load.ts [scale]. A real Chromium, a real server; the page is idle meanwhile.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { z } from 'zod'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { type BenchLine, type LineOf, lineMaker, median, quantile, say, tableOf } from './figures.ts'
import { CORRECTION_ROWS, inventedCounty, SHARED_NAMES } from './invented-county.ts'
import type { LOOKUPS, Lookups, NameResult, PeerResult } from './load.page.ts'
import { OWN, publishAll, serve, withPage } from './load-server.ts'
import type { LoadResult } from './load-work.page.ts'
import type { Peer } from './peers.page.ts'

const SAMPLE_ROWS = 40_000
const ROUNDS = 5
/** Releases with one correction each, as load-server.ts makes them: what is corrected, and the budget in ms. */
const DELTAS = [
  { number: 2, what: 'one township, one month', budget: 40 },
  { number: 3, what: 'one township, any month', budget: 100 },
  { number: 4, what: 'all villages, one month', budget: 180 },
  { number: 5, what: 'all villages, any month', budget: 350 },
] as const
/** 30 releases behind: a month's payments corrected, then 30,000 rows of any month. Each is reached from the one before. */
const FAR = [31, 61] as const
const PEER_NAMES: Record<Peer, string> = {
  raw: 'raw IndexedDB',
  dexie: 'Dexie bulkPut',
  pouch: 'PouchDB, indexeddb adapter',
  rxdb: 'RxDB, Dexie storage',
}

interface Found {
  rounds: { cold: LoadResult; deltas: LoadResult[] }[]
  peers: PeerResult
  slow: LoadResult[]
  far: LoadResult[]
  diskBytes: number
  cold: Lookups
  warm: Lookups
  names: NameResult
}

/** A table's worth of figures. */
export async function benchLoad(scale = 1): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-load-'))
  try {
    say('load: publishing')
    const records = await publishAll(folder, scale)
    const server = await serve(folder, records)
    try {
      const found = await measure(folder, server.resolvedUrls?.local[0] ?? '')
      return linesOf(records, found, lineMaker(scale))
    } finally {
      await server.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function call<T>(page: Page, name: string, ...given: unknown[]): Promise<T> {
  const body = `window.bench.${name}(...${JSON.stringify(given)})`
  return page.evaluate(body) as Promise<T>
}

const load = (page: Page, number: number, cold: boolean, line = 'dist'): Promise<LoadResult> =>
  call<LoadResult>(page, 'load', number, OWN, cold, line)

async function measure(folder: string, url: string): Promise<Found> {
  const [first, second, third] = ['one', 'two', 'three'].map((name) => join(folder, name)) as [string, string, string]
  const loads = await withPage(first, url, async (page) => {
    say('load: rounds')
    const rounds: Found['rounds'] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const cold = await load(page, 1, true)
      const deltas: LoadResult[] = []
      for (const { number } of DELTAS) deltas.push(await load(page, number, false))
      rounds.push({ cold, deltas })
    }
    say('load: other stores')
    return { rounds, peers: await call<PeerResult>(page, 'peers', SAMPLE_ROWS) }
  })
  // A profile of its own: what earlier databases left behind isn't counted.
  const twoReleases = await withPage(second, url, async (page) => {
    await load(page, 1, true)
    const near = await load(page, FAR[0], false)
    const diskBytes = await call<number>(page, 'disk')
    return { far: [near, await load(page, FAR[1], false)], diskBytes }
  })
  say('load: slow line')
  const slow = await withPage(third, url, async (page) => {
    const turns: LoadResult[] = []
    for (let turn = 0; turn < 3; turn += 1) turns.push(await load(page, 1, true, 'slow'))
    return turns
  })
  // New processes: the browser's own memory is cold; the files may still be in the system's.
  const townships = inventedCounty(1).townships()
  const villages = townships.flatMap((township) => inventedCounty(1).villages(township).slice(0, 4))
  say('load: look-ups')
  const cold = await withPage(second, url, (page) => call<Lookups>(page, 'lookups', villages, false))
  const warm = await withPage(second, url, (page) => call<Lookups>(page, 'lookups', villages, true))
  const names = await withPage(second, url, (page) => call<NameResult>(page, 'names', SHARED_NAMES))
  return { ...loads, ...twoReleases, slow, cold, warm, names }
}

function linesOf(records: readonly ReleaseRecord[], found: Found, line: LineOf): BenchLine[] {
  const rows = z.number().parse(records[0]?.kinds.payments)
  const colds = found.rounds.map(({ cold }) => cold)
  const coldMs = median(colds.map(({ ms }) => ms))
  return [
    line('payment rows', rows, 'rows'),
    line(`cold load, verified and indexed, median of ${ROUNDS}`, coldMs, 'ms', 1_000),
    line('  own township shown after', median(colds.map(({ ownMs }) => ownMs)), 'ms'),
    line('  wire, payments with indexes', (colds[0]?.bytes ?? 0) / 1e6, 'MB', 6),
    line('  requests', colds[0]?.requests ?? 0, ''),
    ...peerLines(found.peers, rows, coldMs, line),
    line(
      'own township usable at 2 Mbit/s, over a slowed server',
      median(found.slow.map(({ ownMs }) => ownMs)),
      'ms',
      1_500,
    ),
    ...deltaLines(found, line),
    ...farLines(found, line),
    line('disk: two releases with indexes', found.diskBytes / 1e6, 'MB', 25),
    ...lookupLines(found, line),
  ]
}

function peerLines({ rows: sampled, peers }: PeerResult, rows: number, coldMs: number, line: LineOf): BenchLine[] {
  return (Object.keys(PEER_NAMES) as Peer[]).map((peer) => {
    const ms = peers[peer] * rows
    const made = line(`${PEER_NAMES[peer]}: ${sampled} rows, extrapolated per row`, ms / 1_000, 's', 0)
    const { budget, ...rest } = made
    const least = budget === null ? {} : { leastRatio: 100 }
    return { ...rest, budget: null, ratio: ms / coldMs, ...least }
  })
}

function deltaLines({ rounds }: Found, line: LineOf): BenchLine[] {
  return DELTAS.flatMap(({ what, budget }, at) => {
    const loads = rounds.flatMap(({ deltas }) => deltas.slice(at, at + 1))
    const bytes = median(loads.map(({ bytes: each }) => each))
    return [
      line(
        `delta of ${CORRECTION_ROWS} rows: ${what}, median of ${ROUNDS}`,
        median(loads.map(({ ms }) => ms)),
        'ms',
        budget,
      ),
      line('  wire of a changed row', bytes / CORRECTION_ROWS, 'B', 7),
    ]
  })
}

function farLines({ far }: Found, line: LineOf): BenchLine[] {
  return ['changes in one month', 'changes in any month of three years'].flatMap((what, at) => [
    line(`30 releases behind, ${what}`, far[at]?.ms ?? 0, 'ms'),
    line('  requests', far[at]?.requests ?? 0, '', 3),
    line('  wire', (far[at]?.bytes ?? 0) / 1e6, 'MB'),
  ])
}

type Lookup = (typeof LOOKUPS)[number]

function lookupLines({ cold, warm, names }: Found, line: LineOf): BenchLine[] {
  const list = `village list of ${Math.round(median(cold.villageRows))} rows`
  const budgets: [Lookup, string, number, number][] = [
    ['household', 'household', 5, 2],
    ['person', 'person', 5, 2],
    ['village', list, 10, 5],
  ]
  return [
    ...budgets.map(([what, name, budget]) => line(`${name}, cold p95`, quantile(cold.ms[what], 0.95), 'ms', budget)),
    ...budgets.map(([what, name, , budget]) => line(`${name}, warm p95`, quantile(warm.ms[what], 0.95), 'ms', budget)),
    line(`a name that ${median(names.villages)} villages share, p95`, quantile(names.ms, 0.95), 'ms', 20),
    line('  p50', median(names.ms), 'ms'),
  ]
}

if (process.argv[1]?.endsWith('load.ts')) console.log(tableOf(await benchLoad(Number(process.argv[2] ?? 1))))
