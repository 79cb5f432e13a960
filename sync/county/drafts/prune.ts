// Keeps the distribution folder from growing for ever: what no terminal can be fetching any more, and no later release is
// built upon, goes after each publication.
//
//   served       the newest, and each other for RELEASE_SERVED_DAYS after the next was signed: all of it stays
//   built upon   as far back as a delta or patch will reach: tree, blocks and pictures stay; packs and what led to it go
//   older        all goes but records and metadata, which are small and say what was published
//
// A terminal that is further behind comes by the tree and the packs of the newest, as it would have anyway.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DELTA_DISTANCES } from '../../contract/limits.ts'
import { paths, type ReleaseRecord } from '../../contract/release.ts'
import type { Hash } from '../../contract/rows.ts'
import { keptRecord } from '../../publish/publish.ts'
import { servedReleases } from '../../publish/served.ts'
import { files, neededFiles } from './needed.ts'

/** Folders whose folders are named by a release's root. */
const BY_ROOT = ['packs', 'deltas', 'patches'] as const

export interface Pruned {
  files: number
  bytes: number
}

/** Deletes; who calls holds the pointer. Interrupted, the next time does the rest. Errors: Node's own. */
export function pruneDistribution(dist: string, current: ReleaseRecord, now: Date): Pruned {
  const records = recordsUpTo(dist, current)
  const isServed = servedReleases(records, now)
  const served = new Set(records.filter(({ number }) => isServed.has(number)).map(({ root }) => root))
  // The next release is one further.
  const reach = current.number + 1 - Math.max(...DELTA_DISTANCES)
  const bases = records.filter(
    ({ number, root }) => number >= reach && !served.has(root) && existsSync(join(dist, paths.tree(root))),
  )
  const kept = new Set([...served, ...bases.map(({ root }) => root)])
  const old = BY_ROOT.flatMap((folder) => files(dist, folder)).filter((path) => !isKept(path, served, kept))
  // Blocks are shared: they are gone through only where a release has left for good.
  const isLeft = rootsIn(dist).some((root) => !kept.has(root))
  const single = isLeft ? unneeded(dist, kept) : []
  return remove(dist, [...old, ...single])
}

/** Kept records up to the current one, which is published whatever its record's copy says. */
function recordsUpTo(dist: string, current: ReleaseRecord): ReleaseRecord[] {
  const numbers = files(dist, 'records').map((path) => Number(/(\d+)\.json$/.exec(path)?.[1] ?? 0))
  const earlier = numbers.filter((number) => number > 0 && number < current.number)
  return [...earlier.flatMap((number) => keptRecord(dist, number) ?? []), current]
}

function isKept(path: string, served: ReadonlySet<Hash>, kept: ReadonlySet<Hash>): boolean {
  const [, root = ''] = path.split('/')
  return served.has(root) || (kept.has(root) && path === paths.tree(root))
}

function rootsIn(dist: string): string[] {
  return existsSync(join(dist, 'packs')) ? readdirSync(join(dist, 'packs')) : []
}

function unneeded(dist: string, kept: ReadonlySet<Hash>): string[] {
  const standing = [...kept].filter((root) => existsSync(join(dist, paths.tree(root))))
  const needed = neededFiles(
    dist,
    standing.map((root) => ({ root })),
  )
  return [...files(dist, 'blocks'), ...files(dist, 'media')].filter((path) => !needed.has(path))
}

function remove(dist: string, doomed: readonly string[]): Pruned {
  let bytes = 0
  for (const path of doomed) {
    bytes += statSync(join(dist, path)).size
    rmSync(join(dist, path))
  }
  for (const folder of BY_ROOT) dropEmpty(join(dist, folder))
  return { files: doomed.length, bytes }
}

function dropEmpty(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const inner = join(folder, name)
    if (statSync(inner).isDirectory() && readdirSync(inner).length === 0) rmSync(inner, { recursive: true })
  }
}
