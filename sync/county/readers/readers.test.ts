import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDay, readMonth } from './day.ts'
import { readMoney, readQuantity } from './number.ts'

const SEED = 431225

describe('money in 元', () => {
  it.each([
    ['1234.5', 123450],
    ['1,234.50', 123450],
    ['￥1234.50', 123450],
    ['１２３４．５０', 123450],
    ['1234.50元', 123450],
    ['1.2万元', 1200000],
    ['-35', -3500],
    ['(35.00)', -3500],
    ['（35.00）', -3500],
    ['−7.13', -713],
    ['0.10', 10],
    ['.5', 50],
    ['-0', 0],
    ['100.000', 10000],
    ['\u200e10\u200b', 1000],
  ])('reads %s', (cell, fen) => {
    expect(readMoney(cell)).toEqual({ ok: true, value: fen })
  })

  it.each([
    '4.31225E+17',
    '1.005',
    '12,34',
    '1900-03-02',
    '三百',
    '',
    '1.2.3',
    '--5',
    '(-5)',
    '99999999999999999',
    '100000000000',
    '10000000万元',
    'NaN',
    '0x10',
    '\u202e01',
  ])('refuses %s with a reason', (cell) => {
    expect(readMoney(cell)).toMatchObject({ ok: false, reason: { code: expect.stringMatching(/^(?:money|empty)/) } })
  })

  it('counts in 万元 where the heading says so', () => {
    expect(readMoney('1.5', '万元')).toEqual({ ok: true, value: 1500000 })
  })

  it('gives back every whole number of fen that it is written as', () => {
    const anyFen = fc.integer({ min: -1e12, max: 1e12 })
    fc.assert(
      fc.property(anyFen, (fen) => {
        const digits = String(Math.abs(fen)).padStart(3, '0')
        const text = `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
        expect(readMoney(text)).toEqual({ ok: true, value: fen })
      }),
      { seed: SEED },
    )
  })
})

describe('quantities', () => {
  it('are thousandths, with or without a unit', () => {
    expect(readQuantity('4.2亩')).toEqual({ ok: true, value: 4200 })
    expect(readQuantity('3')).toEqual({ ok: true, value: 3000 })
    expect(readQuantity('4.2005')).toMatchObject({ ok: false })
  })
})

describe('days', () => {
  it.each([
    '2024-08-24',
    '20240824',
    '2024.8.24',
    '2024/8/24',
    '2024年8月24日',
    '24/08/2024',
    '24-Aug-2024',
    '24 August 2024',
    'Saturday, August 24, 2024',
    '2024-08-24T10:30:00Z',
    '2024-08-24 10:30',
    '２０２４年８月２４日',
    '2024年8月24号',
    '\u200e2024-8-24\u200b',
  ])('reads %s', (cell) => {
    expect(readDay(cell, null)).toEqual({ ok: true, value: '2024-08-24' })
  })

  it('reads a moment with its zone as the day in Beijing', () => {
    expect(readDay('2024-03-04T16:00:00.000Z', null)).toEqual({ ok: true, value: '2024-03-05' })
    expect(readDay('2024-03-05T00:30:00+08:00', null)).toEqual({ ok: true, value: '2024-03-05' })
    expect(readDay('2024-02-30T00:00:00Z', null)).toMatchObject({ ok: false })
  })

  it('says of a spreadsheet’s day number what it is', () => {
    expect(readDay('45356', null)).toMatchObject({ ok: false, reason: { code: 'day-number', with: { got: '45356' } } })
  })

  it.each(['2023-02-29', '2024-13-01', '31/04/2024', '2010-12', '42032.00', 'July 2010-September 2010', '', '8月24日'])(
    'refuses %s: nothing is guessed',
    (cell) => {
      expect(readDay(cell, null)).toMatchObject({ ok: false })
    },
  )

  it('takes a year that was set for dates without one', () => {
    expect(readDay('8月24日', 2024)).toEqual({ ok: true, value: '2024-08-24' })
    expect(readDay('2月29日', 2023)).toMatchObject({ ok: false })
  })

  it('reads months, and refuses a thirteenth', () => {
    for (const cell of ['2024-08', '202408', '2024.8', '2024年8月'])
      expect(readMonth(cell)).toEqual({ ok: true, value: '2024-08' })
    expect(readMonth('2024-13')).toMatchObject({ ok: false })
  })
})
