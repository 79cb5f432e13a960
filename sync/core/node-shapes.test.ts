import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../../test/core/any-rows.ts'
import { partNode, villageNode } from '../contract/tree.ts'
import { isPartShape, isVillageShape } from './node-shapes.ts'

const HASH = 'ab'.repeat(32)
const VILLAGE = {
  dataset: 'funds',
  part: '431225100',
  village: '431225100201',
  blocks: [
    ['people', '', 0, 7, HASH, 120],
    ['payments', '2026-06', 0, 12, HASH, 480],
  ],
}
const PART = {
  dataset: 'funds',
  part: '431225100',
  villages: [
    ['', HASH, 90],
    ['431225100201', HASH, 210],
  ],
}
/** What may stand in a node's place of a value. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, -1, 1.5, 2 ** 53, '', 'funds', HASH, HASH.toUpperCase(), [], {}, true),
  fc.jsonValue(),
)

function changedAt(node: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(node) as Record<string | number, unknown>
  const last = path.at(-1) ?? ''
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as typeof copy, copy)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  // As it comes out of a text.
  return JSON.parse(JSON.stringify(copy))
}

test('the quick look takes what the schema takes', () => {
  expect([isVillageShape(VILLAGE), villageNode.safeParse(VILLAGE).success]).toEqual([true, true])
  expect([isPartShape(PART), partNode.safeParse(PART).success]).toEqual([true, true])
})

test.each([
  ['a village', VILLAGE, 'blocks', 6, isVillageShape, villageNode],
  ['a part', PART, 'villages', 3, isPartShape, partNode],
] as const)(
  `%s with one value changed: the same as the schema says (seed ${SEED})`,
  (_, node, list, size, look, schema) => {
    const child = fc.tuple(fc.constant(list), fc.nat(1), fc.nat(size))
    const path = fc.oneof(
      fc.constantFrom(...Object.keys(node), 'more').map((key) => [key]),
      child,
      fc.tuple(fc.constant(list), fc.nat(2)),
    )
    fc.assert(
      fc.property(path, anything, (at, value) => {
        const changed = changedAt(node, at, value)
        expect(look(changed)).toBe(schema.safeParse(changed).success)
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  },
)

test.each([[null], [[]], ['text'], [7]])('%j is no node', (node) => {
  expect([isVillageShape(node), isPartShape(node)]).toEqual([false, false])
})
