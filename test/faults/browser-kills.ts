// Kills Chromium at drawn moments of a terminal's life, and looks after each restart at what is left (P1).
//
//   strike k: origin of its own ─► release before it settled (none before a first load) ─► offered ─► moment ─► SIGKILL
//   judge k:  started anew ─► store looked at raw ─► engine goes on ─► looked at again: as a fresh terminal's
//
// One start of the browser judges run k and strikes run k + 1: starting is what takes the time.
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { drawsOf } from '../core/draws.ts'
import { contentOf, judgeShown } from './judge.ts'
import { type Counts, drawMoment, type Moment, PHASES, WAYS, type Way } from './moments.ts'
import type { Seen } from './tasks.ts'
import { type Ground, openTerminal, type Terminal } from './terminal.ts'
import { tearLog } from './torn.ts'

export interface Strike {
  run: number
  moment: Moment
  /** Number of the release that is offered. */
  target: number
  /** How it comes; a first load always comes by packs. */
  way: Way
  /** Bytes that the database's log loses at its end after the kill, as a cut of power may take them. */
  torn: number
}
export interface Outcome {
  strike: Strike
  /** Phase that the worker had told last when it was killed; null where the moment never came. */
  hit: string | null
  /** Release on screen after the restart; 0 for none. */
  shown: number
  /** What was wrong; null for nothing. */
  failed: string | null
}
/** What the strikes are drawn from and held against. */
export interface Reference {
  /** By what is loaded: `loadOf`. */
  counts: ReadonlyMap<string, Counts>
  /** What a fresh terminal's store holds, by number of the release. */
  fresh: ReadonlyMap<number, string>
}

/** Loads whose steps are counted: a first one, and each way to each later release. */
const loadOf = (target: number, way: Way): string => (target === 1 ? 'first' : `${target} by ${way}`)

/** The same seed and run give the same strike, whichever others are run. */
export function strikeOf(run: number, seed: number, counts: Reference['counts']): Strike {
  const draw = drawsOf(seed * 1_000_003 + run)
  const phase = PHASES[run % PHASES.length] ?? 'later load'
  const round = Math.floor(run / PHASES.length)
  const way = WAYS[round % WAYS.length] ?? 'patch'
  // Every other time the worker stands still, so that the kill surely falls into this phase; of a later load, by each way.
  const held = phase === 'later load' ? round % 6 < 3 : round % 2 === 0
  const target = phase === 'first load' || phase === 'pictures' ? 1 : draw() < 0.6 ? 2 : 3
  const moment = drawMoment(phase, held, counts.get(loadOf(target, way)) ?? {}, draw)
  const torn = draw() < 0.25 ? 1 + Math.floor(draw() * 4_000) : 0
  return { run, moment, target, way, torn }
}

/** Release that is shown before that one is offered; 0 for none. Patches and deltas lead from it. */
function before(target: number): number {
  return target - 1
}

function releaseOf({ published }: Ground, number: number): ReleaseRecord | null {
  return published.find(({ record }) => record.number === number)?.record ?? null
}

/** What an office doesn't serve, so that a later release comes that way. */
function absentFor(way: Way): (path: string) => boolean {
  if (way === 'patch') return () => false
  return way === 'delta' ? (path) => path.startsWith('patches/') : (path) => /^(deltas|patches)\//.test(path)
}

/** Runs without a kill: what there is to count, and what fresh terminals hold. */
export async function rehearse(ground: Ground): Promise<Reference> {
  const terminal = await openTerminal(ground, 'rehearsal')
  const reference = { counts: new Map<string, Counts>(), fresh: new Map<number, string>() }
  const [first, ...later] = ground.published.map(({ record }) => record)
  try {
    terminal.start(0)
    for (const { record } of ground.published) {
      terminal.office.newest = record
      const counts = await terminal.settle(record.number)
      if (record === first) reference.counts.set('first', counts)
      reference.fresh.set(record.number, contentOf(await terminal.look()))
      await terminal.go(record.number)
    }
    let origin = ground.published.length
    for (const record of later) {
      for (const way of WAYS) {
        terminal.office.newest = releaseOf(ground, before(record.number))
        await terminal.settle(before(record.number))
        reference.counts.set(loadOf(record.number, way), await rehearseLater(terminal, record, way))
        origin += 1
        await terminal.go(origin)
      }
    }
    return reference
  } finally {
    await terminal.close()
  }
}

