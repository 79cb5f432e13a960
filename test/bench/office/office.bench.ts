// npm run bench -- office: what publication costs, how its files are served, and what a fleet asks for.
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { paths, RECORD_TARGET, type ReleaseRecord } from '../../../sync/contract/release.ts'
import { nodeOptions } from '../../../sync/county/jobs/node-options.ts'
import { FULL_ROWS, type Order } from '../command.ts'
import { note, quantile, type Result, type Runs, resultsOf } from '../figures.ts'
import type { Measured } from '../measured.ts'
import { installPeers, versionOf } from '../peers/install.ts'
import { say } from '../say.ts'
import { benchCounty, publishSteps, type Step } from '../store/releases.ts'
import { filesOf, type Spread, throughPublication } from './fleet.ts'
import { county, rowsOf } from './import.bench.ts'
import type { PublishMeasured } from './publish.bench.ts'
import { loadOf, type Running, startNginx, startOurs } from './servers.ts'

const FLEETS = [30, 3_000] as const
/** The sample county of size 1 has 1,185,247 payments: somewhat more than that makes the full size. */
const ROOM = 1.02

export async function benchOffice(order: Order): Promise<Measured> {
  installPeers()
  const published: Runs = new Map()
  let rows = 0
  for (let run = 0; run < order.runs; run += 1) {
    say(`office: publication, run ${run + 1}`)
    const measured = await measuredApart('publish.bench.ts', String(rowsOf(order)))
    rows = measured.rows
    for (const [metric, value, unit] of measured.lines) note(published, metric, value, unit)
  }
  const results = [...resultsOf({ engine: 'ours', durability: 'strict', rows }, published), ...(await fromBooks(order))]
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-office-'))
  try {
    return {
      results: [...results, ...(await served(folder, order))],
      versions: { autocannon: versionOf('autocannon') },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same out of an office's database, with all datasets: the sample county, filled anew for each run. */
async function fromBooks(order: Order): Promise<Result[]> {
  const published: Runs = new Map()
  let rows = 0
  for (let run = 0; run < order.runs; run += 1) {
    say(`office: publication from the database, run ${run + 1}`)
    const folder = mkdtempSync(join(tmpdir(), 'sunhall-books-'))
    try {
      const scale = (rowsOf(order) / FULL_ROWS) * ROOM
      await county(['sample', '--scale', scale.toFixed(3), '--data', folder])
      const measured = await measuredApart('publish-books.bench.ts', folder)
      rows = measured.rows
      for (const [metric, value, unit] of measured.lines) note(published, metric, value, unit)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return resultsOf({ engine: 'ours', durability: 'strict', rows }, published)
}

async function measuredApart(program: string, argument: string): Promise<PublishMeasured> {
  // As the office runs it.
  const args = ['--expose-gc', ...nodeOptions('publish'), join(import.meta.dirname, program), argument]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
  })
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new SunhallError('E-STATE', `Expected the publication to be measured, it ended with ${code}`)
  return JSON.parse(out) as PublishMeasured
}

/** Two releases, one village apart, behind both servers. */
async function served(folder: string, order: Order): Promise<Result[]> {
  const county = benchCounty(rowsOf(order))
  const correction = { villages: county.villages.slice(0, 1), rows: 1_000, month: null }
  const step: Step = { number: 2, metric: '', correction }
  say('office: two releases to serve')
  const record = (await publishSteps(folder, county, [step])).at(-1)
  if (record === undefined) throw new SunhallError('E-STATE', 'Expected two releases, got none')
  const dist = join(folder, 'dist')
  const ours = await startOurs(dist)
  const nginx = await startNginx(folder, dist)
  if (nginx === null) say('office: no nginx on this machine: ours is measured alone')
  try {
    const results = await requests(
      [['ours', ours], ...(nginx === null ? [] : [['nginx', nginx] as const])],
      dist,
      record,
      order,
      county.rows,
    )
    return [...results, ...(await fleets(ours, dist, record, order, county.rows))]
  } finally {
    await nginx?.stop()
    await ours.stop()
  }
}

async function requests(
  servers: readonly (readonly [string, Running])[],
  dist: string,
  record: ReleaseRecord,
  order: Order,
  rows: number,
): Promise<Result[]> {
  const files = {
    timestamp: 'metadata/timestamp.json',
    'single block': globSync('blocks/*/*.gz', { cwd: dist })[0] ?? '',
    'township’s pack': paths.pack(record.root, Object.keys(record.packs).at(-1) ?? ''),
  }
  const runsBy = new Map(servers.map(([engine]) => [engine, new Map() as Runs]))
  for (let run = 0; run < order.runs; run += 1) {
    for (const [what, file] of Object.entries(files)) {
      for (const [engine, server] of servers) {
        say(`office: ${what} from ${engine}, run ${run + 1}`)
        const { rate, ms } = await loadOf(`${server.url}${file}`, order.quick ? 2 : 5)
        const runs = runsBy.get(engine) ?? new Map()
        note(runs, `served: ${what}`, rate, 'requests/s')
        note(runs, `served: ${what}, p97.5`, ms, 'ms')
      }
    }
  }
  return [...runsBy].flatMap(([engine, runs]) => resultsOf({ engine, durability: 'strict', rows }, runs))
}

async function fleets(
  ours: Running,
  dist: string,
  record: ReleaseRecord,
  order: Order,
  rows: number,
): Promise<Result[]> {
  const runs: Runs = new Map()
  // Any record will do beside its own metadata: the two are of a size.
  const metadata = globSync(['metadata/2.{snapshot,targets}.json', `targets/*${RECORD_TARGET}`], { cwd: dist }).slice(
    0,
    3,
  )
  for (const fleet of FLEETS) {
    say(`office: ${fleet} terminals through one publication`)
    const spread = await throughPublication(ours.url, filesOf(record, metadata), fleet, order.quick ? 20 : 60)
    if (spread.failed > 0)
      throw new SunhallError('E-STATE', `Expected every terminal to be answered, ${spread.failed} requests were not`)
    noteSpread(runs, fleet, spread)
  }
  return resultsOf({ engine: 'ours', durability: 'strict', rows }, runs)
}

function noteSpread(runs: Runs, fleet: number, spread: Spread): void {
  const who = `${fleet.toLocaleString('en')} terminals`
  const even = spread.requests / spread.perMinute.length
  note(runs, `${who}: requests in 3 h`, spread.requests, 'requests')
  note(runs, `${who}: busiest minute`, Math.max(...spread.perMinute), 'requests')
  note(runs, `${who}: median minute`, quantile(spread.perMinute, 0.5), 'requests')
  note(runs, `${who}: busiest minute by an even spread`, Math.max(...spread.perMinute) / even, '×')
  note(runs, `${who}: answered in, p50`, spread.p50, 'ms')
  note(runs, `${who}: answered in, p95`, spread.p95, 'ms')
  note(runs, `${who}: sent`, spread.bytes / 1e6, 'MB')
}
