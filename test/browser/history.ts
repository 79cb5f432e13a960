// Histories of a terminal: what the office, the line, the disk and the power do to it, one event after the other, and what
// it must have come to in the end, whatever they were: the very store that a fresh load of the last release gives.
import Dexie from 'dexie'
import fc from 'fast-check'
import { SunhallError } from '../../sync/contract/errors.ts'
import { ROOT_LOCK } from '../../sync/store/database.ts'
import type { BlockStore } from '../../sync/store/interface.ts'
import { drawsOf } from '../core/draws.ts'
import { blocksOf, type County, changed, startCounty } from './random-county.ts'
import { freshContents, toRest } from './rest.ts'
import { type TinyRelease, tinyRelease } from './store-release.ts'
import { contents, drop, flip, keysOf, TABLES, type Table } from './stored.ts'
import { type FakeHost, fakeHost, type Running, runEngine, settledOn } from './sync-fake-host.ts'
import { withPatches } from './tiny-patch.ts'

export type HistoryEvent =
  /**
   * A release, and how it comes from the two before it: by row patch, by delta, or only by tree and blocks. `withdraws`:
   * all that were before are withdrawn.
   */
  | { type: 'release'; seed: number; way: 'patch' | 'delta' | 'tree'; withdraws: boolean }
  /** The terminal asks, and is given this long, in ms. */
  | { type: 'ask'; ms: number }
  /** The next file but so many ends after a share of its bytes. */
  | { type: 'cut'; after: number; share: number }
  /** A proxy answers the next file but so many with another one. */
  | { type: 'stale'; after: number }
  | { type: 'away'; away: boolean }
  /** The process ends, and the next one starts. */
  | { type: 'kill' }
  | { type: 'damage'; table: Table; how: 'flip' | 'drop'; at: number }
  /** The next write finds no room. */
  | { type: 'full' }
  /** The browser resets the whole store while it is down. */
  | { type: 'reset' }

const share = fc.double({ min: 0, max: 0.999, noNaN: true })
const after = fc.nat({ max: 3 })
export const anyHistory: fc.Arbitrary<HistoryEvent[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('release' as const),
        seed: fc.nat(),
        way: fc.constantFrom('patch' as const, 'delta' as const, 'tree' as const),
        withdraws: fc.nat(4).map((draw) => draw === 0),
      }),
    },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('ask' as const), ms: fc.nat({ max: 60 }) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('cut' as const), after, share }) },
    fc.record({ type: fc.constant('stale' as const), after }),
    fc.record({ type: fc.constant('away' as const), away: fc.boolean() }),
    { weight: 2, arbitrary: fc.constant({ type: 'kill' as const }) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('damage' as const),
        table: fc.constantFrom(...TABLES),
        how: fc.constantFrom('flip' as const, 'drop' as const),
        at: share,
      }),
    },
    fc.constant({ type: 'full' as const }),
    fc.constant({ type: 'reset' as const }),
  ),
  { minLength: 3, maxLength: 14 },
)

interface World {
  name: string
  host: FakeHost
  running: Running
  county: County
  published: TinyRelease[]
  /** Faults of the line that wait for their file. */
  line: { after: number; share: number | null }[]
  full: boolean
}

export interface Lived {
  /** What the store holds in the end, and what a fresh one does. */
  lived: unknown
  fresh: unknown
  /** Files that were asked for, in order, up to the end. */
  asked: string[]
}

/** Lives through a history and then in peace. */
export async function live(events: readonly HistoryEvent[]): Promise<Lived> {
  const name = `history-${crypto.randomUUID()}`
  const host = fakeHost()
  const world: World = {
    name,
    host,
    running: start(),
    county: startCounty(drawsOf(1), 12),
    published: [],
    line: [],
    full: false,
  }
  host.fault = (path, wire) => spoil(world, path, wire)
  try {
    await happen(world, { type: 'release', seed: 1, way: 'tree', withdraws: false })
    for (const event of events) await happen(world, event)
    await peace(world)
    const asked = [...host.asked]
    return { lived: await contents(name), fresh: await freshContents(lastOf(world)), asked }
  } finally {
    world.running.stop()
    await Dexie.delete(name)
  }
  function start(): Running {
    return runEngine(host, name, { wrap: (store) => crowded(store, () => world) })
  }
}

