// The chart's paths with a simulated clock and simulated work: when it asks, what waits for whom, where failures lead.
// The work itself is tested on the real store in test/browser.
import { describe, expect, test } from 'vitest'
import { createActor, fromPromise } from 'xstate'
import { SunhallError } from '../contract/errors.ts'
import type { HostState } from '../contract/host-api.ts'
import type { BlockStore } from '../store/interface.ts'
import { type Loaded, NOTHING, type Started } from './context.ts'
import { DeferredLoad } from './load.ts'
import { engineMachine } from './machine.ts'
import { BusyError, type Ports } from './ports.ts'
import { HOUR, MINUTE, record, START, settle, shownAt, simulate } from './simulated.ts'
import { statusOf } from './status.ts'

describe('the schedule', () => {
  test('asks at once where nothing is shown yet', async () => {
    const { script, pass } = simulate({ pointer: NOTHING })
    await pass(0)
    expect(script.checks).toEqual([START])
  })

  test('asks within ten seconds of a start that shows something, then in its own slot of every hour', async () => {
    const { script, pass } = simulate()
    await pass(10_000)
    expect(script.checks).toEqual([START + 5_000 + 5_000])
    await pass(HOUR)
    await pass(HOUR)
    const slots = script.checks.slice(1).map((at) => (at - START) % HOUR)
    expect(script.checks).toHaveLength(3)
    for (const slot of slots) expect(slot).toBeLessThan(HOUR)
  })

  test('backs off after failures, and a success ends it', async () => {
    const failure = {
      code: 'E-OFFLINE' as const,
      message: 'Expected the office',
      number: null,
      at: new Date(START).toISOString(),
    }
    const { script, context, pass, now } = simulate({
      check: async () => ({ candidate: null, failure, retryAfterSeconds: null }),
    })
    await pass(10_000)
    const waits: number[] = []
    for (let tries = 0; tries < 8; tries += 1) {
      const wait = (context().nextSlot ?? 0) - now()
      waits.push(wait)
      await pass(wait)
    }
    expect(waits[0]).toBeLessThanOrEqual(30_000)
    expect(waits.every((wait, at) => at === 0 || wait >= (waits[at - 1] ?? 0))).toBe(true)
    expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR)
    expect(context().failures).toBe(9)
    script.check = async () => ({ candidate: null, failure: null, retryAfterSeconds: null })
    await pass(HOUR)
    expect(context()).toMatchObject({ failures: 0, lastFailure: null })
  })

  test('obeys Retry-After, of a check and of a file', async () => {
    const failure = {
      code: 'E-BUSY' as const,
      message: 'Expected the office',
      number: null,
      at: new Date(START).toISOString(),
    }
    const { script, context, pass, now } = simulate({
      check: async () => ({ candidate: null, failure, retryAfterSeconds: 1_800 }),
    })
    await pass(10_000)
    expect((context().nextSlot ?? 0) - now()).toBeGreaterThanOrEqual(1_800_000)
    script.check = async () => ({ candidate: record(2), failure: null, retryAfterSeconds: null })
    script.load = async () => {
      throw new BusyError('Expected the pack', 2_400)
    }
    await pass(2_000_000)
    expect(context().lastFailure?.code).toBe('E-BUSY')
    expect((context().nextSlot ?? 0) - now()).toBeGreaterThanOrEqual(2_400_000)
  })

  test('a large load waits for its hours and is no failure', async () => {
    const { script, context, pass } = simulate({
      check: async () => ({ candidate: record(2), failure: null, retryAfterSeconds: null }),
      load: async () => {
        throw new DeferredLoad(5_000)
      },
    })
    await pass(10_000)
    expect(context()).toMatchObject({ pendingLarge: true, failures: 0, lastFailure: null })
    // 22:00 in China, and this terminal's share of the hour.
    const slot = context().nextSlot ?? 0
    expect(slot).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 5, 14))
    expect(slot).toBeLessThan(Date.UTC(2026, 0, 5, 15))
    expect(script.checks).toHaveLength(1)
  })
})

describe('the switch', () => {
  const ready = () =>
    simulate({ check: async () => ({ candidate: record(2), failure: null, retryAfterSeconds: null }) })

  test('waits for rest, however long a visit lasts', async () => {
    const { actor, at, context, pass, script } = ready()
    await pass(10_000)
    expect(at({ work: 'ready' })).toBe(true)
    await pass(2 * HOUR)
    expect(context().pointer.shown?.number).toBe(1)
    actor.send({ type: 'rest' })
    await pass(0)
    expect(context().pointer.shown?.number).toBe(2)
    expect(script.announced).toBe(2)
    expect(script).toMatchObject({ scrubs: 1 })
    expect(script.cleans).toBeGreaterThan(0)
  })

  test('happens at once at rest', async () => {
    const { actor, context, pass } = ready()
    actor.send({ type: 'rest' })
    await pass(10_000)
    expect(context().pointer.shown?.number).toBe(2)
  })

  test('a visit that begins while loading holds it', async () => {
    const { actor, at, pass, script } = ready()
    const held = Promise.withResolvers<Loaded>()
    script.load = () => held.promise
    actor.send({ type: 'rest' })
    await pass(10_000)
    actor.send({ type: 'visit' })
    held.resolve({ pointer: shownAt(1), shown: false })
    await pass(0)
    expect(at({ work: 'ready' })).toBe(true)
  })
})