/** Errors: it came by another way, so that kills in this one would be none. */
async function rehearseLater({ office, settle }: Terminal, record: ReleaseRecord, way: Way): Promise<Counts> {
  office.newest = record
  office.absent = absentFor(way)
  office.asked.length = 0
  const counts = await settle(record.number)
  const came = office.asked.filter((path) => !office.absent(path)).map((path) => path.split('/')[0])
  const wanted = { patch: 'patches', delta: 'deltas', tree: 'packs' }[way]
  if (came[0] !== wanted) throw new Error(`Expected release ${record.number} by ${way}, it came by ${came[0]}`)
  office.absent = () => false
  return counts
}

/** Strikes and judges these runs, one after the other. `told` hears of each. */
export async function killBrowsers(
  ground: Ground,
  lane: string,
  strikes: readonly Strike[],
  reference: Reference,
  told: (outcome: Outcome) => void,
): Promise<void> {
  const terminal = await openTerminal(ground, lane)
  try {
    for (const [at, each] of strikes.entries()) {
      const struck = await strike(ground, terminal, each)
      const next = strikes[at + 1]
      told(await judge(ground, terminal, reference, struck))
      // A browser that hangs is none to go on with.
      if (next === undefined) await terminal.kill()
    }
  } finally {
    await terminal.close()
  }
}

interface Struck {
  strike: Strike
  hit: string | null
  /** True where the page had told the host that it shows the new release. */
  acknowledged: boolean
  failed: string | null
}

async function strike(ground: Ground, terminal: Terminal, each: Strike): Promise<Struck> {
  const { office } = terminal
  const struck: Struck = { strike: each, hit: null, acknowledged: false, failed: null }
  const target = releaseOf(ground, each.target)
  try {
    if (terminal.isUp) await terminal.go(each.run)
    else terminal.start(each.run)
    office.absent = () => false
    if (before(each.target) > 0) {
      office.newest = releaseOf(ground, before(each.target))
      await terminal.settle(before(each.target))
    }
    office.newest = target
    office.shown.length = 0
    office.absent = absentFor(each.way)
    struck.hit = await untilKilled(terminal, each)
    struck.acknowledged = office.shown.includes(target?.root ?? '')
  } catch (error) {
    struck.failed = `before the kill: ${String(error)}`
    await terminal.kill()
  }
  if (each.torn > 0) tearLog(terminal.profile, each.run, each.torn)
  return struck
}

/** Gives the phase in which the kill fell; null where the engine was done before its moment came. */
async function untilKilled({ office, ask, kill }: Terminal, { moment, target }: Strike): Promise<string | null> {
  office.phase = 'none'
  const came = new Promise<true>((now) => {
    office.onMoment = () => now(true)
  })
  const settled = ask({ do: 'run', until: target, moment }).then(() => false)
  // Killed, the page never answers.
  settled.catch(() => undefined)
  const isHit = await Promise.race([came, settled])
  if (isHit && moment.delayMs > 0) await new Promise((later) => setTimeout(later, moment.delayMs))
  const { phase } = office
  await kill()
  // Held, the worker hasn't gone on, whatever it had told.
  return isHit ? (moment.held ? moment.phase : phase) : null
}

/**
 * The store as the kill left it. Nothing of ours has run yet when the page looks: a browser that says nothing hung by
 * itself, and is killed and started once more, as a terminal's watchdog would.
 */
async function firstLook(terminal: Terminal, run: number): Promise<Seen> {
  try {
    return await terminal.look()
  } catch (error) {
    if (!String(error).includes('nothing in time')) throw error
    await terminal.kill()
    terminal.start(run)
    return terminal.look()
  }
}

async function judge(ground: Ground, terminal: Terminal, reference: Reference, struck: Struck): Promise<Outcome> {
  const { strike: each, hit, acknowledged } = struck
  const outcome: Outcome = { strike: each, hit, shown: 0, failed: struck.failed }
  if (outcome.failed !== null) return outcome
  try {
    terminal.office.absent = () => false
    terminal.start(each.run)
    outcome.shown = judgeShown(await firstLook(terminal, each.run), ground.published, each.target === 1)
    const old = before(each.target)
    const least = each.torn > 0 ? 0 : acknowledged ? each.target : old
    if (outcome.shown !== each.target && outcome.shown !== old && each.torn === 0)
      throw new Error(`Expected release ${old} or ${each.target}, got ${outcome.shown}`)
    if (outcome.shown < least)
      throw new Error(`Expected release ${least}, which was told as shown, got ${outcome.shown}`)
    await terminal.settle(each.target)
    const seen = await terminal.look()
    judgeShown(seen, ground.published, false)
    if (contentOf(seen) !== reference.fresh.get(each.target))
      throw new Error('Expected in the end what a fresh terminal holds, got something else')
  } catch (error) {
    outcome.failed = String(error)
    await terminal.kill()
  }
  return outcome
}
