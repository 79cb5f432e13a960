import { describe, expect, test } from 'vitest'
import type { ReleaseRecord } from '../contract/release.ts'
import { COUNTY, FORMAT_VERSION, NAMES } from '../contract/tree.ts'
import { partOrder, planBytes, planParts, planRelease } from './fetch-plan.ts'

const root = 'a'.repeat(64)
const before = 'b'.repeat(64)
const longAgo = 'c'.repeat(64)
const OWN = '431225204'
const record: ReleaseRecord = {
  format: FORMAT_VERSION,
  county: COUNTY,
  number: 9,
  root,
  rootLength: 400,
  signedAt: '2026-11-20T00:00:00.000Z',
  dataUntil: '2026-11-19',
  sample: true,
  reviewed: false,
  datasets: { funds: 1, notices: 1, places: 1, policies: 1, 'village-finance': 1 },
  kinds: {},
  tree: { wire: 50_000, raw: 200_000 },
  packs: {
    '431225': { wire: 400_000, raw: 1_600_000 },
    '431225100': { wire: 300_000, raw: 1_200_000 },
    '431225204': { wire: 200_000, raw: 800_000 },
  },
  deltas: [
    { number: 8, root: before, wire: 60_000, raw: 300_000 },
    { number: 2, root: longAgo, wire: 5_000_000, raw: 20_000_000 },
  ],
  media: { count: 0, bytes: 0 },
  auditHead: '',
}
const block = (at: number, raw: number): [string, number] => [at.toString(16).padStart(64, '0'), raw]

describe('the plan for a release', () => {
  test('is empty for the release that is there', () => {
    expect(planRelease(record, root, OWN)).toEqual([])
  })

  test('loads first the county, then the own township, then the others', () => {
    const plan = planRelease(record, null, OWN)
    expect(plan.map((fetch) => fetch.kind === 'pack' && fetch.part)).toEqual([COUNTY, OWN, '431225100'])
    expect(planBytes(record, plan)).toBe(900_000)
    expect(plan[0]).toMatchObject({ path: `packs/${root}/431225.gz`, wire: 400_000, raw: 1_600_000 })
  })

  test('is one delta from a release that the record names', () => {
    expect(planRelease(record, before, OWN)).toEqual([
      { kind: 'delta', from: before, path: `deltas/${root}/${before}.gz`, wire: 60_000, raw: 300_000 },
    ])
  })

  test('is the tree from an unknown release, or where the delta is larger than the packs', () => {
    const tree = [{ kind: 'tree', path: `packs/${root}/tree.gz`, wire: 50_000, raw: 200_000 }]
    expect(planRelease(record, 'd'.repeat(64), OWN)).toEqual(tree)
    expect(planRelease(record, longAgo, OWN)).toEqual(tree)
  })
})

describe('the plan for parts', () => {
  test('fetches few blocks singly and many as a pack', () => {
    const many = Array.from({ length: 200 }, (_, at) => block(at, 4_000))
    const plan = planParts(
      record,
      new Map([
        ['431225100', [block(900, 4_000), block(901, 2_000)]],
        [OWN, many],
      ]),
      OWN,
    )
    expect(plan.map(({ kind }) => kind)).toEqual(['pack', 'block', 'block'])
    expect(plan[1]).toMatchObject({
      part: '431225100',
      raw: 4_000,
      path: expect.stringMatching(/^blocks\/00\/0{60}0384\.gz$/),
    })
  })

  test('asks for nothing where nothing is missing', () => {
    expect(planParts(record, new Map([[OWN, []]]), OWN)).toEqual([])
  })

  test('fetches blocks of a part without a pack singly', () => {
    expect(planParts(record, new Map([['431225999', [block(1, 10)]]]), OWN).map(({ kind }) => kind)).toEqual(['block'])
  })
})

test('parts come in the order county, own, others by code, names', () => {
  const parts = [NAMES, '431225999', '431225100', OWN, COUNTY]
  expect(partOrder(parts, OWN)).toEqual([COUNTY, OWN, '431225100', '431225999', NAMES])
})
