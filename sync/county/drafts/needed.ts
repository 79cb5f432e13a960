// What releases need of the distribution's single files, and what lies there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { MAX_BLOCK_BYTES } from '../../contract/limits.ts'
import { paths, type ReleaseRecord } from '../../contract/release.ts'
import type { Rows } from '../../contract/rows.ts'
import { decodeBlock } from '../../core/codec.ts'
import type { PlacedLeaf } from '../../core/tree.ts'
import { KeptRelease, leavesIn, nodesAt } from './kept.ts'

/** Paths of all blocks and pictures of these releases. Errors: E-MISSING where a tree isn't there. */
export function neededFiles(dist: string, kept: readonly Pick<ReleaseRecord, 'root'>[]): Set<string> {
  const needed = new Set<string>()
  // Most villages are the same from release to release, down to the text of their nodes.
  const seen = new Set<string>()
  for (const { root } of kept) {
    const fresh = nodesAt({ folder: dist, root }).filter((text) => !seen.has(text))
    for (const text of fresh) seen.add(text)
    for (const placed of leavesIn(fresh)) {
      needed.add(paths.block(placed.leaf[4]))
      if (placed.leaf[0] !== 'media') continue
      for (const { hash } of mediaIn(dist, root, placed)) needed.add(paths.media(hash))
    }
  }
  return needed
}

/** Out of the single block: of a release that is only built upon, the packs have gone (`prune.ts`). */
function mediaIn(dist: string, root: string, placed: PlacedLeaf): Rows['media'][] {
  const file = join(dist, paths.block(placed.leaf[4]))
  if (!existsSync(file)) return new KeptRelease({ folder: dist, root }).rows('media', [placed])
  return decodeBlock('media', gunzipSync(readFileSync(file), { maxOutputLength: MAX_BLOCK_BYTES }))
}

/** Paths of all files below a folder of the distribution, from there. */
export function files(dist: string, folder: string): string[] {
  if (!existsSync(join(dist, folder))) return []
  return readdirSync(join(dist, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dist.length + 1)
        .replaceAll('\\', '/'),
    )
}
