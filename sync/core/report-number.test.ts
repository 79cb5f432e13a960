import fc from 'fast-check'
import { expect, it } from 'vitest'
import { receiptNumber } from '../contract/report.ts'
import { isReceiptNumber, plainReceiptNumber, receiptNumberOf, spacedReceiptNumber } from './report-number.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const random = fc.uint8Array({ minLength: 10, maxLength: 10 })
const replaceAt = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1)

it('makes numbers that fit the contract and carry their check character', () => {
  fc.assert(
    fc.property(random, (bytes) => {
      const number = receiptNumberOf(bytes)
      expect(receiptNumber.safeParse(number).success).toBe(true)
      expect(isReceiptNumber(number)).toBe(true)
    }),
  )
})

it('knows a fixed number, so that office and terminal can never part ways', () => {
  expect(receiptNumberOf(new Uint8Array(10))).toBe('00000000001')
  expect(receiptNumberOf(Uint8Array.of(19, 7, 23, 2, 9, 28, 11, 10, 3, 4))).toBe('K7Q29WBA34D')
})

it('refuses every number with one mistaken character', () => {
  fc.assert(
    fc.property(random, fc.nat(10), (bytes, at) => {
      const number = receiptNumberOf(bytes)
      for (const other of ALPHABET)
        if (other !== number[at]) expect(isReceiptNumber(replaceAt(number, at, other))).toBe(false)
    }),
  )
})

it('reads a number as people copy it: small letters, hyphens, O for 0, I and L for 1', () => {
  const number = receiptNumberOf(Uint8Array.of(0, 1, 0, 1, 10, 11, 12, 13, 14, 15))
  const copied = spacedReceiptNumber(number).toLowerCase().replaceAll('0', 'o').replace('1', 'l')
  expect(plainReceiptNumber(copied)).toBe(number)
  expect(isReceiptNumber(copied)).toBe(true)
})

it('refuses what is too short, too long or of other characters', () => {
  const number = receiptNumberOf(new Uint8Array(10))
  for (const wrong of ['', number.slice(1), `${number}0`, `${number.slice(0, 10)}U`, '回执号'])
    expect(isReceiptNumber(wrong)).toBe(false)
  expect(() => receiptNumberOf(new Uint8Array(9))).toThrow('10 random bytes')
})
