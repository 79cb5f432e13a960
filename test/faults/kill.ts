// Draws the kills, runs them in lanes, and counts what they hit.
import { join } from 'node:path'
import { killBrowsers, type Outcome, rehearse, type Strike, strikeOf } from './browser-kills.ts'
import { publishReleases } from './county.ts'
import { PHASES } from './moments.ts'
import { buildPages } from './pages.ts'
import type { Ground } from './terminal.ts'

export interface KillOptions {
  runs: number
  seed: number
  /** 'b17' or 'h17': that run alone. */
  only: string | null
  lanes: number
  folder: string
  say(line: string): void
}
export interface Figures {
  seed: number
  runs: number
  /** ms, all together. */
  ms: number
  /** Kills by the phase that they fell into. */
  hits: Record<string, number>
  /** Runs whose moment never came: killed when all was done. */
  missed: number
  /** Kills after which the log was cut, too. */
  torn: number
  /** Runs after which the old release was shown, and the new one. */
  old: number
  new: number
  failed: number
  failures: { run: string; why: string }[]
  /** Phases that should have been hit and were not. */
  unhit: string[]
}

export async function killAll(options: KillOptions): Promise<Figures> {
  const { folder, seed, say } = options
  const began = performance.now()
  const { county, all } = await publishReleases(join(folder, 'county'), 3)
  const pages = join(folder, 'pages')
  await buildPages(pages)
  const chromium = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
  const ground: Ground = { chromium, folder, dist: county.dist, pages, published: all }
  const reference = await rehearse(ground)
  say(`seed ${seed}; counted without a kill: ${JSON.stringify(reference.counts)}`)
  const runs = runsOf(options)
  const strikes = runs.map((run) => strikeOf(run, seed, reference.counts))
  const outcomes: Outcome[] = []
  const told = (outcome: Outcome): void => {
    outcomes.push(outcome)
    if (outcome.failed !== null || options.only !== null) say(lineOf(outcome, seed))
    else if (outcomes.length % 50 === 0) say(`${outcomes.length} of ${runs.length} browser kills`)
  }
  await Promise.all(
    lanesOf(strikes, options.lanes).map((lane, at) => killBrowsers(ground, String(at), lane, reference, told)),
  )
  return figuresOf(outcomes, seed, performance.now() - began, options.only === null)
}

function runsOf({ runs, only }: KillOptions): number[] {
  const all = Array.from({ length: runs }, (_, at) => at + 1)
  return only === null ? all : only.startsWith('b') ? [Number(only.slice(1))] : []
}

function lanesOf(strikes: readonly Strike[], lanes: number): Strike[][] {
  const dealt = Array.from({ length: lanes }, (_, lane) => strikes.filter((_strike, at) => at % lanes === lane))
  return dealt.filter((lane) => lane.length > 0)
}

function lineOf({ strike, hit, shown, failed }: Outcome, seed: number): string {
  const what = `b${strike.run} ${JSON.stringify(strike)}: hit ${hit ?? 'nothing'}, then release ${shown}`
  return failed === null
    ? what
    : `FAILED ${what}: ${failed}\n  repeat: npm run faults -- kill --seed ${seed} --only b${strike.run}`
}

function figuresOf(outcomes: readonly Outcome[], seed: number, ms: number, all: boolean): Figures {
  const hits: Record<string, number> = Object.fromEntries(PHASES.map((phase) => [phase, 0]))
  for (const { hit } of outcomes) if (hit !== null) hits[hit] = (hits[hit] ?? 0) + 1
  const failures = outcomes.flatMap(({ strike, failed }) =>
    failed === null ? [] : [{ run: `b${strike.run}`, why: failed }],
  )
  return {
    ...{ seed, runs: outcomes.length, ms: Math.round(ms), hits },
    missed: outcomes.filter(({ hit }) => hit === null).length,
    torn: outcomes.filter(({ strike }) => strike.torn > 0).length,
    old: outcomes.filter(({ strike, shown }) => shown !== strike.target).length,
    new: outcomes.filter(({ strike, shown }) => shown === strike.target).length,
    ...{ failed: failures.length, failures },
    unhit: all ? PHASES.filter((phase) => hits[phase] === 0) : [],
  }
}

export function tableOf(figures: Figures): string {
  const { hits, missed, torn, failed, runs, ms, unhit } = figures
  const lines = Object.entries(hits).map(([phase, count]) => `  ${phase.padEnd(14)} ${String(count).padStart(5)}`)
  const each = runs === 0 ? 0 : ms / runs
  return [
    `kills by the phase that they fell into (${runs} of the browser, ${torn} with a torn log):`,
    ...lines,
    `  after the end  ${String(missed).padStart(5)}`,
    `restarted with the old release ${figures.old} times, with the new one ${figures.new} times`,
    ...(unhit.length > 0 ? [`FAILED: never hit: ${unhit.join(', ')}`] : []),
    `${failed} failed; ${(ms / 1000).toFixed(0)} s, ${each.toFixed(0)} ms a run; seed ${figures.seed}`,
  ].join('\n')
}
