// Rows of one fund out of blocks that lie in canonical order by fund: found by halving, so that a step of a drill-down
// reads a handful of blocks and not the whole year.
//
//   leaves of a period:  F001…F014 │ F014…F031 │ F031…F052 │ …      (blocks of at most 1,000 rows)

import type { FundCode, PlaceCode, Rows } from '../../sync/contract/rows.ts'
import type { VillageNode } from '../../sync/contract/tree.ts'
import type { Shelf } from './shelf.ts'

/** Kinds whose canonical order begins with the fund (`core/order.ts`). */
export type ByFund = 'allocations' | 'rollup'

/** Rows of a fund in a part's own blocks; null while the part is still being received. `period`: '' or a year. */
export async function rowsOfFund<K extends ByFund>(
  shelf: Shelf,
  part: PlaceCode,
  kind: K,
  period: string,
  fund: FundCode,
): Promise<Rows[K][] | null> {
  if (!shelf.reader.parts.has(part)) return null
  const node = await shelf.reader.village('funds', part, '')
  if (node === null) return []
  const leaves = node.blocks
    .flatMap(([of, at, seq], index) => (of === kind && at === period ? [{ seq, index }] : []))
    .sort((a, b) => a.seq - b.seq)
  const block = (at: number): Promise<Rows[K][]> => shelf.reader.rowsAt(node, kind, [leaves[at]?.index ?? -1])
  const found: Rows[K][] = []
  for (let at = await firstWith(leaves.length, block, fund); at < leaves.length; at++) {
    const rows = await block(at)
    for (const row of rows) if (row.fund === fund) found.push(row)
    if ((rows.at(-1)?.fund ?? '') > fund) break
  }
  return found
}

/** Position of the first block whose last row is not before the fund. */
async function firstWith(
  count: number,
  block: (at: number) => Promise<readonly { fund: FundCode }[]>,
  fund: FundCode,
): Promise<number> {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    const last = (await block(middle)).at(-1)?.fund ?? ''
    if (last < fund) low = middle + 1
    else high = middle
  }
  return low
}

/** Years that have sums, newest first, told by the tree alone: no block is read. */
export function yearsIn(node: VillageNode | null): number[] {
  const periods = (node?.blocks ?? []).filter(([kind]) => kind === 'rollup').map(([, period]) => Number(period))
  return [...new Set(periods)].sort((a, b) => b - a)
}
