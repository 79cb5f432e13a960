// What a reviewer has looked at, as one hash: the root of the tree with all approvals blanked. An approval writes names and
// days into the origins, which changes the root; the fingerprint stays, unless a figure, a text or a file changed.
import type { Hash } from '../../contract/rows.ts'
import { decodeBlock } from '../../core/codec.ts'
import { blockOf } from '../../publish/blocks.ts'
import type { BuiltBlock } from '../../publish/prove.ts'
import { buildTree } from '../../publish/tree.ts'

export function fingerprintOf(blocks: readonly BuiltBlock[]): Hash {
  return buildTree(blocks.map(withoutApprovals)).root.hash
}

function withoutApprovals(block: BuiltBlock): BuiltBlock {
  const [kind, period, seq] = block.leaf
  if (kind !== 'origins') return block
  const rows = decodeBlock('origins', block.bytes).map((row) => ({ ...row, approvedBy: '', approvedOn: null }))
  return { ...block, ...blockOf('origins', period, seq, rows) }
}
