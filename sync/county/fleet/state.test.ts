// How a terminal stands: each state at its limit, and which one is the stronger.
import { describe, expect, it } from 'vitest'
import type { LastHeartbeat } from '../../contract/console/fleet.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { alarmsOf, type Circumstances, type Known, verdictOf } from './state.ts'

const NOW = new Date('2026-11-24T08:00:00Z')
const ago = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString()
const circumstances: Circumstances = {
  now: NOW,
  settings: DEFAULT_SETTINGS,
  published: { number: 7, since: ago(48) },
}
const shown = { number: 7, root: 'a'.repeat(64), signedAt: ago(48), dataUntil: '2026-11-20' }
const fine: LastHeartbeat = {
  ...{ county: '431225', terminal: 'HT-17', sequence: 1, iat: 0, shown, trusted: 7, appVersion: '0.3.0' },
  ...{ shell: 'browser', runtime: 'node', browser: null, diskFreeBytes: 9e9, uptimeSeconds: 1, uncleanStop: false },
  ...{ lastError: null, refusal: null, clockOffsetMs: 0, media: null, waiting: null },
}
const refusal = { code: 'E-NUMBER' as const, message: '', number: 8, at: ago(1) }
const known = (heard: number, heartbeat: Partial<LastHeartbeat> = {}, more: Partial<Known> = {}): Known => ({
  ...{ enrolledAt: ago(1_000), revokedAt: null, heardAt: ago(heard), heartbeat: { ...fine, ...heartbeat } },
  ...more,
})
const stateOf = (one: Known, around = circumstances) => verdictOf(one, around).state

describe('the state of a terminal (P9)', () => {
  it('turns late and silent exactly after the hours that the office set', () => {
    expect(stateOf(known(6.9))).toBe('fresh')
    expect(stateOf(known(7))).toBe('late')
    expect(stateOf(known(23.9))).toBe('late')
    expect(stateOf(known(24))).toBe('silent')
    const patient = { ...circumstances, settings: { ...DEFAULT_SETTINGS, silentAfterHours: 72 } }
    expect(stateOf(known(24), patient)).toBe('late')
  })

  it('counts the silence of a terminal that only enrolled from its enrolment', () => {
    const silent = { heardAt: null, heartbeat: null }
    expect(stateOf({ ...known(0), ...silent, enrolledAt: ago(1) })).toBe('fresh')
    expect(stateOf({ ...known(0), ...silent, enrolledAt: ago(30) })).toBe('silent')
  })

  it('is refusing with the reason, unless it is silent, which is stronger', () => {
    expect(verdictOf(known(1, { refusal }), circumstances)).toMatchObject({
      state: 'refusing',
      why: { code: 'E-NUMBER', number: 8 },
    })
    expect(stateOf(known(8, { refusal }))).toBe('refusing')
    expect(stateOf(known(30, { refusal }))).toBe('silent')
  })

  it('is late where it shows an older release, once the new one has been out for long enough', () => {
    const older = known(1, { shown: { ...shown, number: 6 } })
    expect(verdictOf(older, circumstances).why).toMatchObject({ key: 'behind', number: 6 })
    expect(stateOf(older, { ...circumstances, published: { number: 7, since: ago(2) } })).toBe('fresh')
    expect(stateOf(known(1, { shown: null }))).toBe('late')
    expect(stateOf(older, { ...circumstances, published: null })).toBe('fresh')
  })

  it('is what the office said of it before anything else', () => {
    expect(stateOf(known(100, {}, { revokedAt: ago(1) }))).toBe('revoked')
    expect(stateOf({ enrolledAt: null, revokedAt: null, heardAt: null, heartbeat: null })).toBe('never-enrolled')
  })
})

it('raises an alarm for silence, refusal, a full disk and a wrong clock, and none for a revoked terminal', () => {
  const bad = { refusal, diskFreeBytes: 1e6, clockOffsetMs: -3_600_000 }
  expect([...alarmsOf(known(30, bad), circumstances)]).toEqual([
    ['silent', '30 h'],
    ['refusing', 'E-NUMBER'],
    ['disk', '1 MB'],
    ['clock', '-60 min'],
  ])
  expect(alarmsOf(known(1), circumstances).size).toBe(0)
  expect(alarmsOf(known(30, bad, { revokedAt: ago(1) }), circumstances).size).toBe(0)
})