async function happen(world: World, event: HistoryEvent): Promise<void> {
  const { host, name } = world
  if (event.type === 'release') await publish(world, event)
  if (event.type === 'ask') {
    world.running.engine.tell({ type: 'sync-now' })
    await new Promise((later) => setTimeout(later, event.ms))
  }
  // A copy: it is counted down, and the history has to stay what it was, to be told and lived again.
  if (event.type === 'cut') world.line.push({ ...event })
  if (event.type === 'stale') world.line.push({ after: event.after, share: null })
  if (event.type === 'away') host.answer(event.away ? AWAY : null)
  if (event.type === 'full') world.full = true
  if (event.type === 'damage') await damage(name, event)
  if (event.type === 'kill' || event.type === 'reset') {
    world.running.stop()
    if (event.type === 'reset') await Dexie.delete(name)
    world.running = runEngine(host, name, { wrap: (store) => crowded(store, () => world) })
  }
}

const AWAY = {
  result: 'unavailable' as const,
  error: { code: 'E-OFFLINE' as const, message: 'Expected the office, nobody answered', number: null },
  retryAfterSeconds: null,
}

async function publish(
  world: World,
  { seed, way, withdraws }: Extract<HistoryEvent, { type: 'release' }>,
): Promise<void> {
  const number = world.published.length + 1
  if (number > 1) world.county = changed(world.county, drawsOf(seed))
  const before = world.published.slice(-2)
  const release = await tinyRelease(number, blocksOf(world.county, number), way === 'tree' ? [] : before)
  if (way === 'patch') await withPatches(release, before)
  if (withdraws) release.record.withdrawn = world.published.map(({ record }) => record.number)
  world.published.push(release)
  world.host.publish(release)
}

/** What a line or a proxy makes of a file. */
function spoil({ line, host }: World, path: string, wire: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const [fault] = line
  if (fault === undefined) return wire
  fault.after -= 1
  if (fault.after >= 0) return wire
  line.shift()
  if (fault.share !== null) return wire.slice(0, Math.floor(fault.share * wire.length))
  return [...host.files].find(([other]) => other !== path)?.[1] ?? wire
}

/** A store that finds no room when the world says so. */
function crowded(store: BlockStore, world: () => World): BlockStore {
  const withRoom = async <T>(write: () => Promise<T>): Promise<T> => {
    if (!world().full) return write()
    world().full = false
    throw new SunhallError('E-QUOTA', 'Expected room for the release on the disk, found none; free some space')
  }
  return {
    ...store,
    putParts: (parts) => withRoom(() => store.putParts(parts)),
    putPatched: (release) => withRoom(() => store.putPatched(release)),
    putBlocks: (blocks) => withRoom(() => store.putBlocks(blocks)),
    showParts: (...given) => withRoom(() => store.showParts(...given)),
  }
}

async function damage(name: string, { table, how, at }: Extract<HistoryEvent, { type: 'damage' }>): Promise<void> {
  // There may be no store yet, or one that is being made.
  const keys = await keysOf(name, table).catch(() => [])
  const key = keys.sort()[Math.floor(at * keys.length)]
  if (key === undefined) return
  await (how === 'drop' ? drop(name, table, key) : flip(name, table, key, at)).catch(() => undefined)
}

/** The office is there, the line holds, the disk has room: the terminal comes to rest with the last release. */
async function peace(world: World): Promise<void> {
  const { host } = world
  host.answer(null)
  world.line.length = 0
  world.full = false
  const last = world.published.length
  const again = setInterval(() => world.running.engine.tell({ type: 'sync-now' }), 400)
  try {
    await world.running.until(settledOn(last), `release ${last}`)
  } finally {
    clearInterval(again)
  }
  await killedReadersEnd(world)
  await toRest(host, world.running, last)
}

/**
 * A kill here stops an engine in a page that lives on, and what it was reading may wait for its mending a while longer,
 * its release held against the cleaning. A process that is killed lets go at once.
 */
async function killedReadersEnd(world: World): Promise<void> {
  const prefix = `${world.name}:${ROOT_LOCK}`
  const shown = `${prefix}${lastOf(world).record.root}`
  for (;;) {
    const { held = [] } = await navigator.locks.query()
    if (held.every(({ name = '' }) => !name.startsWith(prefix) || name === shown)) return
    await new Promise((later) => setTimeout(later, 20))
  }
}

function lastOf({ published }: World): TinyRelease {
  const last = published.at(-1)
  if (last === undefined) throw new Error('Expected a release, none was published')
  return last
}
