// The valid bytes that the fuzzer breaks: the small county's first two releases, with every file that they serve.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import type { Hash, Kind } from '../../sync/contract/rows.ts'
import { splitPack } from '../../sync/core/pack.ts'
import { leavesIn, nodesAt } from '../../sync/county/drafts/kept.ts'
import { type FakeCounty, fakeCounty } from '../county/fake-county.ts'
import { fixedKeys } from './fixed-keys.ts'

export interface FuzzCounty {
  readonly county: FakeCounty
  readonly folder: string
  readonly first: ReleaseRecord
  readonly second: ReleaseRecord
  /** Files of the distribution folder by path, with '/'; what the first release alone needs is among them. */
  readonly files: ReadonlyMap<string, Buffer>
  /** The distribution as it was when the first release was the newest. */
  readonly filesBefore: ReadonlyMap<string, Buffer>
  remove(): void
}

/** A moment after both releases were signed. */
export const FUZZ_NOW = new Date('2026-11-24T00:00:00Z')

export async function openFuzzCounty(): Promise<FuzzCounty> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-fuzz-'))
  const county = fakeCounty(folder, { now: new Date('2026-11-20T00:00:00Z'), keys: fixedKeys() })
  const first = await county.publish()
  const filesBefore = filesOf(county.dist)
  const second = await county.publishChanged()
  const files = filesOf(county.dist)
  return {
    ...{ county, folder, first, second, files, filesBefore },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function filesOf(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const names = entries.map((entry) => join(entry.parentPath, entry.name)).sort()
  return new Map(names.map((name) => [relative(folder, name).split(sep).join('/'), readFileSync(name)]))
}

export function fileAt(files: ReadonlyMap<string, Buffer>, path: string): Buffer {
  const bytes = files.get(path)
  if (bytes === undefined) throw new Error(`The small county has no file ${path}`)
  return bytes
}

/** Raw bytes of the packs of a release, the county's first. */
export function rawPacks({ files }: FuzzCounty, record: ReleaseRecord): { part: string; raw: Buffer }[] {
  const parts = Object.keys(record.packs).sort()
  return parts.map((part) => ({ part, raw: gunzipSync(fileAt(files, paths.pack(record.root, part))) }))
}

/** Every block of a release with its kind. */
export function blocksOf(from: FuzzCounty): { kind: Kind; bytes: Uint8Array }[] {
  const kinds = new Map<Hash, Kind>(
    leavesIn(nodesAt({ folder: from.county.dist, root: from.second.root })).map(({ leaf }) => [leaf[4], leaf[0]]),
  )
  const packed = rawPacks(from, from.second).flatMap(({ raw }) => splitPack(raw).blocks)
  return packed.flatMap(([hash, bytes]) => {
    const kind = kinds.get(hash)
    return kind === undefined ? [] : [{ kind, bytes }]
  })
}
