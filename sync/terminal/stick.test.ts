// A stick that a technician brings goes before the office, whatever is under way.
import { describe, expect, test } from 'vitest'
import { record, simulate } from './simulated.ts'

describe('a stick', () => {
  const never = () => new Promise<never>(() => undefined)

  test('is looked at while the office is still answering, and the office’s answer is waited for no more', async () => {
    const { actor, script, at, context, pass } = simulate({ check: never })
    await pass(10_000)
    expect(at({ work: 'checking' })).toBe(true)
    script.check = async () => ({ candidate: null, failure: null, retryAfterSeconds: null })
    actor.send({ type: 'load-stick', folder: '/media/stick' })
    await pass(0)
    expect(script.checks).toHaveLength(2)
    expect(context().request).toEqual({ reason: 'stick', folder: '/media/stick' })
    expect(at({ work: 'idle' })).toBe(true)
  })

  test('ends a load that drips, and what it brings is loaded in its place', async () => {
    const { actor, script, at, context, pass } = simulate({
      check: async () => ({ candidate: record(2), failure: null, retryAfterSeconds: null }),
      load: never,
    })
    await pass(10_000)
    expect(at({ work: 'loading' })).toBe(true)
    script.load = async () => ({ pointer: script.pointer, shown: false })
    actor.send({ type: 'load-stick', folder: null })
    expect(context().progress).toBe(null)
    await pass(0)
    expect(script.checks).toHaveLength(2)
    expect(at({ work: 'ready' })).toBe(true)
  })

  test('is looked at while a loaded release waits for the villager to go', async () => {
    const { actor, script, at, pass } = simulate({
      check: async () => ({ candidate: record(2), failure: null, retryAfterSeconds: null }),
    })
    await pass(10_000)
    expect(at({ work: 'ready' })).toBe(true)
    actor.send({ type: 'load-stick', folder: null })
    await pass(0)
    expect(script.checks).toHaveLength(2)
  })
})