describe('a withdrawn release', () => {
  test('is cleaned away before the new one is scrubbed', async () => {
    const order: string[] = []
    const shown = { ...record(2), withdrawn: [1] }
    const { pass, actor, script } = simulate({ pointer: { ...shownAt(2, false), shown } })
    actor.subscribe(({ value }) => {
      const state = JSON.stringify(value)
      for (const name of ['cleaning', 'scrubbing']) if (state.includes(name) && order.at(-1) !== name) order.push(name)
    })
    await pass(0)
    expect(order.slice(0, 2)).toEqual(['cleaning', 'scrubbing'])
    expect(script.cleans).toBeGreaterThan(0)
  })

  test('does not put cleaning first where none was withdrawn', async () => {
    const order: string[] = []
    const { pass, actor } = simulate({ pointer: shownAt(2, false) })
    actor.subscribe(({ value }) => {
      const state = JSON.stringify(value)
      for (const name of ['cleaning', 'scrubbing']) if (state.includes(name) && order.at(-1) !== name) order.push(name)
    })
    await pass(0)
    expect(order[0]).toBe('scrubbing')
  })
})

describe('failures', () => {
  test('of a load keep the old release, with code and number', async () => {
    const { context, at, pass } = simulate({
      check: async () => ({ candidate: record(2), failure: null, retryAfterSeconds: null }),
      load: async () => {
        throw new SunhallError('E-HASH', 'Expected another hash')
      },
    })
    await pass(10_000)
    expect(at({ work: 'idle' })).toBe(true)
    expect(context().lastFailure).toMatchObject({ code: 'E-HASH', number: 2 })
    expect(context().pointer.shown?.number).toBe(1)
  })

  test('of the store open it anew, again and again until it answers', async () => {
    let starts = 0
    const { at, pass } = simulate({
      start: async () => {
        starts += 1
        if (starts < 4) throw new SunhallError('E-STORE', 'Expected the database')
      },
    })
    await pass(0)
    expect(at({ work: 'reopening' })).toBe(true)
    for (let turn = 0; turn < 4; turn += 1) await pass(10_000)
    expect(starts).toBe(4)
    expect(at({ work: 'idle' })).toBe(true)
  })

  test('a status names them until the next success', async () => {
    const { context, pass, script, actor } = simulate({
      check: async () => {
        throw new SunhallError('E-NUMBER', 'Expected a later release')
      },
    })
    await pass(10_000)
    expect(statusOf(context(), 'waiting')).toMatchObject({ failures: 1, lastFailure: { code: 'E-NUMBER' } })
    script.check = async () => ({ candidate: null, failure: null, retryAfterSeconds: null })
    actor.send({ type: 'sync-now' })
    await pass(0)
    expect(statusOf(context(), 'waiting')).toMatchObject({ failures: 0, lastFailure: null })
  })
})

describe('the scrub', () => {
  test('comes after an unclean stop and after a switch that was never scrubbed, not after a clean stop', async () => {
    const unclean = simulate({ uncleanStop: true })
    await unclean.pass(0)
    expect(unclean.script.scrubs).toBe(1)
    const unscrubbed = simulate({ pointer: shownAt(1, false) })
    await unscrubbed.pass(0)
    expect(unscrubbed.script.scrubs).toBe(1)
    const sound = simulate()
    await sound.pass(0)
    expect(sound.script.scrubs).toBe(0)
  })

  test('comes every night, though the office is asked every hour', async () => {
    const { pass, script } = simulate()
    for (let step = 0; step < 72 * 6; step += 1) await pass(10 * MINUTE)
    expect(script.scrubs).toBe(3)
  })

  test('with a find is done again until one is clean, but a disk that goes on spoiling is left until the night', async () => {
    const mended = simulate({ uncleanStop: true, damaged: [1, 1] })
    await mended.pass(0)
    expect(mended.script.scrubs).toBe(3)
    expect(statusOf(mended.context(), 'waiting').scrub).toMatchObject({ damaged: 0 })
    const spoiling = simulate({ uncleanStop: true, damaged: Array(9).fill(1) })
    await spoiling.pass(0)
    expect(spoiling.script.scrubs).toBe(3)
    for (let step = 0; step < 24 * 6; step += 1) await spoiling.pass(10 * MINUTE)
    expect(spoiling.script.scrubs).toBe(4)
  })

  test('comes when asked for', async () => {
    const { actor, pass, script } = simulate()
    await pass(0)
    actor.send({ type: 'scrub-now' })
    await pass(0)
    expect(script.scrubs).toBe(1)
  })
})

test('a terminal without a config does nothing', async () => {
  const machine = engineMachine.provide({
    actors: {
      start: fromPromise<Started, never>(async () => {
        const host = { profile: null, uncleanStop: false } as unknown as HostState
        return { store: {} as BlockStore, pointer: NOTHING, host }
      }) as never,
    },
  })
  const actor = createActor(machine, { input: {} as Ports }).start()
  await settle()
  expect(actor.getSnapshot().matches({ work: 'stopped' })).toBe(true)
})
