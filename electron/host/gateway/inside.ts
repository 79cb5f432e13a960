// Looks inside the mirror's packs: for one block (a repair with the office dead), and for the pictures they name.
import { gzipSync } from 'node:zlib'
import { MAX_PACK_BYTES } from '../../../sync/contract/limits.ts'
import type { Hash } from '../../../sync/contract/rows.ts'
import { decodeBlock } from '../../../sync/core/codec.ts'
import { splitPack } from '../../../sync/core/pack.ts'
import { sha256 } from '../hash.ts'
import type { Mirror } from './mirror.ts'
import { gunzipAtMost, type SplitPack } from './verify.ts'

/** One block as its own .gz file, out of any pack that has it whole; null where none has (P10). */
export async function packedBlock(mirror: Mirror, hash: Hash): Promise<Buffer | null> {
  for await (const { blocks } of packs(mirror, mirror.roots())) {
    const bytes = blocks.find(([name]) => name === hash)?.[1]
    if (bytes !== undefined && sha256(bytes) === hash) return gzipSync(bytes)
  }
  return null
}

/** Hashes of all pictures that the kept releases name. */
export async function mediaOf(mirror: Mirror, roots: readonly Hash[]): Promise<Set<Hash>> {
  const wanted = new Set<Hash>()
  for await (const { head, blocks } of packs(mirror, roots)) {
    const named = new Set(head.nodes.flatMap(mediaBlocks))
    for (const [hash, bytes] of blocks) {
      if (named.has(hash)) for (const row of decodeBlock('media', bytes)) wanted.add(row.hash)
    }
  }
  return wanted
}

/** Hashes of the media blocks of a village node's canonical text; none for another node. */
function mediaBlocks(text: string): Hash[] {
  const node: { blocks?: [kind: string, period: string, seq: number, rows: number, hash: Hash][] } = JSON.parse(text)
  return (node.blocks ?? []).filter(([kind]) => kind === 'media').map(([, , , , hash]) => hash)
}

async function* packs(mirror: Mirror, roots: readonly Hash[]): AsyncGenerator<SplitPack> {
  for (const root of roots) {
    for (const part of mirror.parts(root)) {
      const wire = mirror.read({ kind: 'pack', root, part })
      if (wire !== null) yield splitPack(await gunzipAtMost(wire, MAX_PACK_BYTES))
    }
  }
}
