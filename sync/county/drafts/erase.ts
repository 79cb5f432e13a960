// Deletes what withdrawn releases held from the distribution folder: packs, trees, deltas, records and the metadata that led to
// them, open data, single blocks and pictures that no release still standing needs. `withdrawn.json` names what went, for whoever
// keeps a copy; a push takes it out of the stores (`push/stores.ts`).
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { paths, RECORD_TARGET, type ReleaseRecord } from '../../contract/release.ts'
import { sha256 } from '../../publish/blocks.ts'
import { writeWhole } from '../../publish/files.ts'
import { keptRecord, recordPath } from '../../publish/publish.ts'
import { openFolder, writeOpenIndex } from '../open-data/exports.ts'
import { files, neededFiles } from './needed.ts'

export const WITHDRAWN_FILE = 'withdrawn.json'

/** Deletes; gives back how many files and folders went. Interrupted, it is done again whole: what is gone is gone. */
export function eraseWithdrawn(dist: string, current: ReleaseRecord, withdraws: readonly number[]): number {
  const gone = withdraws.flatMap((number) => keptRecord(dist, number) ?? [])
  const kept = standing(dist, current, new Set(withdraws))
  const roots = new Set(gone.map(({ root }) => root).filter((root) => !kept.some((one) => one.root === root)))
  const needed = neededFiles(dist, kept)
  const doomed = [
    ...foldersOf(dist, roots),
    ...files(dist, 'blocks').filter((path) => !needed.has(path)),
    ...files(dist, 'media').filter((path) => !needed.has(path)),
    ...leadingTo(dist, targetsOf(dist, kept)),
    ...withdraws.map(openFolder).filter((path) => existsSync(join(dist, path))),
  ]
  for (const path of doomed) rmSync(join(dist, path), { recursive: true, force: true })
  // Records last: they say which roots are to go, should this be cut off.
  const records = withdraws.map(recordPath).filter((path) => existsSync(join(dist, path)))
  tell(dist, withdraws, [...doomed, ...records])
  for (const path of records) rmSync(join(dist, path))
  writeOpenIndex(dist)
  return doomed.length + records.length
}

/** Releases that are still there to be served: all kept records but the withdrawn ones. */
function standing(dist: string, current: ReleaseRecord, withdraws: ReadonlySet<number>): ReleaseRecord[] {
  const numbers = files(dist, 'records').flatMap((path) => Number(/(\d+)\.json$/.exec(path)?.[1] ?? 0))
  const others = numbers.filter((number) => number !== current.number && !withdraws.has(number))
  return [current, ...others.flatMap((number) => keptRecord(dist, number) ?? [])].filter(({ root }) =>
    existsSync(join(dist, paths.tree(root))),
  )
}

/**
 * Folders named by a root in any part of the distribution: packs, deltas, patches, exports. A delta from a withdrawn
 * release to one that stands holds only the latter's blocks, and is what brings a terminal over: it stays. A patch tells
 * by how much a figure changed, and so what it was: it goes.
 */
function foldersOf(dist: string, roots: ReadonlySet<string>): string[] {
  const found: string[] = []
  for (const top of readdirSync(dist, { withFileTypes: true })) {
    if (!top.isDirectory()) continue
    for (const entry of readdirSync(join(dist, top.name))) if (roots.has(entry)) found.push(`${top.name}/${entry}`)
  }
  const patches = files(dist, 'patches').filter((path) => roots.has(basename(path, '.gz')))
  found.push(...patches.filter((path) => !found.some((folder) => path.startsWith(`${folder}/`))))
  return found
}

/** Record files that no release still standing is told by. */
function targetsOf(dist: string, kept: readonly ReleaseRecord[]): string[] {
  const numbers = new Set(kept.map(({ number }) => number))
  return files(dist, 'targets').filter((path) => {
    const text = readFileSync(join(dist, path), 'utf8')
    const named = path === `targets/${sha256(text)}.${RECORD_TARGET}`
    const { number }: { number?: number } = JSON.parse(text)
    return named && number !== undefined && !numbers.has(number)
  })
}

/** Those record files, and the versions of targets and snapshot that lead to them, or to one that went before. */
function leadingTo(dist: string, targets: readonly string[]): string[] {
  const versions = files(dist, 'metadata').flatMap((path) => /^metadata\/(\d+)\.targets\.json$/.exec(path)?.[1] ?? [])
  const gone = versions.filter((version) => {
    const { signed } = targetsMetadata.parse(
      JSON.parse(readFileSync(join(dist, metadataPath(version, 'targets')), 'utf8')),
    )
    const target = `targets/${signed.targets[RECORD_TARGET]?.hashes.sha256}.${RECORD_TARGET}`
    return targets.includes(target) || !existsSync(join(dist, target))
  })
  const metadata = gone.flatMap((version) => [metadataPath(version, 'targets'), metadataPath(version, 'snapshot')])
  return [...targets, ...metadata.filter((path) => existsSync(join(dist, path)))]
}

const metadataPath = (version: string, role: string): string => `metadata/${version}.${role}.json`
const targetsMetadata = z.object({
  signed: z.object({ targets: z.record(z.string(), z.object({ hashes: z.object({ sha256: z.string() }) })) }),
})

function tell(dist: string, releases: readonly number[], gone: readonly string[]): void {
  const file = join(dist, WITHDRAWN_FILE)
  const before: { releases: number[]; paths: string[] } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { releases: [], paths: [] }
  const all = {
    releases: [...new Set([...before.releases, ...releases])].sort((a, b) => a - b),
    paths: [...new Set([...before.paths, ...gone])].sort(),
  }
  writeWhole(dist, WITHDRAWN_FILE, `${JSON.stringify(all)}\n`)
}
