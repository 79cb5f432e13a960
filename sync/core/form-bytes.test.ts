import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyRows, SEED } from '../../test/core/any-rows.ts'
import type { Kind } from '../contract/rows.ts'
import { encodeBlock } from './codec.ts'
import { formBytes } from './form-bytes.ts'
import { SCHEMAS } from './schema.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const textsIn = (forms: readonly Uint8Array[] = []): string[] => forms.map((form) => new TextDecoder().decode(form))

test.each(Object.keys(SCHEMAS) as Kind[])(`a block of %s is cut where JSON would (seed ${SEED})`, (kind) => {
  fc.assert(
    fc.property(anyRows(kind), (rows) => {
      const bytes = encodeBlock(kind, rows)
      const block = JSON.parse(new TextDecoder().decode(bytes)) as [string, number, unknown[]]
      const found = formBytes(bytes)
      expect([found?.kind, found?.rows]).toEqual([kind, rows.length])
      expect(textsIn(found?.forms)).toEqual(block[2].map((form) => JSON.stringify(form)))
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
  expect(formBytes(utf8(text))).toBeNull()
})

test('quotes and brackets in texts cut nothing', () => {
  const form = JSON.stringify(['p', ['a"],["b', '\\', '\\"', '[', '{', '粟"']])
  const found = formBytes(utf8(`["names",6,[${form},["c",1]]]`))
  expect(textsIn(found?.forms)).toEqual([form, '["c",1]'])
})
