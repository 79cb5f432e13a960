import { describe, expect, it } from 'vitest'
import { REFUSING_CODES, reasonOf, reasonSchema, sayReason } from './reasons.ts'

describe('the reasons of an import', () => {
  it.each(REFUSING_CODES)('%s says in Chinese what was expected, what was found and what to do', (code) => {
    const zh = sayReason({ code, with: {} }, 'zh')
    expect(zh).toMatch(/^应.+，实为.+；请.+$/)
    // Only names of files, signs and examples may be Latin letters in it.
    expect(zh.replace(/docs\/fields\.md|--set year=2024|[.\w/]*\.\w+|dept:/g, '')).not.toMatch(/[A-Za-z]{8,}/)
  })

  it.each(REFUSING_CODES)('%s says in English what was expected, what was found and what to do', (code) => {
    expect(sayReason({ code, with: {} }, 'en')).toMatch(/^Expected .+(?:got|missed|found|but).*; .+/s)
  })

  it('puts in what was found, cut, and looks into nothing of it', () => {
    const reason = reasonOf('money', { got: `{got}${'三'.repeat(100)}` })
    expect(sayReason(reason, 'zh')).toBe(
      `应为金额（元，最多两位小数），实为“{got}${'三'.repeat(35)}…”；请改成 1234.50 这样的数`,
    )
    expect(reasonSchema.parse(JSON.parse(JSON.stringify(reason)))).toEqual(reason)
  })

  it('leaves no brace unfilled where its parameters are given', () => {
    const reason = reasonOf('village-in', { got: '小寨村', township: '林城镇' })
    for (const language of ['zh', 'en'] as const) expect(sayReason(reason, language)).not.toMatch(/[{}]/)
  })
})
