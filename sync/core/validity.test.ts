import { describe, expect, test } from 'vitest'
import { type Version, validityAmong, validityOn, versionOn } from './validity.ts'

const plain: Version = {
  work: 'W',
  version: 1,
  made: null,
  published: null,
  inForce: '2020-01-01',
  repealed: null,
  validity: 'in-force',
  registrationExpiry: null,
}

describe('what holds of a policy on a day', () => {
  test.each<[string, Partial<Version>, string, string]>([
    ['from its first day', {}, '2020-01-01', 'in-force'],
    ['before its first day', {}, '2019-12-31', 'not-yet'],
    ['on its day of repeal', { repealed: '2024-05-01' }, '2024-05-01', 'repealed'],
    ['the day before its repeal', { repealed: '2024-05-01', validity: 'repealed' }, '2024-04-30', 'in-force'],
    ['after its registration ran out', { registrationExpiry: '2025-01-01' }, '2025-01-02', 'repealed'],
    ['on the last day of its registration', { registrationExpiry: '2025-01-01' }, '2025-01-01', 'in-force'],
    ['without a first day', { inForce: null }, '2026-01-01', 'unknown'],
    ['without a first day, before it was made', { inForce: null, made: '2021-01-01' }, '2020-01-01', 'not-yet'],
    ['without a first day, after its repeal', { inForce: null, repealed: '2021-01-01' }, '2022-01-01', 'repealed'],
    ['repealed on an unknown day', { validity: 'repealed' }, '2026-01-01', 'unknown'],
    ['where its source doesn’t say', { validity: 'unknown' }, '2026-01-01', 'unknown'],
  ])('%s', (_, rest, day, expected) => {
    expect(validityOn({ ...plain, ...rest }, day)).toBe(expected)
  })
})

describe('versions of one policy', () => {
  const old: Version = { ...plain, validity: 'repealed' }
  const current: Version = { ...plain, version: 2, inForce: '2025-01-01' }
  const versions = [current, old]

  test('an old version whose end is unknown ended when the next came into force', () => {
    expect(validityAmong(old, versions, '2024-12-31')).toBe('in-force')
    expect(validityAmong(old, versions, '2025-01-01')).toBe('repealed')
  })

  test('the version in force on a day is found', () => {
    expect(versionOn(versions, '2024-06-01')).toEqual({ document: old, validity: 'in-force' })
    expect(versionOn(versions, '2026-06-01')).toEqual({ document: current, validity: 'in-force' })
    expect(versionOn(versions, '2019-06-01')).toBeNull()
  })

  test('where none is known to be in force, the latest that may be is given as unknown', () => {
    const vague = { ...plain, inForce: null }
    expect(versionOn([vague, { ...vague, version: 2 }], '2026-01-01')).toMatchObject({
      document: { version: 2 },
      validity: 'unknown',
    })
  })

  test('a version of another policy ends nothing', () => {
    expect(validityAmong({ ...plain }, [{ ...current, work: 'other' }, plain], '2026-01-01')).toBe('in-force')
  })
})
