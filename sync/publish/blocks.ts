// Rows → blocks: sorted, cut at the limits of rows and bytes, encoded and hashed.
import { hash } from 'node:crypto'
import { codeOf, SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Kind, Rows } from '../contract/rows.ts'
import type { BlockLeaf } from '../contract/tree.ts'
import { encodeBlock } from '../core/codec.ts'
import { type CodedRows, canonicalPlaces, codeRows, encodeCoded } from '../core/coded-rows.ts'

/** A leaf of the tree with its bytes. */
export interface Leaf {
  leaf: BlockLeaf
  bytes: Uint8Array<ArrayBuffer>
}

/** SHA-256 as lower-case hex. */
export function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex')
}

/** Blocks of one kind and period; rows may come in any order. Errors: E-FORMAT. */
export function blocksOf<K extends Kind>(kind: K, period: string, rows: readonly Rows[K][]): Leaf[] {
  if (rows.length === 0) return []
  const coded = codeRows(kind, rows)
  const sorted = canonicalPlaces(coded)
  const leaves: Leaf[] = []
  for (let at = 0; at < sorted.length; at += MAX_BLOCK_ROWS) {
    leaves.push(...fitting(coded, period, leaves.length, sorted.subarray(at, at + MAX_BLOCK_ROWS)))
  }
  return leaves
}

/** One block of rows that are in order and few enough already. Errors: E-FORMAT. */
export function blockOf<K extends Kind>(kind: K, period: string, seq: number, rows: readonly Rows[K][]): Leaf {
  return leafOf(kind, period, seq, rows.length, encodeBlock(kind, rows))
}

/** The same of some rows out of many. */
export function blockAt(rows: CodedRows, period: string, seq: number, places: Int32Array): Leaf {
  return leafOf(rows.kind, period, seq, places.length, encodeCoded(rows, places))
}

function leafOf(kind: Kind, period: string, seq: number, rows: number, bytes: Uint8Array<ArrayBuffer>): Leaf {
  return { leaf: [kind, period, seq, rows, sha256(bytes), bytes.length], bytes }
}

/** The rows in one block, or halved until each half is under the limit of bytes. */
function fitting(rows: CodedRows, period: string, seq: number, places: Int32Array): Leaf[] {
  try {
    return [blockAt(rows, period, seq, places)]
  } catch (error) {
    // What is thrown out in the end is one row that is longer than a block may be.
    if (places.length === 1 || codeOf(error, 'E-INPUT') !== 'E-FORMAT') throw error
  }
  const half = Math.ceil(places.length / 2)
  const left = fitting(rows, period, seq, places.subarray(0, half))
  return [...left, ...fitting(rows, period, seq + left.length, places.subarray(half))]
}

/** Rows grouped by a period, periods in code unit order. */
export function byPeriod<R>(rows: readonly R[], periodOf: (row: R) => string): [string, R[]][] {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const period = periodOf(row)
    const group = groups.get(period)
    if (group === undefined) groups.set(period, [row])
    else group.push(row)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Refuses what would be lost without a word. Errors: E-INPUT. */
export function requireUnique(what: string, keys: readonly string[]): void {
  const seen = new Set<string>()
  for (const key of keys) {
    if (seen.has(key)) throw new SunhallError('E-INPUT', `Expected each ${what} once in a release, got ${key} twice`)
    seen.add(key)
  }
}
