import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEED } from '../../test/core/any-rows.ts'
import { bigramsOf, isSearchable, normalText } from './bigrams.ts'
import { bitmapOf, bitsOf, hasBit, uniteBitmaps } from './bitmap.ts'
import { bucketOf } from './bucket.ts'
import { canonicalJson } from './canonical.ts'

describe('a bitmap', () => {
  test(`gives back its bits (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 300 })), (bits) => {
        const sorted = bits.toSorted((a, b) => a - b)
        const bitmap = bitmapOf(bits)
        expect(bitsOf(bitmap)).toEqual(sorted)
        expect(sorted.every((bit) => hasBit(bitmap, bit))).toBe(true)
        expect(hasBit(bitmap, 301)).toBe(false)
        expect(bitmap.endsWith('0')).toBe(false)
      }),
      { seed: SEED },
    )
  })

  test('only grows at its end when a later bit is added', () => {
    expect(bitmapOf([1, 3])).toBe('a')
    expect(bitmapOf([1, 3, 12])).toBe('a001')
  })

  test('of a household is its members’ together', () => {
    expect(bitsOf(uniteBitmaps([bitmapOf([0, 9]), bitmapOf([4]), '']))).toEqual([0, 4, 9])
  })

  test('that is not lower-case hex is refused', () => {
    expect(() => bitsOf('0G')).toThrow(expect.objectContaining({ code: 'E-FORMAT' }))
  })
})

describe('the grams of a text', () => {
  test('are pairs of Chinese characters and whole runs of digits and letters', () => {
    expect(bigramsOf('耕地补贴2026年ABC')).toEqual(['耕地', '地补', '补贴', '2026', '年', 'abc'])
  })

  test('are the same for full-width and half-width, upper and lower case', () => {
    expect(bigramsOf('第１２号ＡＢ')).toEqual(bigramsOf('第12号ab'))
    expect(normalText('ＡＢ１２')).toBe('ab12')
  })

  test('don’t cross punctuation or spaces', () => {
    expect(bigramsOf('农户，补贴 标准')).toEqual(['农户', '补贴', '标准'])
  })

  test('take characters beyond the basic plane whole', () => {
    expect(bigramsOf('𠮷野家')).toEqual(['𠮷野', '野家'])
  })

  test('of punctuation are none', () => {
    expect(bigramsOf('，。！')).toEqual([])
    expect(isSearchable('，。！')).toBe(false)
    expect(isSearchable('第')).toBe(true)
  })
})

test('a bucket is FNV-1a over UTF-16 code units, low byte first', () => {
  expect(bucketOf('', 2 ** 32)).toBe(0x811c9dc5)
  expect(bucketOf('a', 2 ** 32)).toBe(Math.imul(Math.imul(0x811c9dc5 ^ 0x61, 0x01000193) ^ 0, 0x01000193) >>> 0)
  expect(new Set(Array.from({ length: 500 }, (_, at) => bucketOf(`杨${at}`, 64))).size).toBe(64)
})

describe('canonical JSON', () => {
  test('sorts keys by code units at every depth and has no spaces', () => {
    expect(canonicalJson({ b: [1, { z: null, a: '杨' }], B: true })).toBe('{"B":true,"b":[1,{"a":"杨","z":null}]}')
  })

  test.each([Number.NaN, undefined, 1n, () => 0, { a: undefined }, [Number.POSITIVE_INFINITY]])(
    'refuses %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'E-FORMAT' }))
    },
  )
})
