import { expect, test } from 'vitest'
import type { TerminalProfile } from '../contract/host-api.ts'
import { freshContext } from './context.ts'
import { untilNight } from './decide.ts'
import type { Ports } from './ports.ts'

const MINUTE = 60_000
/** Midnight in China. */
const MIDNIGHT = Date.UTC(2026, 0, 5, 16)

/** Minutes after midnight at which a terminal scrubs. */
function scrubMinute(slot: number, fleet: number): number {
  const ports = { clock: { now: () => MIDNIGHT, offsetMinutes: () => 480 } } as unknown as Ports
  return untilNight({ ...freshContext(ports), profile: { slot, fleet } as unknown as TerminalProfile }) / MINUTE
}

test('the nightly scrub is at 02:40, a minute later for each terminal', () => {
  expect([0, 1, 29].map((slot) => scrubMinute(slot, 30))).toEqual([160, 161, 189])
})

test('the largest fleet that a config may name is through with its scrubs before the halls open', () => {
  const minutes = Array.from({ length: 1_000 }, (_, slot) => scrubMinute(slot, 1_000))
  expect(Math.min(...minutes)).toBe(160)
  expect(Math.max(...minutes)).toBeLessThan(7 * 60)
})
