// Day, hour and evening by the wall.
import { describe, expect, it } from 'vitest'
import { isEvening, nowOf } from './clock.ts'

describe('the evening of the config', () => {
  it('may lie within a day or pass midnight, and never where there is none', () => {
    expect(isEvening({ from: '18:30', to: '23:00' }, '18:29')).toBe(false)
    expect(isEvening({ from: '18:30', to: '23:00' }, '18:30')).toBe(true)
    expect(isEvening({ from: '18:30', to: '06:30' }, '02:00')).toBe(true)
    expect(isEvening({ from: '18:30', to: '06:30' }, '06:30')).toBe(false)
    expect(isEvening(null, '22:00')).toBe(false)
  })
})

describe('the day on the wall', () => {
  it('is the local one, with two digits', () => {
    expect(nowOf(new Date(2025, 9, 8, 7, 5).getTime())).toEqual({ today: '2025-10-08', time: '07:05' })
  })
})
