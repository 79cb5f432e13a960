// What a thousand kills come to: counts by phase, failures by run, and the table that a person reads.
import type { Outcome } from './browser-kills.ts'
import type { HostOutcome } from './host-kills.ts'
import { AREAS } from './host-moments.ts'
import { PHASES } from './moments.ts'

export interface Figures {
  seed: number
  browser: {
    runs: number
    /** ms, all together. */
    ms: number
    /** Kills by the phase that they fell into, as the worker had told last. */
    hits: Record<string, number>
    /** Runs whose moment never came: killed when all was done. */
    missed: number
    /** Kills after which the end of the database's log was cut off, too. */
    torn: number
    /** Runs after which the release before was shown (or none yet), and the new one. */
    old: number
    new: number
  }
  host: {
    runs: number
    ms: number
    /** Kills by the area whose change they came before. */
    hits: Record<string, number>
    missed: number
    /** Kills that took what wasn't synced along. */
    lost: number
    /** Runs after which release 1 was trusted, and release 2. */
    old: number
    new: number
  }
  failed: { run: string; why: string }[]
  /** Phases and areas that should have been hit and were not. */
  unhit: string[]
}
interface Found {
  browser: readonly Outcome[]
  host: readonly HostOutcome[]
  browserMs: number
  hostMs: number
  seed: number
  /** False where one run was repeated: it can't hit everything. */
  all: boolean
}

export function figuresOf({ browser, host, browserMs, hostMs, seed, all }: Found): Figures {
  const hits = tally(
    PHASES,
    browser.flatMap(({ hit }) => hit ?? []),
  )
  const hostHits = tally(
    AREAS,
    host.flatMap(({ hit, moment }) => (hit ? [moment.area] : [])),
  )
  const wanted = [
    ...(browser.length > 0 ? Object.entries(hits) : []),
    ...(host.length > 0 ? Object.entries(hostHits) : []),
  ]
  const newOnes = browser.filter(({ strike, shown }) => shown === strike.target).length
  return {
    seed,
    browser: {
      ...{ runs: browser.length, ms: Math.round(browserMs), hits },
      missed: browser.filter(({ hit }) => hit === null).length,
      torn: browser.filter(({ strike }) => strike.torn > 0).length,
      ...{ old: browser.length - newOnes, new: newOnes },
    },
    host: {
      ...{ runs: host.length, ms: Math.round(hostMs), hits: hostHits },
      missed: host.filter(({ hit }) => !hit).length,
      lost: host.filter(({ moment }) => moment.lost).length,
      old: host.filter(({ trusted }) => trusted === 1).length,
      new: host.filter(({ trusted }) => trusted === 2).length,
    },
    failed: [
      ...browser.flatMap(({ strike, failed }) => (failed === null ? [] : [{ run: `b${strike.run}`, why: failed }])),
      ...host.flatMap(({ run, failed }) => (failed === null ? [] : [{ run: `h${run}`, why: failed }])),
    ],
    unhit: all ? wanted.flatMap(([what, count]) => (count === 0 ? [what] : [])) : [],
  }
}

function tally(names: readonly string[], hits: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  for (const hit of hits) counts[hit] = (counts[hit] ?? 0) + 1
  return counts
}

export function tableOf({ browser, host, failed, unhit, seed }: Figures): string {
  return [
    `browser: ${browser.runs} kills, ${browser.torn} with a torn log, by the phase that they fell into`,
    ...rows(browser.hits, browser.missed),
    `  then shown: the release before ${browser.old} times, the new one ${browser.new} times; ${pace(browser)}`,
    `host: ${host.runs} kills, ${host.lost} that took what was not synced, by the area that was written`,
    ...rows(host.hits, host.missed),
    `  then trusted: the release before ${host.old} times, the new one ${host.new} times; ${pace(host)}`,
    ...(unhit.length > 0 ? [`FAILED: never hit: ${unhit.join(', ')}`] : []),
    `${failed.length} failed; seed ${seed}`,
  ].join('\n')
}

function rows(hits: Record<string, number>, missed: number): string[] {
  const all = missed > 0 ? { ...hits, 'after the end': missed } : hits
  return Object.entries(all).map(([what, count]) => `  ${what.padEnd(14)} ${String(count).padStart(5)}`)
}

function pace({ runs, ms }: { runs: number; ms: number }): string {
  return `${Math.round(ms / 1_000)} s, ${Math.round(ms / Math.max(1, runs))} ms a run`
}
