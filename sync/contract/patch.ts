// The head of a row patch: what changed between two releases by place, row and column, without hashes. Whoever applies
// it rebuilds blocks, nodes and root, and the root must be the signed one (docs/format.md, "Patch").
//
// A group is all blocks of one node, kind and period, their rows counted through. Numbers of nodes and rows are gaps:
// the first counts from −1, each further one from the one before.
import { z } from 'zod'
import { DATASETS, FORMAT_VERSION } from './tree.ts'

const gaps = z.array(z.int().positive())
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const group = [z.string(), z.string()] as const

export const patchHead = z.strictObject({
  /** [kind, period, column, nodes, cells in each node, rows, values]: a step for a whole number that can't be null, else the new value. */
  cells: z.array(z.tuple([...group, z.string(), gaps, z.array(z.int().positive()), gaps, z.array(z.unknown())])),
  format: z.literal(FORMAT_VERSION),
  /** Root of the release that it starts from. */
  from: hash,
  /** Village nodes that change or appear, in the tree's order: [dataset, part, villages without the part's code]. */
  nodes: z.array(z.tuple([z.enum(DATASETS), z.string(), z.array(z.string())])),
  part: z.literal('patch'),
  root: hash,
  /** [kind, period, node from 0, rows that go, a block of the rows that come]: after `cells`, in the numbers before it. */
  rows: z.array(z.tuple([...group, z.int().nonnegative(), gaps, z.unknown()])),
  /** [kind, period, node from 0, blocks]: a number is a block of the group as it was, [rows, length] one that follows the head. */
  whole: z.array(
    z.tuple([
      ...group,
      z.int().nonnegative(),
      z.array(z.union([z.int().nonnegative(), z.tuple([z.int().positive(), z.int().positive()])])),
    ]),
  ),
})
export type PatchHead = z.infer<typeof patchHead>
