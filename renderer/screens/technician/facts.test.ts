// The technician's view never shows green where something is wrong.

import { describe, expect, it } from 'vitest'
import { isRefusalCode } from '../../../sync/contract/fleet.ts'
import { fixtureHost, fixtureStatus } from '../../../test/pages/machine.ts'
import { bytesInWords, checksOf, failureOf, spanOf, storedPercent } from './facts.ts'

describe('the six checks', () => {
  it('pass for a release that is shown by a sound machine', () => {
    expect(new Set(Object.values(checksOf(fixtureHost, fixtureStatus)))).toEqual(new Set(['passed']))
  })

  it('are not claimed before there is a release', () => {
    const checks = checksOf(
      { ...fixtureHost, trusted: null, timestampExpires: null },
      { ...fixtureStatus, shown: null },
    )
    expect(checks.signature).toBe('not-checked')
    expect(checks.expiry).toBe('not-checked')
  })

  it('name an ended timestamp, a wrong clock, damage not repaired and a number that went back', () => {
    expect(checksOf({ ...fixtureHost, timestampExpires: '2025-10-01T00:00:00Z' }, fixtureStatus).expiry).toBe(
      'not-passed',
    )
    expect(checksOf({ ...fixtureHost, clockTrusted: false }, fixtureStatus).clock).toBe('not-passed')
    const scrub = { at: fixtureHost.now, blocks: 10, damaged: 2, repaired: 1 }
    expect(checksOf(fixtureHost, { ...fixtureStatus, scrub }).hash).toBe('not-passed')
    const trusted = fixtureHost.trusted === null ? null : { ...fixtureHost.trusted, number: 46 }
    expect(checksOf({ ...fixtureHost, trusted }, fixtureStatus).number).toBe('not-passed')
  })
})

describe('what went wrong', () => {
  it("is the worker's failure first, then the host's, else nothing", () => {
    expect(failureOf(fixtureHost, fixtureStatus)?.code).toBe('E-HASH')
    const error = { code: 'E-OFFLINE' as const, message: 'Nobody answered', number: null }
    const lastCheck = { at: fixtureHost.now, ok: false, error }
    expect(failureOf({ ...fixtureHost, lastCheck }, { ...fixtureStatus, lastFailure: null })?.code).toBe('E-OFFLINE')
    expect(failureOf(fixtureHost, { ...fixtureStatus, lastFailure: null })).toBeNull()
  })

  it('is a refusal only where trust refused', () => {
    expect(isRefusalCode('E-HASH')).toBe(true)
    expect(isRefusalCode('E-OFFLINE')).toBe(false)
  })
})

describe('figures', () => {
  it('never say 100 % while a part lacks', () => {
    const record = fixtureStatus.shown
    if (record === null) throw new Error('Expected a shown release in the fixture, got none')
    expect(storedPercent(record, ['431225', '431225204'])).toBe(100)
    expect(storedPercent(record, ['431225'])).toBe(76)
    expect(
      storedPercent({ ...record, packs: { ...record.packs, x: { wire: 1, raw: 1 } } }, Object.keys(record.packs)),
    ).toBe(99)
  })

  it('read well', () => {
    expect(bytesInWords(3_200_000)).toBe('3.2 MB')
    expect(bytesInWords(41_000_000_000)).toBe('41.0 GB')
    expect(bytesInWords(512)).toBe('512 B')
    expect(spanOf('2025-10-12T02:00:00Z', '2025-10-18T06:10:00Z')).toEqual({ days: 6, hours: 4, minutes: 10 })
  })
})
