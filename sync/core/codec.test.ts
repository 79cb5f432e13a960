import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyRows, SEED } from '../../test/core/any-rows.ts'
import { SunhallError } from '../contract/errors.ts'
import type { Kind } from '../contract/rows.ts'
import { decodeBlock, decodeColumns, encodeBlock } from './codec.ts'
import { canonicalOrder } from './order.ts'
import { SCHEMAS } from './schema.ts'

const KINDS = Object.keys(SCHEMAS) as Kind[]

describe.each(KINDS)('a block of %s', (kind) => {
  test(`gives back its rows (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyRows(kind), (rows) => {
        const bytes = encodeBlock(kind, rows)
        expect(decodeBlock(kind, bytes)).toEqual(rows)
        expect(decodeColumns(kind, bytes)).toEqual(
          Object.fromEntries(
            Object.keys(SCHEMAS[kind]).map((name) => [name, rows.map((row) => Reflect.get(row, name))]),
          ),
        )
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test(`has equal bytes whatever order its rows came in (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyRows(kind), fc.infiniteStream(fc.nat()), (rows, draws) => {
        const shuffled = rows.map((row) => ({ row, draw: draws.next().value ?? 0 })).sort((a, b) => a.draw - b.draw)
        const order = canonicalOrder(kind)
        const one = encodeBlock(kind, rows.toSorted(order))
        const other = encodeBlock(kind, shuffled.map(({ row }) => row).sort(order))
        expect(one).toEqual(other)
      }),
      { seed: SEED, numRuns: 30 },
    )
  })

  test(`that is cut or changed by a byte is refused or still decodes to typed rows (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyRows(kind), fc.nat(), fc.integer({ min: 0x20, max: 0x7e }), (rows, place, byte) => {
        const bytes = encodeBlock(kind, rows)
        expectFormat(() => decodeBlock(kind, bytes.subarray(0, place % bytes.length)))
        const changed = bytes.slice()
        changed[place % bytes.length] = byte
        try {
          // What still decodes holds only values that the schema allows: it can be written again.
          encodeBlock(kind, decodeBlock(kind, changed))
        } catch (error) {
          expect(error).toBeInstanceOf(SunhallError)
          expect(error).toHaveProperty('code', 'E-FORMAT')
        }
      }),
      { seed: SEED, numRuns: 60 },
    )
  })
})

function expectFormat(act: () => unknown): void {
  expect(act).toThrow(expect.objectContaining({ code: 'E-FORMAT' }))
}

test('more than a thousand rows are refused', () => {
  const row = { gram: '补贴', documents: [1] }
  expect(encodeBlock('bigrams', new Array(1000).fill(row)).length).toBeLessThan(100)
  expectFormat(() => encodeBlock('bigrams', new Array(1001).fill(row)))
})

test('a value that the schema does not allow is refused when a block is written', () => {
  const media = { hash: 'a'.repeat(64), length: 1, caption: '' }
  expect(decodeBlock('media', encodeBlock('media', [media]))).toEqual([media])
  expectFormat(() => encodeBlock('media', [{ ...media, hash: 'A'.repeat(64) }]))
  expectFormat(() => encodeBlock('media', [{ ...media, length: 1.5 }]))
  expectFormat(() => encodeBlock('bigrams', [{ gram: '补', documents: [3, 3] }]))
})

test.each([
  ['another kind', '["names",1,[["c","甲"],["c",[]]]]'],
  ['a column too few', '["bigrams",1,[["c","补贴"]]]'],
  ['a row count that the values do not have', '["bigrams",2,[["p",["补贴"]],["c",[]]]]'],
  ['runs that end too early', '["bigrams",3,[["r",["补贴"],[2]],["c",[]]]]'],
  ['an exception behind the last row', '["bigrams",2,[["x","补",[3],["贴"]],["c",[]]]]'],
  ['a dictionary index that has no word', '["bigrams",2,[["k",["补"],["p",[0,1]]],["c",[]]]]'],
  ['an unknown form', '["bigrams",1,[["q","补"],["c",[]]]]'],
  ['a dictionary in a dictionary', '["bigrams",1,[["k",["补"],["k",[0],["c",0]]],["c",[]]]]'],
  ['numbers where texts belong', '["bigrams",1,[["c",7],["c",[]]]]'],
  ['a row count out of reason', '["bigrams",99999999,[["c","补"],["c",[]]]]'],
  ['a part too many', '["bigrams",1,[["c","补",1],["c",[]]]]'],
])('%s is refused', (_, text) => {
  expectFormat(() => decodeBlock('bigrams', new TextEncoder().encode(text)))
})
