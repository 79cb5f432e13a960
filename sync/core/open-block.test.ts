import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyRows, SEED } from '../../test/core/any-rows.ts'
import { SunhallError } from '../contract/errors.ts'
import type { Kind } from '../contract/rows.ts'
import { encodeBlock } from './codec.ts'
import { openBlock } from './open-block.ts'
import { rowsOf } from './row-makers.ts'
import { SCHEMAS } from './schema.ts'

const KINDS = Object.keys(SCHEMAS) as Kind[]

describe.each(KINDS)('a block of %s', (kind) => {
  test(`gives any of its rows alone (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyRows(kind), fc.array(fc.nat()), (rows, draws) => {
        const places = [...new Set(draws.map((draw) => draw % Math.max(1, rows.length)))]
        const wanted = rows.length === 0 ? [] : places.sort((a, b) => a - b)
        const columns = openBlock(kind, encodeBlock(kind, rows)).pick(wanted)
        expect(rowsOf(kind, wanted.length, columns)).toEqual(wanted.map((place) => rows[place]))
      }),
      { seed: SEED, numRuns: 200 },
    )
  })
})

describe.each(KINDS)('a damaged block of %s', (kind) => {
  test(`is refused, or gives only values that the schema allows (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyRows(kind), fc.nat(), fc.integer({ min: 0x20, max: 0x7e }), (rows, place, byte) => {
        const bytes = encodeBlock(kind, rows)
        bytes[place % bytes.length] = byte
        try {
          const block = openBlock(kind, bytes)
          const wanted = Array.from({ length: Math.min(3, block.rows) }, (_, at) => at)
          encodeBlock(kind, rowsOf(kind, wanted.length, block.pick(wanted)))
        } catch (error) {
          expect(error).toBeInstanceOf(SunhallError)
          expect(error).toHaveProperty('code', 'E-FORMAT')
        }
      }),
      { seed: SEED, numRuns: 100 },
    )
  })
})
