// The published release as a folder of its own: what a stick carries to a terminal without a network, in the same layout
// as the distribution folder, so that a terminal reads both alike.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Metadata, MetadataKind } from '@tufjs/models'
import { SunhallError } from '../contract/errors.ts'
import { INSPECTORS_METADATA } from '../contract/inbox.ts'
import { MAX_PACK_BYTES } from '../contract/limits.ts'
import { paths, RECORD_TARGET, type ReleaseRecord, releaseRecord } from '../contract/release.ts'
import type { Hash } from '../contract/rows.ts'
import { decodeBlock } from '../core/codec.ts'
import { splitPack } from '../core/pack.ts'
import { writeWhole } from './files.ts'
import { currentTimestamp } from './tuf.ts'

/**
 * Copies release `root` of `dist` to `outDir`: packs, tree, pictures, then metadata with the timestamp last, so that a
 * stick pulled too early holds no release rather than half of one. Returns files and bytes written. Errors: E-STATE
 * where `root` isn't what is published, E-MISSING for a file that isn't there.
 */
export async function exportTo(dist: string, root: Hash, outDir: string): Promise<{ files: number; bytes: number }> {
  const { record, names } = publishedFiles(dist)
  if (record.root !== root) {
    throw new SunhallError('E-STATE', `Expected the published release ${record.root}, got ${root}; export that one`)
  }
  const packs = Object.keys(record.packs).map((part) => paths.pack(root, part))
  const files = [...packs, paths.tree(root), ...mediaPaths(dist, record), ...inspectorPaths(dist), ...names]
  let bytes = 0
  for (const path of files) {
    const content = contentOf(dist, path)
    writeWhole(outDir, path, content)
    bytes += content.length
  }
  return { files: files.length, bytes }
}

/** The record that the distribution's metadata leads to. Errors: E-STATE where nothing is published. */
export function publishedRecord(dist: string): ReleaseRecord {
  return publishedFiles(dist).record
}

/** The record, and the metadata and target files that lead to it, the timestamp last. */
function publishedFiles(dist: string): { record: ReleaseRecord; names: string[] } {
  const timestamp = currentTimestamp(dist)
  if (timestamp === null)
    throw new SunhallError('E-STATE', `Expected a published release in ${dist}, got none; publish first`)
  const snapshotName = `metadata/${timestamp.signed.snapshotMeta.version}.snapshot.json`
  const snapshot = Metadata.fromJSON(MetadataKind.Snapshot, jsonOf(dist, snapshotName))
  const targetsName = `metadata/${snapshot.signed.meta['targets.json']?.version}.targets.json`
  const targets = Metadata.fromJSON(MetadataKind.Targets, jsonOf(dist, targetsName))
  const recordName = `targets/${targets.signed.targets[RECORD_TARGET]?.hashes.sha256}.${RECORD_TARGET}`
  const roots = readdirSync(join(dist, 'metadata')).filter((name) => /^(\d+\.)?root\.json$/.test(name))
  return {
    record: releaseRecord.parse(jsonOf(dist, recordName)),
    names: [
      recordName,
      ...roots.map((name) => `metadata/${name}`),
      targetsName,
      snapshotName,
      'metadata/timestamp.json',
    ],
  }
}

/** The inspectors' list of keys and its keys (P4): terminals without a line learn of a new key by stick too. */
function inspectorPaths(dist: string): string[] {
  if (!existsSync(join(dist, INSPECTORS_METADATA))) return []
  const keys = readdirSync(join(dist, 'targets', 'inspectors')).filter((name) => name.endsWith('.jwk'))
  return [...keys.map((name) => `targets/inspectors/${name}`), INSPECTORS_METADATA]
}

function mediaPaths(dist: string, record: ReleaseRecord): string[] {
  if (record.media.count === 0) return []
  const hashes = new Set<Hash>()
  for (const part of Object.keys(record.packs)) {
    const { head, blocks } = splitPack(
      gunzipSync(contentOf(dist, paths.pack(record.root, part)), { maxOutputLength: MAX_PACK_BYTES }),
    )
    const media = new Set(head.nodes.flatMap(mediaBlocks))
    for (const [name, bytes] of blocks) {
      if (media.has(name)) for (const row of decodeBlock('media', bytes)) hashes.add(row.hash)
    }
  }
  return [...hashes].sort().map(paths.media)
}

function mediaBlocks(text: string): Hash[] {
  const node: { blocks?: [string, string, number, number, Hash, number][] } = JSON.parse(text)
  return (node.blocks ?? []).filter(([kind]) => kind === 'media').map((leaf) => leaf[4])
}

function jsonOf(dist: string, path: string) {
  return JSON.parse(contentOf(dist, path).toString('utf8'))
}

function contentOf(dist: string, path: string): Buffer {
  const file = join(dist, path)
  if (existsSync(file)) return readFileSync(file)
  throw new SunhallError('E-MISSING', `Expected ${path} in ${dist}, got nothing; publish again`)
}
