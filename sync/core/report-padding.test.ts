import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_WORDS, SIZE_CLASSES } from '../contract/report.ts'
import { paddedJson, unpaddedJson } from './report-padding.ts'

it('gives every message one of four sizes, and the message back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (words) => {
      const bytes = paddedJson({ words })
      expect(SIZE_CLASSES).toContain(bytes.length)
      expect(unpaddedJson(bytes)).toEqual({ words })
    }),
  )
})

it('takes the next size exactly at the border', () => {
  const around = JSON.stringify({ words: '' }).length
  expect(paddedJson({ words: 'x'.repeat(2_048 - around) }).length).toBe(2_048)
  expect(paddedJson({ words: 'x'.repeat(2_049 - around) }).length).toBe(4_096)
})

it('holds the longest message that the contract allows, and refuses what is longer still', () => {
  const snapshot = Array.from({ length: 12 }, () => ({ label: '地'.repeat(40), value: '亩'.repeat(200) }))
  expect(paddedJson({ words: '𠀀'.repeat(MAX_WORDS / 2), snapshot }).length).toBe(16_384)
  expect(() => paddedJson('x'.repeat(16_384))).toThrow('at most 16384 bytes')
})

it('refuses bytes that are no JSON', () => {
  expect(() => unpaddedJson(Uint8Array.of(0xff, 0x20))).toThrow('Expected padded JSON')
})
