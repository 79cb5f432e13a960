// Money as it stands on the glass.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, fitsWan, quantity, wan, yuan } from './money.ts'

describe('money in words', () => {
  it('has two decimals and separated thousands', () => {
    expect(yuan(231_864)).toBe('2,318.64')
    expect(yuan(5)).toBe('0.05')
    expect(yuan(-15_124)).toBe('－151.24')
    expect(wan(7_310_000)).toBe('7.31')
    expect(wan(86_420_000)).toBe('86.42')
  })

  it('reads back to the same fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (fen) => {
        const back = Math.round(Number(yuan(fen).replaceAll(',', '').replace('－', '-')) * 100)
        expect(back).toBe(fen)
      }),
    )
  })

  it('is said in 万元 from ten thousand yuan', () => {
    expect(fitsWan(999_999)).toBe(false)
    expect(fitsWan(1_000_000)).toBe(true)
    expect(fitsWan(-1_000_000)).toBe(true)
  })

  it('quantities and counts read as on paper', () => {
    expect(quantity(4_200)).toBe('4.20')
    expect(quantity(4_235)).toBe('4.235')
    expect(quantity(4_000)).toBe('4')
    expect(quantity(12_500_000)).toBe('12,500')
    expect(counted(118_402)).toBe('118,402')
  })
})
