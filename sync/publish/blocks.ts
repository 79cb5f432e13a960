// Rows → blocks: sorted, cut at the limits of rows and bytes, encoded and hashed.
import { hash } from 'node:crypto'
import { codeOf, SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Kind, Rows } from '../contract/rows.ts'
import type { BlockLeaf } from '../contract/tree.ts'
import { encodeBlock } from '../core/codec.ts'
import { canonicalOrder } from '../core/order.ts'

/** A leaf of the tree with its bytes. */
export interface Leaf {
  leaf: BlockLeaf
  bytes: Uint8Array<ArrayBuffer>
}

/** SHA-256 as lower-case hex. */
export function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex')
}

/** Blocks of one kind and period; rows may come in any order and are sorted in place of a copy. */
export function blocksOf<K extends Kind>(kind: K, period: string, rows: readonly Rows[K][]): Leaf[] {
  const sorted = rows.toSorted(canonicalOrder(kind))
  const leaves: Leaf[] = []
  for (let at = 0; at < sorted.length; at += MAX_BLOCK_ROWS) {
    leaves.push(...fitting(kind, period, leaves.length, sorted.slice(at, at + MAX_BLOCK_ROWS)))
  }
  return leaves
}

/** One block of rows that are in order and few enough already. Errors: E-FORMAT. */
export function blockOf<K extends Kind>(kind: K, period: string, seq: number, rows: readonly Rows[K][]): Leaf {
  const bytes = encodeBlock(kind, rows)
  return { leaf: [kind, period, seq, rows.length, sha256(bytes), bytes.length], bytes }
}

/** The rows in one block, or halved until each half is under the limit of bytes. */
function fitting<K extends Kind>(kind: K, period: string, seq: number, rows: readonly Rows[K][]): Leaf[] {
  try {
    return [blockOf(kind, period, seq, rows)]
  } catch (error) {
    // A value out of the schema ends here too: the last half thrown out is then the row that holds it.
    if (rows.length === 1 || codeOf(error, 'E-INPUT') !== 'E-FORMAT') throw error
  }
  const half = Math.ceil(rows.length / 2)
  const left = fitting(kind, period, seq, rows.slice(0, half))
  return [...left, ...fitting(kind, period, seq + left.length, rows.slice(half))]
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
