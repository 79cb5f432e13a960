import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyRows, SEED } from '../../test/core/any-rows.ts'
import type { Kind } from '../contract/rows.ts'
import { encodeBlock } from './codec.ts'
import { formTexts } from './form-texts.ts'
import { SCHEMAS } from './schema.ts'

test.each(Object.keys(SCHEMAS) as Kind[])(`a block of %s is cut where JSON would (seed ${SEED})`, (kind) => {
  fc.assert(
    fc.property(anyRows(kind), (rows) => {
      const text = new TextDecoder().decode(encodeBlock(kind, rows))
      const forms = (JSON.parse(text) as [string, number, unknown[]])[2].map((form) => JSON.stringify(form))
      expect(formTexts(text)).toEqual({ kind, rows: rows.length, forms })
    }),
    { seed: SEED, numRuns: 100 },
  )
})

test.each([
  ['', 'nothing'],
  ['["payments",1,[["c",1]]', 'an end cut off'],
  ['["payments",1,[["c","a]]', 'a text without its end'],
  ['["payments",1,[["c",1]]]]', 'a bracket too many'],
  ['["payments",01,[["c",1]]]', 'a number with a leading zero'],
  ['["payments",-1,[["c",1]]]', 'a negative number of rows'],
  [' ["payments",1,[["c",1]]]', 'a blank before it'],
])('%s is no block: %s', (text) => {
  expect(formTexts(text)).toBeNull()
})

test('quotes and brackets in texts cut nothing', () => {
  const form = JSON.stringify(['p', ['a"],["b', '\\', '\\"', '[', '{', '粟"']])
  expect(formTexts(`["names",6,[${form},["c",1]]]`)?.forms).toEqual([form, '["c",1]'])
})
