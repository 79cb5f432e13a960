// P1, P10: any sequence of releases, cuts, stale answers, kills, damage, full disks and lost stores ends, once there is
// peace, in the state that a fresh load of the last release gives, byte by byte. Failures are kept below by name.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory, type HistoryEvent, live } from './history.ts'

/** ms in which random histories are lived through, after those that are kept. */
const LONGEST_MS = 20_000

/** Minimised histories that once failed, or that the field is known for. */
const KEPT: readonly (readonly [what: string, events: HistoryEvent[]])[] = [
  [
    'a pointer flipped so that it names a release far ahead',
    [
      { type: 'ask', ms: 60 },
      { type: 'damage', table: 'meta', how: 'flip', at: 0.5 },
      { type: 'kill' },
      { type: 'ask', ms: 20 },
    ],
  ],
  [
    'a township’s nodes dropped while the next release comes as a delta',
    [
      { type: 'ask', ms: 60 },
      { type: 'damage', table: 'parts', how: 'drop', at: 0.5 },
      { type: 'release', seed: 2, way: 'delta', withdraws: false },
      { type: 'ask', ms: 10 },
    ],
  ],
  [
    'a full disk in the middle of a first load, then the store reset',
    [
      { type: 'full' },
      { type: 'ask', ms: 5 },
      { type: 'reset' },
      { type: 'cut', after: 1, share: 0.5 },
      { type: 'ask', ms: 5 },
    ],
  ],
  [
    'the county’s nodes flipped while a killed process still waits for their mending',
    [
      { type: 'reset' },
      { type: 'release', seed: 0, way: 'patch', withdraws: false },
      { type: 'damage', table: 'parts', how: 'flip', at: 0 },
      { type: 'full' },
      { type: 'kill' },
      { type: 'stale', after: 1 },
      { type: 'kill' },
      { type: 'cut', after: 0, share: 0 },
      { type: 'release', seed: 16, way: 'delta', withdraws: false },
    ],
  ],
  [
    'a row patch that is cut, a kill in the next one, a block damaged that a third starts from',
    [
      { type: 'ask', ms: 60 },
      { type: 'release', seed: 2, way: 'patch', withdraws: false },
      { type: 'cut', after: 0, share: 0.5 },
      { type: 'ask', ms: 40 },
      { type: 'release', seed: 3, way: 'patch', withdraws: false },
      { type: 'ask', ms: 5 },
      { type: 'kill' },
      { type: 'damage', table: 'bundles', how: 'drop', at: 0.5 },
      { type: 'release', seed: 4, way: 'patch', withdraws: false },
      { type: 'ask', ms: 40 },
    ],
  ],
  [
    'the pointer lost while a first load is cared for',
    [
      { type: 'ask', ms: 54 },
      { type: 'cut', after: 0, share: 0 },
      { type: 'full' },
      { type: 'damage', table: 'meta', how: 'drop', at: 0 },
    ],
  ],
]

test.each(KEPT)('ends as a fresh load: %s', { timeout: 60_000 }, async (_what, events) => {
  const { lived, fresh } = await live(events)
  expect(lived).toEqual(fresh)
})

const seed = Math.floor(Math.random() * 2 ** 31)
test(`any history ends as a fresh load of the last release (seed ${seed})`, { timeout: 240_000 }, async () => {
  let histories = 0
  let patches = 0
  const property = fc.asyncProperty(anyHistory, async (events) => {
    const { lived, fresh, asked } = await live(events)
    expect(lived).toEqual(fresh)
    histories += 1
    if (asked.some((path) => path.startsWith('patches/'))) patches += 1
  })
  await fc.assert(property, { seed, numRuns: 200, interruptAfterTimeLimit: LONGEST_MS, endOnFailure: false })
  expect(histories).toBeGreaterThan(2)
  expect(patches).toBeGreaterThan(0)
})
