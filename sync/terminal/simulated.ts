// The chart with a simulated clock and simulated work: what the tests of its paths stand on.
import { createActor, fromPromise, SimulatedClock } from 'xstate'
import type { HostState, TerminalProfile } from '../contract/host-api.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { BlockStore, Pointer } from '../store/interface.ts'
import { type Checked, type Loaded, NOTHING, type Started } from './context.ts'
import { engineMachine } from './machine.ts'
import type { Ports } from './ports.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** 2026-01-05 00:00 UTC, 08:00 in China. */
export const START = Date.UTC(2026, 0, 5)

const profile = {
  terminal: 'T05',
  township: '431225101',
  slot: 3,
  fleet: 30,
  schedule: { everyMinutes: 60, largeLoads: [{ from: '22:00', to: '05:00' }], largeBytes: 1_000 },
} as unknown as TerminalProfile

export function record(number: number): ReleaseRecord {
  return {
    number,
    root: String(number).repeat(64).slice(0, 64),
    packs: { '431225': { wire: 1, raw: 1 } },
  } as unknown as ReleaseRecord
}
export function shownAt(number: number, scrubbed = true): Pointer {
  return { ...NOTHING, shown: record(number), shownParts: ['431225'], scrubbed }
}

interface Script {
  pointer: Pointer
  uncleanStop: boolean
  check: () => Promise<Checked>
  load: () => Promise<Loaded>
  scrubs: number
  /** What each scrub finds, in order; nothing after the last. */
  damaged: number[]
  cleans: number
  checks: number[]
  announced: number
  start: () => Promise<void>
}

export function simulate(changes: Partial<Script> = {}) {
  const clock = new SimulatedClock()
  const now = (): number => START + clock.now()
  const script: Script = {
    pointer: shownAt(1),
    uncleanStop: false,
    check: async () => ({ candidate: null, failure: null, retryAfterSeconds: null }),
    load: async () => ({ pointer: script.pointer, shown: false }),
    start: async () => undefined,
    scrubs: 0,
    damaged: [],
    cleans: 0,
    checks: [],
    announced: 0,
    ...changes,
  }
  const ports = {
    clock: { now, offsetMinutes: () => 480, setTimeout: () => 0, clearTimeout: () => undefined },
    random: () => 0.5,
    changed: () => {
      script.announced += 1
    },
    transport: { tellShown: async () => undefined },
  } as unknown as Ports
  const store = { onDamaged: () => () => undefined, close: () => undefined } as unknown as BlockStore
  const machine = engineMachine.provide({
    actors: {
      start: fromPromise<Started, never>(async () => {
        await script.start()
        const host = { profile, uncleanStop: script.uncleanStop } as unknown as HostState
        return { store, pointer: script.pointer, host }
      }),
      check: fromPromise<Checked, never>(async () => {
        script.checks.push(now())
        return script.check()
      }),
      load: fromPromise<Loaded, never>(() => script.load()),
      switchOver: fromPromise<Pointer, never>(async () => {
        script.pointer = shownAt(2, false)
        return script.pointer
      }),
      pictures: fromPromise<null, never>(async () => null),
      scrub: fromPromise<never, never>(async () => {
        script.scrubs += 1
        return {
          pointer: { ...script.pointer, scrubbed: true },
          scrub: { at: '', blocks: 1, damaged: script.damaged.shift() ?? 0, repaired: 0 },
        } as never
      }),
      clean: fromPromise<Pointer, never>(async () => {
        script.cleans += 1
        return script.pointer
      }),
    } as never,
  })
  const actor = createActor(machine, { clock, input: ports })
  actor.start()
  return {
    actor,
    script,
    now,
    context: () => actor.getSnapshot().context,
    at: (state: Parameters<ReturnType<typeof actor.getSnapshot>['matches']>[0]) => actor.getSnapshot().matches(state),
    /** Lets promises settle, then passes time. */
    async pass(ms: number) {
      await settle()
      clock.increment(ms)
      await settle()
    },
  }
}
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  await new Promise((done) => setTimeout(done, 0))
}
