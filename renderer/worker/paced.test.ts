import { expect, test } from 'vitest'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { paced } from './paced.ts'

const IDLE: SyncStatus = {
  phase: 'loading',
  shown: null,
  shownParts: [],
  loading: null,
  nextSlot: null,
  failures: 0,
  last: null,
  lastFailure: null,
  scrub: null,
  media: { have: 0, wanted: 0 },
}

/** Time that only moves when the test says so. */
function timeline() {
  const told: SyncStatus[] = []
  const due: (() => void)[] = []
  const timers = {
    setTimeout: (work: () => void) => due.push(work),
    clearTimeout: (timer: unknown) => {
      if (typeof timer === 'number') due[timer - 1] = () => undefined
    },
  }
  const say = paced((status) => told.push(status), timers)
  const pass = (): void => {
    for (const work of due.splice(0)) work()
  }
  return { told, say, pass }
}
const withMedia = (have: number): SyncStatus => ({ ...IDLE, media: { have, wanted: 9 } })

test('Of progress that comes all at once the first and the last are told.', () => {
  const { told, say, pass } = timeline()
  for (const have of [1, 2, 3, 4]) say(withMedia(have))
  expect(told).toEqual([withMedia(1)])
  pass()
  expect(told).toEqual([withMedia(1), withMedia(4)])
})

test('Another phase is told at once, and nothing older after it.', () => {
  const { told, say, pass } = timeline()
  say(withMedia(1))
  say(withMedia(2))
  say({ ...IDLE, phase: 'waiting' })
  pass()
  expect(told).toEqual([withMedia(1), { ...IDLE, phase: 'waiting' }])
})
