// Kills Chromium at drawn moments of a terminal's life, and looks after each restart at what is left (P1).
//
//   strike k: origin of its own ─► release 1 settled (not before a first load) ─► newer one offered ─► moment ─► SIGKILL
//   judge k:  started anew ─► store looked at raw ─► engine goes on ─► looked at again: as a fresh terminal's
//
// One start of the browser judges run k and strikes run k + 1: starting is what takes the time.
import { drawsOf } from '../core/draws.ts'
import { contentOf, judgeShown } from './judge.ts'
import { type Counts, drawMoment, type Moment, PHASES } from './moments.ts'
import type { Seen } from './tasks.ts'
import { type Ground, openTerminal, type Terminal } from './terminal.ts'
import { tearLog } from './torn.ts'

export interface Strike {
  run: number
  moment: Moment
  /** Number of the release that is offered. */
  target: number
  /** True where no delta is served, so that the tree and single blocks are fetched. */
  byTree: boolean
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
  counts: Counts
  /** What a fresh terminal's store holds, by number of the release. */
  fresh: ReadonlyMap<number, string>
}

/** The same seed and run give the same strike, whichever others are run. */
export function strikeOf(run: number, seed: number, counts: Counts): Strike {
  const draw = drawsOf(seed * 1_000_003 + run)
  const phase = PHASES[run % PHASES.length] ?? 'delta'
  // Every other time the worker stands still, so that the kill surely falls into this phase.
  const held = Math.floor(run / PHASES.length) % 2 === 0
  const moment = drawMoment(phase, held, counts, draw)
  const target = phase === 'first load' || phase === 'pictures' ? 1 : draw() < 0.6 ? 2 : 3
  const torn = draw() < 0.25 ? 1 + Math.floor(draw() * 4_000) : 0
  return { run, moment, target, byTree: draw() < 0.3, torn }
}

/** Runs without a kill: what there is to count, and what fresh terminals hold. */
export async function rehearse(ground: Ground): Promise<Reference> {
  const terminal = await openTerminal(ground, 'rehearsal')
  const fresh = new Map<number, string>()
  try {
    terminal.start(0)
    terminal.office.newest = ground.published[0]?.record ?? null
    const first = await terminal.settle(1)
    terminal.office.newest = ground.published[1]?.record ?? null
    const later = await terminal.settle(2)
    for (const { record } of ground.published) {
      await terminal.go(record.number)
      terminal.office.newest = record
      await terminal.settle(record.number)
      fresh.set(record.number, contentOf(await terminal.look()))
    }
    return { counts: { ...later, 'first load': first['first load'] ?? {}, pictures: first.pictures ?? {} }, fresh }
  } finally {
    await terminal.close()
  }
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
  const target = ground.published.find(({ record }) => record.number === each.target)
  try {
    if (terminal.isUp) await terminal.go(each.run)
    else terminal.start(each.run)
    office.absent = () => false
    if (each.target > 1) {
      office.newest = ground.published[0]?.record ?? null
      await terminal.settle(1)
    }
    office.newest = target?.record ?? null
    office.shown.length = 0
    office.absent = (path) => each.byTree && /^(deltas|patches)\//.test(path)
    struck.hit = await untilKilled(terminal, each)
    struck.acknowledged = office.shown.includes(target?.record.root ?? '')
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
    const least = each.torn > 0 ? 0 : acknowledged ? each.target : Math.min(1, each.target - 1)
    if (outcome.shown !== each.target && outcome.shown !== Math.min(1, each.target - 1) && each.torn === 0)
      throw new Error(`Expected release 1 or ${each.target}, got ${outcome.shown}`)
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
