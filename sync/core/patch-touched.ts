// The nodes that a patch names, while it is applied: what became of their groups, and where a village's persons stand then.
import type { Kind } from '../contract/rows.ts'
import type { BlockLeaf } from '../contract/tree.ts'
import type { Standing } from './derived.ts'
import type { Entry } from './group.ts'
import { openBlock } from './open-block.ts'
import type { NodePlace } from './patch-nodes.ts'

/** A node on the walk. */
export interface Touched {
  node: number
  place: NodePlace
  leaves: readonly BlockLeaf[]
  /** By kind and period: what became of the groups that changed. */
  changed: Map<string, Changed>
}
export interface Changed {
  kind: Kind
  period: string
  entries: readonly Entry[]
  /** Of the entries, hashed while the next groups are worked out. */
  leaves: Promise<BlockLeaf[]>
  /** Each block holds the rows of the one before it, of the same persons. */
  samePersons: boolean
}

/** The village's payments blocks afterwards, in the order of its node. `before`: those that it had. */
export function standingIn({ changed }: Touched, before: readonly BlockLeaf[]): Standing[] {
  const ofPayments = [...changed.values()].filter(({ kind }) => kind === 'payments')
  const periods = new Set([...before.map((leaf) => leaf[1]), ...ofPayments.map(({ period }) => period)])
  return [...periods].sort().flatMap((period): Standing[] => {
    const change = changed.get(`payments ${period}`)
    if (change === undefined) return before.flatMap((leaf, at) => (leaf[1] === period ? [at] : []))
    const first = before.findIndex((leaf) => leaf[1] === period)
    return change.entries.map((entry, at) => {
      if (change.samePersons) return first + at
      return typeof entry === 'number' ? first + entry : personsIn(entry.bytes)
    })
  })
}

function personsIn(bytes: Uint8Array): ReadonlySet<number> {
  return new Set(openBlock('payments', bytes).values('person') as readonly number[])
}

/** By kind, period and seq: the order of a node's blocks. */
export function compareLeaves(a: BlockLeaf, b: BlockLeaf): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1
  return a[2] - b[2]
}
