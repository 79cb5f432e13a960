import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClauseRow } from '../../../sync/contract/rows.ts'
import { alignClauses, type ClausePair } from './align.ts'
import { longestCommon } from './lcs.ts'
import { changedPieces } from './pieces.ts'

function clauses(...texts: [label: string, text: string][]): ClauseRow[] {
  return texts.map(([label, text], at) => ({ document: 'd', ordinal: at + 1, label, chapter: '', text, funds: [] }))
}
const told = (pairs: ClausePair[]): string[] =>
  pairs.map((pair) => {
    if (pair.kind === 'added') return `+${pair.right.label}`
    if (pair.kind === 'removed') return `-${pair.left.label}`
    return `${pair.kind} ${pair.left.label}>${pair.right.label}`
  })

test('A changed clause stands beside its older form, and a new one stands alone.', () => {
  const old = clauses(
    ['第一条', '为了保护耕地地力，制定本办法。'],
    ['第二条', '补贴标准为每亩 100.00 元，由县财政局测算。'],
    ['第三条', '本办法自公布之日起施行。'],
  )
  const fresh = clauses(
    ['第一条', '为了保护耕地地力，制定本办法。'],
    ['第二条', '补贴标准为每亩 105.00 元，由县财政局测算。'],
    ['第三条', '连续两年以上撂荒的承包地，不给补贴。'],
    ['第四条', '本办法自公布之日起施行。'],
  )
  expect(told(alignClauses(old, fresh))).toEqual([
    'same 第一条>第一条',
    'changed 第二条>第二条',
    '+第三条',
    'moved 第三条>第四条',
  ])
})

test('A removed clause is told as removed and not as changed into its neighbour.', () => {
  const old = clauses(['第一条', '甲乙丙丁戊己庚辛'], ['第二条', '申请人应当提交户口簿'], ['第三条', '子丑寅卯辰巳'])
  const fresh = clauses(['第一条', '甲乙丙丁戊己庚辛'], ['第二条', '子丑寅卯辰巳'])
  expect(told(alignClauses(old, fresh))).toEqual(['same 第一条>第一条', '-第二条', 'moved 第三条>第二条'])
})

test('Every clause of both versions appears exactly once and in order, whatever the versions.', () => {
  const text = fc.constantFrom('甲乙丙', '甲乙丁', '子丑寅卯', '子丑寅辰', '天地玄黄', '')
  const version = fc
    .array(text, { maxLength: 8 })
    .map((list) => clauses(...list.map((t, i) => [`第${i}条`, t] as [string, string])))
  fc.assert(
    fc.property(version, version, (left, right) => {
      const pairs = alignClauses(left, right)
      expect(pairs.flatMap((pair) => ('left' in pair ? [pair.left] : []))).toEqual(left)
      expect(pairs.flatMap((pair) => ('right' in pair ? [pair.right] : []))).toEqual(right)
      for (const pair of pairs)
        if (pair.kind === 'same' || pair.kind === 'moved') expect(pair.left.text).toBe(pair.right.text)
    }),
    { seed: 20251109 },
  )
})

test('A law of a thousand clauses is aligned without a comparison of each with each.', () => {
  const old = clauses(...Array.from({ length: 1200 }, (_, i) => [`第${i}条`, `旧文第${i}号规定`] as [string, string]))
  const fresh = clauses(...Array.from({ length: 1200 }, (_, i) => [`第${i}条`, `新法第${i}号说明`] as [string, string]))
  const start = performance.now()
  expect(alignClauses(old, fresh).every((pair) => pair.kind === 'changed')).toBe(true)
  expect(performance.now() - start).toBeLessThan(2000)
})

test('The marks of a changed clause fall on what differs, and the pieces joined are the texts again.', () => {
  const pieces = changedPieces(
    '补贴标准为每亩 100.00 元，由县财政局测算。',
    '补贴标准为每亩 105.00 元，由县财政局测算。',
  )
  expect(pieces.left.filter((piece) => piece.mark)).toEqual([{ text: '100.00', mark: true }])
  expect(pieces.right.filter((piece) => piece.mark)).toEqual([{ text: '105.00', mark: true }])
  expect(pieces.right.map((piece) => piece.text).join('')).toBe('补贴标准为每亩 105.00 元，由县财政局测算。')
})

test('A clause with little in common is marked whole.', () => {
  expect(changedPieces('申请人提交户口簿。', '由村民小组公示七天').left).toEqual([
    { text: '申请人提交户口簿。', mark: true },
  ])
})

test('The longest common subsequence is as long as the one of the slow definition.', () => {
  const slow = (a: string, b: string): number => {
    if (a === '' || b === '') return 0
    if (a[0] === b[0]) return 1 + slow(a.slice(1), b.slice(1))
    return Math.max(slow(a.slice(1), b), slow(a, b.slice(1)))
  }
  const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      const pairs = longestCommon(a, b)
      expect(pairs.length).toBe(slow(a.join(''), b.join('')))
      for (const [x, y] of pairs) expect(a[x]).toBe(b[y])
      expect(
        pairs.every(([x, y], i) => i === 0 || ((pairs[i - 1]?.[0] ?? 0) < x && (pairs[i - 1]?.[1] ?? 0) < y)),
      ).toBe(true)
    }),
    { seed: 20251109 },
  )
})
