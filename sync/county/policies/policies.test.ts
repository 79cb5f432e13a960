import { describe, expect, it } from 'vitest'
import { splitClauses } from './clauses.ts'
import { numberVersions } from './versions.ts'
import { workOf } from './work.ts'

describe('clauses', () => {
  it('are split at 第…条 and 第…条之…, under their chapters, without the layout’s title lines', () => {
    const text =
      '# 某条例\n\n某年通过\n\n<!-- INFO END -->\n\n## 第一章  总则\n\n第一条 为了规范。\n\n第二条　本条例所称：\n\n（一）甲；\n\n第二条之一 补充。\n\n## 第二章  附则\n\n第三条 自公布之日起施行。'
    expect(splitClauses(text)).toEqual([
      { label: '第一条', chapter: '第一章 总则', text: '为了规范。' },
      { label: '第二条', chapter: '第一章 总则', text: '本条例所称：\n（一）甲；' },
      { label: '第二条之一', chapter: '第一章 总则', text: '补充。' },
      { label: '第三条', chapter: '第二章 附则', text: '自公布之日起施行。' },
    ])
  })

  it('keep sections under their chapter, and a new chapter ends them', () => {
    const labels = splitClauses('第一章 甲\n第一节 乙\n第一条 一\n第二章 丙\n第二条 二').map(({ chapter }) => chapter)
    expect(labels).toEqual(['第一章 甲 第一节 乙', '第二章 丙'])
  })

  it('don’t begin where a sentence only mentions an article', () => {
    const clauses = splitClauses('第一条 甲。\n第五条、第七条所称乙。\n第二条 丙。')
    expect(clauses.map(({ label }) => label)).toEqual(['第一条', '第二条'])
  })

  it('fall back on 一、二、 and then on the whole text', () => {
    expect(splitClauses('现决定：\n一、甲\n二、乙').map(({ label }) => label)).toEqual(['', '一、', '二、'])
    expect(splitClauses('只有一段话。')).toEqual([{ label: '', chapter: '', text: '只有一段话。' }])
  })
})

describe('versions', () => {
  it('share the title without its note of revision', () => {
    expect(workOf('某某条例（2020年修正）')).toBe('某某条例')
    expect(workOf('某某条例(修订)')).toBe('某某条例')
    expect(workOf('宪法修正案（1999年）')).toBe('宪法修正案(1999年)')
  })

  it('are numbered by date with the undated one oldest, while undated parts of one title stay apart', () => {
    const version = (index: string, work: string, inForce: string | null) =>
      ({ index, work, inForce, published: null, made: null }) as Parameters<typeof numberVersions>[0][number]
    const numbered = numberVersions([
      version('b', '甲', '2022-01-01'),
      version('a', '甲', null),
      version('c', '甲', '2020-01-01'),
      version('x/总则.md', '乙', null),
      version('x/附则.md', '乙', null),
    ])
    expect(numbered.map(({ index, work, version: number }) => [index, work, number])).toEqual([
      ['a', '甲', 1],
      ['c', '甲', 2],
      ['b', '甲', 3],
      ['x/总则.md', '乙·总则', 1],
      ['x/附则.md', '乙·附则', 1],
    ])
  })
})
