// A thief's release number and the worker's own check: what the host has trusted after the county's new root is loaded, and a
// replay from before it is not.
import { expect, it } from 'vitest'
import { fixtureRecord } from '../../test/county/fixture-data.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Pointer } from '../store/interface.ts'
import { chooseCandidate, mustForget } from './decide.ts'

const theirs: ReleaseRecord = { ...fixtureRecord, number: 1_000_000, root: 'a'.repeat(64) }
const ours: ReleaseRecord = { ...fixtureRecord, number: 48, series: 1, root: 'b'.repeat(64) }
const showing = (shown: ReleaseRecord, previous: ReleaseRecord | null = null): Pointer => ({
  ...{ shown, previous, loading: null, shownParts: Object.keys(shown.packs).sort(), scrubbed: true },
})

it('takes the county’s number 48 of the new series over the thief’s millionth', () => {
  expect(chooseCandidate(showing(theirs), ours, null)).toEqual(ours)
})

it('refuses the thief’s once the county’s is shown (E-NUMBER), and the county’s own of the series before', () => {
  for (const old of [theirs, fixtureRecord])
    expect(() => chooseCandidate(showing(ours), old, null)).toThrow(expect.objectContaining({ code: 'E-NUMBER' }))
  expect(chooseCandidate(showing(ours), ours, null)).toBeNull()
})

it('forgets what was kept before a new series first of all', () => {
  expect(mustForget(showing(ours))).toBe(true)
  expect(mustForget(showing(ours, ours))).toBe(false)
  expect(mustForget(showing(fixtureRecord))).toBe(false)
})
