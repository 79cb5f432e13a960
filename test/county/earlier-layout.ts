// Releases as offices made them before the index of names had a part of its own (November 2026): its rows lie as `names`
// in the county's part.
import { createHash } from 'node:crypto'
import { COUNTY, NAMES } from '../../sync/contract/tree.ts'
import { decodeBlock, encodeBlock } from '../../sync/core/codec.ts'
import type { BuiltBlock } from '../../sync/publish/prove.ts'

export function withNamesInCounty(blocks: readonly BuiltBlock[]): BuiltBlock[] {
  return blocks.map((block) => {
    if (block.part !== NAMES) return block
    const [, period, seq, rows] = block.leaf
    const bytes = encodeBlock('names', decodeBlock('name-index', block.bytes))
    const hash = createHash('sha256').update(bytes).digest('hex')
    return { ...block, part: COUNTY, leaf: ['names', period, seq, rows, hash, bytes.length], bytes }
  })
}
