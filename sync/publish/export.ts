// One release as a folder of its own, for a stick: signed metadata, record, packs, tree and its pictures.
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_TREE_BYTES } from '../contract/limits.ts'
import { paths } from '../contract/release.ts'
import type { Hash } from '../contract/rows.ts'
import { villageNode } from '../contract/tree.ts'
import { decodeBlock } from '../core/codec.ts'
import { splitPack } from '../core/pack.ts'

/** Copies the release with this tree root from `dist` to `out`. Errors: E-MISSING where a file of it is gone. */
export async function exportTo(dist: string, root: Hash, out: string): Promise<void> {
  const wanted = ['metadata', 'targets', join('packs', root), ...picturesOf(dist, root).map(paths.media)]
  for (const path of wanted) {
    const from = join(dist, path)
    if (!existsSync(from)) {
      throw new SunhallError('E-MISSING', `Expected ${path} in ${dist}, found nothing; publish again and retry`)
    }
    cpSync(from, join(out, path), { recursive: true })
  }
}

function picturesOf(dist: string, root: Hash): Hash[] {
  const tree = join(dist, paths.tree(root))
  if (!existsSync(tree)) throw new SunhallError('E-MISSING', `Expected the tree of ${root} in ${dist}, found nothing`)
  const nodes = splitPack(gunzipSync(readFileSync(tree), { maxOutputLength: MAX_TREE_BYTES * 2 })).head.nodes
  const hashes = new Set<Hash>()
  for (const text of nodes) {
    const node = villageNode.safeParse(JSON.parse(text))
    if (!node.success) continue
    for (const [kind, , , , hash] of node.data.blocks) {
      if (kind !== 'media') continue
      const raw = gunzipSync(readFileSync(join(dist, paths.block(hash))), { maxOutputLength: MAX_BLOCK_BYTES })
      for (const row of decodeBlock('media', raw)) hashes.add(row.hash)
    }
  }
  return [...hashes].sort()
}
