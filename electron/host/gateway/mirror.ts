// The host's own copy of what the terminal shows, on its disk outside every browser profile: a store that Chromium
// resets is rebuilt from here without a line. Only verified bytes are put in; they are verified again when taken out.
//
//   <mirror>/<root>/record.json           the signed record
//   <mirror>/<root>/<part|tree|delta-…|patch-…>.gz
//   <mirror>/blocks/<hash>.gz             single blocks, until the packs are whole
//   <mirror>/media/<hash>.webp
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ReleaseRecord, releaseRecord } from '../../../sync/contract/release.ts'
import type { Hash, PlaceCode } from '../../../sync/contract/rows.ts'
import { readIfThere, readJson, writeWhole } from '../files.ts'
import { type CountyFile, PART } from './county-path.ts'

const PART_FILE = new RegExp(`^(${PART})\\.gz$`)

export interface Mirror {
  keepRecord(record: ReleaseRecord): void
  /** A release that this terminal trusted once and still keeps; null for any other root. */
  record(root: Hash): ReleaseRecord | null
  roots(): Hash[]
  read(file: CountyFile): Buffer | null
  has(file: CountyFile): boolean
  /** Errors: E-QUOTA, E-STORE. */
  put(file: CountyFile, bytes: Uint8Array): void
  remove(file: CountyFile): void
  /** Roots from which this release's deltas in the mirror lead. */
  deltas(root: Hash): Hash[]
  /** The same of its row patches. */
  patches(root: Hash): Hash[]
  /** Parts of a release that are here. */
  parts(root: Hash): PlaceCode[]
  /** Drops other roots, and single blocks, deltas and patches that the whole packs of `root` make needless. */
  keepOnly(roots: ReadonlySet<Hash>): void
  dropLoose(root: Hash): void
  keepMedia(wanted: ReadonlySet<Hash>): void
}

export function openMirror(folder: string): Mirror {
  const pathOf = (file: CountyFile): string => join(folder, ...placeOf(file))
  const names = (...parts: string[]): string[] => {
    const at = join(folder, ...parts)
    return existsSync(at) ? readdirSync(at).sort() : []
  }
  const inRoot = (root: Hash, pattern: RegExp): string[] => names(root).flatMap((name) => pattern.exec(name)?.[1] ?? [])
  return {
    keepRecord: (record) => writeWhole(join(folder, record.root, 'record.json'), JSON.stringify(record)),
    record: (root) => releaseRecord.safeParse(readJson(join(folder, root, 'record.json'))).data ?? null,
    roots: () => names().filter((name) => /^[0-9a-f]{64}$/.test(name)),
    read: (file) => readIfThere(pathOf(file)),
    has: (file) => existsSync(pathOf(file)),
    put: (file, bytes) => writeWhole(pathOf(file), bytes),
    remove: (file) => rmSync(pathOf(file), { force: true }),
    deltas: (root) => inRoot(root, /^delta-([0-9a-f]{64})\.gz$/),
    patches: (root) => inRoot(root, /^patch-([0-9a-f]{64})\.gz$/),
    parts: (root) => inRoot(root, PART_FILE),
    keepOnly(roots) {
      for (const name of names()) {
        if (/^[0-9a-f]{64}$/.test(name) && !roots.has(name))
          rmSync(join(folder, name), { recursive: true, force: true })
      }
    },
    dropLoose(root) {
      for (const name of names(root)) {
        if (/^(delta|patch)-/.test(name)) rmSync(join(folder, root, name), { force: true })
      }
      rmSync(join(folder, 'blocks'), { recursive: true, force: true })
    },
    keepMedia(wanted) {
      for (const name of names('media')) {
        if (!wanted.has(name.slice(0, 64))) rmSync(join(folder, 'media', name), { force: true })
      }
    },
  }
}

function placeOf(file: CountyFile): string[] {
  if (file.kind === 'pack') return [file.root, `${file.part}.gz`]
  if (file.kind === 'tree') return [file.root, 'tree.gz']
  if (file.kind === 'delta' || file.kind === 'patch') return [file.root, `${file.kind}-${file.from}.gz`]
  return file.kind === 'block' ? ['blocks', `${file.hash}.gz`] : ['media', `${file.hash}.webp`]
}
