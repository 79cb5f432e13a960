// What a thousand kills come to: counts by phase, failures by run, and the table that a person reads.
import type { Outcome } from './browser-kills.ts'
import type { HostOutcome } from './host-kills.ts'
import { AREAS, HOST_WAYS } from './host-moments.ts'
import { PHASES, WAYS } from './moments.ts'

export interface Figures {
  seed: number
  browser: {
    runs: number
    /** ms, all together. */
    ms: number
    /** Kills by the phase that they fell into, as the worker had told last. */
    hits: Record<string, number>
    /** Of those in a later load, by the way it came. */
    ways: Record<string, number>
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
    /** The same kills by the file of which the mirror makes the new packs. */
    ways: Record<string, number>
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
  const [ofBrowser, ofHost] = [browserFigures(browser, browserMs), hostFigures(host, hostMs)]
  const wanted = [
    ...(browser.length > 0 ? Object.entries({ ...ofBrowser.hits, ...ofBrowser.ways }) : []),
    ...(host.length > 0 ? Object.entries({ ...ofHost.hits, ...ofHost.ways }) : []),
  ]
  return {
    seed,
    browser: ofBrowser,
    host: ofHost,
    failed: [
      ...browser.flatMap(({ strike, failed }) => (failed === null ? [] : [{ run: `b${strike.run}`, why: failed }])),
      ...host.flatMap(({ run, failed }) => (failed === null ? [] : [{ run: `h${run}`, why: failed }])),
    ],
    unhit: all ? wanted.flatMap(([what, count]) => (count === 0 ? [what] : [])) : [],
  }
}

function browserFigures(browser: readonly Outcome[], ms: number): Figures['browser'] {
  const hits = browser.flatMap(({ hit }) => hit ?? [])
  const inLater = browser.flatMap(({ hit, strike }) => (hit === 'later load' ? [strike.way] : []))
  const newOnes = browser.filter(({ strike, shown }) => shown === strike.target).length
  return {
    ...{ runs: browser.length, ms: Math.round(ms), hits: tally(PHASES, hits), ways: tally(WAYS, inLater) },
    missed: browser.length - hits.length,
    torn: browser.filter(({ strike }) => strike.torn > 0).length,
    ...{ old: browser.length - newOnes, new: newOnes },
  }
}

function hostFigures(host: readonly HostOutcome[], ms: number): Figures['host'] {
  const moments = host.flatMap(({ hit, moment }) => (hit ? [moment] : []))
  const hits = tally(
    AREAS,
    moments.map(({ area }) => area),
  )
  const ways = tally(
    HOST_WAYS,
    moments.map(({ way }) => way),
  )
  return {
    ...{ runs: host.length, ms: Math.round(ms), hits, ways },
    missed: host.length - moments.length,
    lost: host.filter(({ moment }) => moment.lost).length,
    old: host.filter(({ trusted }) => trusted === 1).length,
    new: host.filter(({ trusted }) => trusted === 2).length,
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
    `  later loads by ${WAYS.map((way) => `${way} ${browser.ways[way] ?? 0}`).join(', ')}`,
    `  then shown: the release before ${browser.old} times, the new one ${browser.new} times; ${pace(browser)}`,
    `host: ${host.runs} kills, ${host.lost} that took what was not synced, by the area that was written`,
    ...rows(host.hits, host.missed),
    `  later releases by ${HOST_WAYS.map((way) => `${way} ${host.ways[way] ?? 0}`).join(', ')}`,
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
