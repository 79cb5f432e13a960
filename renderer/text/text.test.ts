// The catalogues: both languages have the same phrases with the same placeholders, and the dates read right.
import { describe, expect, it } from 'vitest'
import { en, type TextKey, zh } from './catalogue.ts'
import { daysBetween, longDay, longMonth, shortDay, shortMonth } from './dates.ts'
import { createText, placeholders } from './text.ts'

describe('the catalogues', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  })

  it('have the same placeholders in both languages', () => {
    const differing = (Object.keys(zh) as TextKey[]).filter(
      (key) => placeholders(zh[key]).join() !== placeholders(en[key]).join(),
    )
    expect(differing).toEqual([])
  })

  it('leave no phrase empty, and no Chinese in the English one', () => {
    for (const key of Object.keys(zh) as TextKey[]) {
      expect(zh[key].trim(), key).not.toBe('')
      expect(en[key].trim(), key).not.toBe('')
    }
  })

  it('fill placeholders, and leave one without a value visible', () => {
    const text = createText('zh')
    expect(text('hall.issue', { number: 47 })).toBe('第 47 期发布')
    expect(text('hall.issue')).toBe('第 {number} 期发布')
    expect(createText('en')('hall.issue', { number: 47 })).toBe('Release 47')
  })
})

describe('dates in words', () => {
  it('read as on the pictures', () => {
    expect(longDay('2025-09-30', 'zh')).toBe('2025年9月30日')
    expect(shortDay('2025-10-09', 'zh')).toBe('10月9日')
    expect(longMonth('2025-09', 'zh')).toBe('2025 年 9 月')
    expect(shortMonth('2025-09', 'zh')).toBe('9 月')
    expect(longDay('2025-09-30', 'en')).toBe('30 Sep 2025')
  })

  it('count days over months and years', () => {
    expect(daysBetween('2025-09-30', '2025-10-18')).toBe(18)
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2025-01-01', '2024-12-31')).toBe(-1)
  })
})
