// Draws the kills of browser and host, runs them in lanes, and counts what they hit.
import { join } from 'node:path'
import { killBrowsers, type Outcome, type Reference, rehearse, strikeOf } from './browser-kills.ts'
import { publishReleases } from './county.ts'
import { type Figures, figuresOf } from './figures.ts'
import { type HostOutcome, openHostGround } from './host-kills.ts'
import { hostMomentOf } from './host-moments.ts'
import { buildPages } from './pages.ts'
import type { Ground } from './terminal.ts'

export interface KillOptions {
  /** Kills of the browser. */
  runs: number
  /** Kills of the host. */
  hostRuns: number
  seed: number
  /** 'b17' or 'h17': that run alone. */
  only: string | null
  /** Browsers side by side. */
  lanes: number
  /** An empty scratch folder. */
  folder: string
  say(line: string): void
}
/** One run after the other needs it, for its progress. */
const TOLD_EVERY = 50

export async function killAll(options: KillOptions): Promise<Figures> {
  const began = performance.now()
  const browser = await killsOfBrowser(options, runsOf('b', options.runs, options.only))
  const browserMs = performance.now() - began
  const host = await killsOfHost(options, runsOf('h', options.hostRuns, options.only))
  const hostMs = performance.now() - began - browserMs
  return figuresOf({ browser, host, browserMs, hostMs, seed: options.seed, all: options.only === null })
}

function runsOf(kind: 'b' | 'h', count: number, only: string | null): number[] {
  if (only !== null) return only.startsWith(kind) ? [Number(only.slice(1))] : []
  return Array.from({ length: count }, (_, at) => at + 1)
}

async function killsOfBrowser(options: KillOptions, runs: readonly number[]): Promise<Outcome[]> {
  if (runs.length === 0) return []
  const { folder, seed, say } = options
  const { county, all } = await publishReleases(join(folder, 'county'), 3)
  const pages = join(folder, 'pages')
  await buildPages(pages)
  const chromium = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
  const ground: Ground = { chromium, folder, dist: county.dist, pages, published: all }
  const reference: Reference = await rehearse(ground)
  say(`seed ${seed}; steps of the browser without a kill: ${JSON.stringify(Object.fromEntries(reference.counts))}`)
  const outcomes: Outcome[] = []
  const told = (outcome: Outcome): void => {
    outcomes.push(outcome)
    tell(options, `b${outcome.strike.run}`, outcome.failed, JSON.stringify(outcome), outcomes.length)
  }
  const strikes = runs.map((run) => strikeOf(run, seed, reference.counts))
  const lanes = Array.from({ length: options.lanes }, (_, lane) =>
    strikes.filter((_s, at) => at % options.lanes === lane),
  )
  await Promise.all(lanes.map((lane, at) => killBrowsers(ground, String(at), lane, reference, told)))
  return outcomes
}

async function killsOfHost(options: KillOptions, runs: readonly number[]): Promise<HostOutcome[]> {
  if (runs.length === 0) return []
  const ground = await openHostGround(join(options.folder, 'host'))
  options.say(`seed ${options.seed}; changes of the host without a kill: ${JSON.stringify(ground.counts)}`)
  try {
    const outcomes: HostOutcome[] = []
    for (const run of runs) {
      const outcome = await ground.kill(run, hostMomentOf(run, options.seed, ground.counts))
      outcomes.push(outcome)
      tell(options, `h${run}`, outcome.failed, JSON.stringify(outcome), outcomes.length)
    }
    return outcomes
  } finally {
    await ground.close()
  }
}

function tell({ say, seed, only }: KillOptions, run: string, failed: string | null, what: string, count: number): void {
  if (failed !== null) say(`FAILED ${run} ${what}\n  repeat: npm run faults -- kill --seed ${seed} --only ${run}`)
  else if (only !== null) say(`${run} ${what}`)
  else if (count % TOLD_EVERY === 0) say(`${run}: ${count} done`)
}
