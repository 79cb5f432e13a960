// Which clause of the older version stands beside which of the newer: same, changed, added or removed.
//
//   1 clauses with the same text and the same label are anchors (those that occur once, in ascending order on both sides)
//   2 between two anchors, clauses are paired in order by likeness: the same label or most of the words
//   3 what is left was added or removed
//
// Invariants: every clause of both versions appears exactly once; order is kept on both sides.

import type { ClauseRow } from '../../../sync/contract/rows.ts'

export type ClausePair =
  | { kind: 'same'; left: ClauseRow; right: ClauseRow }
  /** The words are the same and only the label moved (第五条 → 第六条). */
  | { kind: 'moved'; left: ClauseRow; right: ClauseRow }
  | { kind: 'changed'; left: ClauseRow; right: ClauseRow }
  | { kind: 'added'; right: ClauseRow }
  | { kind: 'removed'; left: ClauseRow }

/** Over this many comparisons a gap is paired by label alone: the civil code has 1,260 clauses. */
const MAX_COMPARISONS = 40_000
/** Two clauses with another label are one clause changed from this likeness on (Dice over character pairs). */
const ALIKE = 0.5

export function alignClauses(left: readonly ClauseRow[], right: readonly ClauseRow[]): ClausePair[] {
  const pairs: ClausePair[] = []
  let [a, b] = [0, 0]
  for (const [toA, toB] of [...anchors(left, right), [left.length, right.length] as const]) {
    pairs.push(...alignGap(left.slice(a, toA), right.slice(b, toB)))
    const [one, other] = [left[toA], right[toB]]
    if (one !== undefined && other !== undefined) pairs.push(paired(one, other))
    a = toA + 1
    b = toB + 1
  }
  return pairs
}

function paired(left: ClauseRow, right: ClauseRow): ClausePair {
  if (left.text !== right.text) return { kind: 'changed', left, right }
  return { kind: left.label === right.label ? 'same' : 'moved', left, right }
}

/** Patience: texts that occur once on both sides, thinned to the longest list that ascends on both. */
function anchors(left: readonly ClauseRow[], right: readonly ClauseRow[]): [number, number][] {
  const places = (rows: readonly ClauseRow[]): Map<string, number> => {
    const map = new Map<string, number>()
    rows.forEach((row, at) => {
      map.set(row.text, map.has(row.text) ? -1 : at)
    })
    return map
  }
  const there = places(right)
  const both: [number, number][] = []
  for (const [text, at] of places(left)) {
    const other = there.get(text) ?? -1
    if (at >= 0 && other >= 0) both.push([at, other])
  }
  return ascending(both.sort((x, y) => x[0] - y[0]))
}

/** The longest subsequence that ascends in its second place (quadratic at worst over anchors out of order only). */
function ascending(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = []
  const before = new Int32Array(pairs.length).fill(-1)
  pairs.forEach(([, value], at) => {
    let slot = tails.findIndex((tail) => (pairs[tail]?.[1] ?? 0) > value)
    if (slot < 0) slot = tails.length
    before[at] = tails[slot - 1] ?? -1
    tails[slot] = at
  })
  const chosen: [number, number][] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair) chosen.unshift(pair)
  }
  return chosen
}

/** Pairs of greatest likeness in order; what finds no partner was removed or added. */
function alignGap(left: readonly ClauseRow[], right: readonly ClauseRow[]): ClausePair[] {
  const likeness = likenessOf(left, right)
  const width = right.length + 1
  const best = new Float64Array((left.length + 1) * width)
  const at = (a: number, b: number): number => best[a * width + b] ?? 0
  for (let a = left.length - 1; a >= 0; a--)
    for (let b = right.length - 1; b >= 0; b--)
      best[a * width + b] = Math.max(at(a + 1, b), at(a, b + 1), likeness(a, b) + at(a + 1, b + 1))
  const pairs: ClausePair[] = []
  let [a, b] = [0, 0]
  while (a < left.length || b < right.length) {
    const [one, other] = [left[a], right[b]]
    const alike = one && other ? likeness(a, b) : 0
    if (one && other && alike > 0 && at(a, b) === alike + at(a + 1, b + 1)) {
      pairs.push(paired(one, other))
      a++
      b++
    } else if (one && (!other || at(a + 1, b) >= at(a, b + 1))) {
      pairs.push({ kind: 'removed', left: one })
      a++
    } else if (other) {
      pairs.push({ kind: 'added', right: other })
      b++
    }
  }
  return pairs
}

/** Likeness of the a-th and b-th clause: 0 where they can't be one clause; the same label counts as much as words. */
function likenessOf(left: readonly ClauseRow[], right: readonly ClauseRow[]): (a: number, b: number) => number {
  const sameLabel = (a: number, b: number): boolean => left[a]?.label !== '' && left[a]?.label === right[b]?.label
  if (left.length * right.length > MAX_COMPARISONS) return (a, b) => (sameLabel(a, b) ? 1 : 0)
  const [ours, theirs] = [left.map((row) => gramsOf(row.text)), right.map((row) => gramsOf(row.text))]
  return (a, b) => {
    const words = dice(ours[a] ?? new Set(), theirs[b] ?? new Set())
    if (words >= ALIKE) return sameLabel(a, b) ? 1 + words : words
    return sameLabel(a, b) && words > 0.2 ? words : 0
  }
}

function gramsOf(text: string): Set<string> {
  const grams = new Set<string>()
  for (let at = 0; at + 1 < text.length; at++) grams.add(text.slice(at, at + 2))
  return grams
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0
  let common = 0
  for (const gram of a) if (b.has(gram)) common++
  return (2 * common) / (a.size + b.size)
}
