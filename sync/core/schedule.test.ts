import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEED } from '../../test/core/any-rows.ts'
import { isLargeAllowed, nextSlot, type ScheduleInput } from './schedule.ts'

const MINUTE = 60_000
const calm: ScheduleInput = {
  everyMinutes: 60,
  slot: 0,
  fleet: 30,
  now: Date.UTC(2026, 10, 24, 4, 0),
  offsetMinutes: 480,
  largeLoads: [],
  pendingLarge: false,
  failures: 0,
  retryAfterSeconds: null,
  random: 0.5,
}
const anyClock = fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 })).map(([hour, minute]) => {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
})
const anyInput: fc.Arbitrary<ScheduleInput> = fc.integer({ min: 1, max: 60 }).chain((fleet) =>
  fc.record({
    everyMinutes: fc.integer({ min: 1, max: 1440 }),
    slot: fc.nat({ max: fleet - 1 }),
    fleet: fc.constant(fleet),
    now: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2036, 0, 1) }),
    offsetMinutes: fc.constantFrom(480, 0, -300),
    largeLoads: fc.array(fc.record({ from: anyClock, to: anyClock }), { maxLength: 3 }),
    pendingLarge: fc.boolean(),
    failures: fc.nat({ max: 40 }),
    retryAfterSeconds: fc.option(fc.nat({ max: 7200 })),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  }),
)
const check = (name: string, holds: (input: ScheduleInput) => void): void =>
  test(`${name} (seed ${SEED})`, () => {
    fc.assert(fc.property(anyInput, holds), { seed: SEED, numRuns: 500 })
  })

describe('the next slot', () => {
  check('is later than now, a whole millisecond, and never beyond a day and an interval', (input) => {
    const { at } = nextSlot(input)
    expect(Number.isSafeInteger(at)).toBe(true)
    expect(at).toBeGreaterThan(input.now)
    expect(at - input.now).toBeLessThanOrEqual((2 * 1440 + input.everyMinutes + 135) * MINUTE)
  })

  check('is at most one interval away while all goes well', (input) => {
    const { at } = nextSlot({ ...input, failures: 0, retryAfterSeconds: null, pendingLarge: false })
    expect(at - input.now).toBeLessThanOrEqual(input.everyMinutes * MINUTE)
  })

  check('never comes before what Retry-After asks', (input) => {
    expect(nextSlot(input).at - input.now).toBeGreaterThanOrEqual((input.retryAfterSeconds ?? 0) * 1000)
  })

  check('of a large load lies in its hours', (input) => {
    const { at } = nextSlot({ ...input, pendingLarge: true })
    expect(isLargeAllowed(input, at)).toBe(true)
  })

  check('is the same slot when asked again within the interval', (input) => {
    const steady = { ...input, failures: 0, retryAfterSeconds: null, pendingLarge: false }
    const { at } = nextSlot(steady)
    expect(nextSlot({ ...steady, now: Math.floor((steady.now + at) / 2) }).at).toBe(at)
    expect(nextSlot({ ...steady, now: at }).at).toBe(at + steady.everyMinutes * MINUTE)
  })

  test('spreads thirty terminals evenly over the interval', () => {
    const times = Array.from({ length: 30 }, (_, slot) => nextSlot({ ...calm, slot }).at).sort((a, b) => a - b)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(gaps).toEqual(new Array(29).fill(2 * MINUTE))
  })

  test('after failures doubles from half a minute to an hour, over the upper half', () => {
    const wait = (failures: number, random: number): number => nextSlot({ ...calm, failures, random }).at - calm.now
    expect([1, 2, 3, 8, 30].map((failures) => wait(failures, 0))).toEqual([
      15_000, 30_000, 60_000, 1_800_000, 1_800_000,
    ])
    expect(wait(30, 0.999)).toBeGreaterThan(3_590_000)
    expect(nextSlot({ ...calm, failures: 1 }).reason).toBe('retry')
  })

  test('of a large load waits for hours that cross midnight', () => {
    const night = { ...calm, pendingLarge: true, largeLoads: [{ from: '22:00', to: '05:00' }] }
    // 12:00 in China; the hours begin at 22:00.
    expect(nextSlot(night)).toEqual({ at: Date.UTC(2026, 10, 24, 14, 0), reason: 'large-hours' })
    // 01:30 in China is inside them.
    expect(nextSlot({ ...night, now: Date.UTC(2026, 10, 24, 17, 30) }).reason).toBe('slot')
    expect(isLargeAllowed(night, Date.UTC(2026, 10, 24, 20, 59))).toBe(true)
    expect(isLargeAllowed(night, Date.UTC(2026, 10, 24, 21, 0))).toBe(false)
  })
})
