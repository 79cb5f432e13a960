// The terminal's whole verification of a distribution folder or a stick: TUF, record, and every pack, tree, delta,
// single block and picture of the release, against the county's root. `npm run county -- verify` and a technician's
//   node electron/host/verify-folder.ts FOLDER --root FILE [--json]
// use it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { codeOf, type ErrorCode, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_MEDIA_BYTES } from '../../sync/contract/limits.ts'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import type { Hash } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { decodeBlock } from '../../sync/core/codec.ts'
import { leavesOf } from '../../sync/core/tree.ts'
import {
  packLength,
  type VerifiedPack,
  verifyDelta,
  verifyMedia,
  verifyPack,
  verifyPatch,
  verifySingleBlock,
  verifyTree,
} from './gateway/verify.ts'
import { folderSource, type Source } from './source.ts'
import { openTrust } from './trust/trust.ts'

export interface VerifiedCounts {
  packs: number
  nodes: number
  /** Blocks inside packs, and those that lie as single files. */
  blocks: number
  singleBlocks: number
  deltas: number
  media: number
  rows: number
}
export type FolderVerdict =
  | { ok: true; release: number; root: Hash; sampleKeys: boolean; counts: VerifiedCounts }
  | { ok: false; code: ErrorCode; message: string; where: string }

/** `rootJson`: text of the county's root as the terminal has it. Never throws; the first failure is named with its file. */
export async function verifyFolder(folder: string, rootJson: string, now: Date): Promise<FolderVerdict> {
  const scratch = mkdtempSync(join(tmpdir(), 'sunhall-verify-'))
  const at = { where: 'metadata' }
  try {
    const trust = openTrust(scratch)
    trust.provision(rootJson)
    const source = folderSource(folder)
    const { record } = await trust.update(source, now, false)
    const counts = await verifyFiles(folder, source, record, at)
    return { ok: true, release: record.number, root: record.root, sampleKeys: trust.sampleKeys(), counts }
  } catch (error) {
    return { ok: false, code: codeOf(error, 'E-FORMAT'), message: messageOf(error), where: at.where }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

interface Walk {
  source: Source
  record: ReleaseRecord
  counts: VerifiedCounts
  at: { where: string }
}

async function verifyFiles(
  folder: string,
  source: Source,
  record: ReleaseRecord,
  at: { where: string },
): Promise<VerifiedCounts> {
  const counts = { packs: 0, nodes: 0, blocks: 0, singleBlocks: 0, deltas: 0, media: 0, rows: 0 }
  const walk: Walk = { source, record, counts, at }
  const nodes = await verifyTree(await read(walk, paths.tree(record.root), record.tree.wire), record)
  counts.nodes = nodes.texts.length
  const county = await takePack(walk, COUNTY, null)
  for (const part of Object.keys(record.packs)) if (part !== COUNTY) await takePack(walk, part, county)
  counts.rows = leavesOf(nodes).reduce((sum, { leaf }) => sum + leaf[3], 0)
  // A stick carries neither deltas nor single blocks; the office's folder carries all of them.
  if (existsSync(join(folder, 'deltas'))) for (const { root, wire } of record.deltas) await takeDelta(walk, root, wire)
  for (const { root, wire } of record.patches ?? []) {
    // It may be gone: what a withdrawn release had could be told from it.
    if (existsSync(join(folder, paths.patch(record.root, root)))) await takePatch(walk, root, wire)
  }
  if (existsSync(join(folder, 'blocks'))) {
    for (const hash of new Set(leavesOf(nodes).map(({ leaf }) => leaf[4]))) {
      await verifySingleBlock(await read(walk, paths.block(hash), MAX_BLOCK_BYTES), hash)
      counts.singleBlocks += 1
    }
  }
  return counts
}

async function takePack(walk: Walk, part: string, county: VerifiedPack | null): Promise<VerifiedPack> {
  const { record, counts } = walk
  const wire = await read(walk, paths.pack(record.root, part), packLength(record, part).wire)
  const pack = await verifyPack(wire, record, part, county?.nodes ?? null)
  counts.packs += 1
  counts.blocks += pack.blocks.length
  const mediaBlocks = new Set(
    leavesOf(pack.nodes, part)
      .filter(({ leaf }) => leaf[0] === 'media')
      .map(({ leaf }) => leaf[4]),
  )
  for (const [hash, bytes] of pack.blocks) if (mediaBlocks.has(hash)) await takeMedia(walk, bytes)
  return pack
}

async function takeMedia(walk: Walk, block: Uint8Array): Promise<void> {
  for (const { hash } of decodeBlock('media', block)) {
    verifyMedia(await read(walk, paths.media(hash), MAX_MEDIA_BYTES), hash)
    walk.counts.media += 1
  }
}

async function takePatch(walk: Walk, from: Hash, wire: number): Promise<void> {
  await verifyPatch(await read(walk, paths.patch(walk.record.root, from), wire), walk.record, from)
}

async function takeDelta(walk: Walk, from: Hash, wire: number): Promise<void> {
  await verifyDelta(await read(walk, paths.delta(walk.record.root, from), wire), walk.record, from)
  walk.counts.deltas += 1
}

function read(walk: Walk, path: string, maxBytes: number): Promise<Buffer> {
  walk.at.where = path
  return walk.source.read(path, maxBytes)
}

async function main(): Promise<void> {
  const options = { root: { type: 'string' }, json: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const [folder] = positionals
  if (folder === undefined || values.root === undefined)
    throw new SunhallError('E-INPUT', 'Expected FOLDER --root FILE, for example: /media/usb/release --root root.json')
  const verdict = await verifyFolder(resolve(folder), readFileSync(values.root, 'utf8'), new Date())
  process.stdout.write(`${values.json ? JSON.stringify(verdict) : inWords(verdict)}\n`)
  process.exitCode = verdict.ok ? 0 : 1
}

function inWords(verdict: FolderVerdict): string {
  if (!verdict.ok) return `${verdict.code} in ${verdict.where}: ${verdict.message}`
  const { packs, nodes, blocks, singleBlocks, deltas, media, rows } = verdict.counts
  return `Release ${verdict.release} verified: ${packs} packs, ${nodes} nodes, ${blocks} blocks, ${singleBlocks} single blocks, ${deltas} deltas, ${media} pictures, ${rows} rows`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${codeOf(error, 'E-INPUT')}: ${messageOf(error)}\n`)
    process.exitCode = 1
  })
}
