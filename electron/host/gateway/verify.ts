// Verifies the bytes of a county file up to the signed record: lengths, gunzip with a limit, nodes, blocks (P2).
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_MEDIA_BYTES, MAX_PACK_BYTES, MAX_TREE_BYTES } from '../../../sync/contract/limits.ts'
import type { FileLength, ReleaseRecord } from '../../../sync/contract/release.ts'
import type { Hash, PlaceCode } from '../../../sync/contract/rows.ts'
import { COUNTY, type PackHead } from '../../../sync/contract/tree.ts'
import { splitPack } from '../../../sync/core/pack.ts'
import {
  leavesOf,
  type NodeRef,
  partRefs,
  partsOf,
  rootRef,
  type VerifiedNodes,
  verifyBlock,
  verifyNodes,
  verifyPart,
} from '../../../sync/core/tree.ts'
import { errnoOf } from '../files.ts'
import { hasher, sha256 } from '../hash.ts'

const unzip = promisify(gunzip)

/** True for the refusal of a gzip stream that ends before its trailer, good as far as it goes. */
export function isCutGzip(error: unknown): boolean {
  return error instanceof SunhallError && errnoOf(error.cause) === 'Z_BUF_ERROR'
}

export interface SplitPack {
  head: PackHead
  blocks: [Hash, Uint8Array][]
}
export interface VerifiedPack extends SplitPack {
  nodes: VerifiedNodes
}

/**
 * Raw bytes of exactly one gzip stream. What follows its end, be it zeros or a second stream, is refused as the page's
 * DecompressionStream refuses it: kept in the mirror, it would stand between the page and the release for good.
 * Errors: E-LENGTH past `maxRaw` bytes (gzip bomb), E-FORMAT.
 */
export async function gunzipAtMost(wire: Uint8Array, maxRaw: number): Promise<Buffer> {
  try {
    return await unzip(wire, { maxOutputLength: Math.max(1, maxRaw), rejectGarbageAfterEnd: true })
  } catch (cause) {
    if (errnoOf(cause) === 'ERR_BUFFER_TOO_LARGE')
      throw new SunhallError('E-LENGTH', `Expected at most ${maxRaw} raw bytes, got more; tell the office`, { cause })
    throw new SunhallError('E-FORMAT', `Expected gzip, got other bytes (${messageOf(cause)})`, { cause })
  }
}

/** Length of a part's pack as signed. Errors: E-MISSING. */
export function packLength(record: ReleaseRecord, part: PlaceCode): FileLength {
  const length = record.packs[part]
  if (length !== undefined) return length
  throw new SunhallError('E-MISSING', `Expected a part of release ${record.number}, got ${part}`)
}

/** `county`: the verified root and dataset nodes, null for the county's own pack. Errors: trust codes. */
export async function verifyPack(
  wire: Uint8Array,
  record: ReleaseRecord,
  part: PlaceCode,
  county: VerifiedNodes | null,
): Promise<VerifiedPack> {
  const split = await split_(wire, packLength(record, part), record, part, MAX_PACK_BYTES)
  const nodes = await verifyPart(split.head, trustedRefs(record, part, county), hasher)
  await verifyBlocks(split)
  // P1: a record that names other parts than the tree has would leave villages out of sight.
  if (part === COUNTY) requireParts(record, partsOf(nodes))
  return { ...split, nodes }
}

/** The tree file: every node and no block. Errors: trust codes. */
export async function verifyTree(wire: Uint8Array, record: ReleaseRecord): Promise<VerifiedNodes> {
  const { head } = await split_(wire, record.tree, record, 'tree', MAX_TREE_BYTES + MAX_TREE_BYTES)
  const nodes = await verifyNodes(head.nodes, [rootRef(record)], hasher)
  if (nodes.open.length > 0 || head.blocks.length > 0)
    throw new SunhallError('E-MIXED', `Expected the whole tree and nothing else, got ${nodes.open.length} nodes short`)
  requireParts(record, partsOf(nodes))
  return nodes
}

/** A delta: the nodes that changed, up to the root, and only blocks that they name. Errors: trust codes. */
export async function verifyDelta(wire: Uint8Array, record: ReleaseRecord, from: Hash): Promise<VerifiedPack> {
  const length = record.deltas.find((delta) => delta.root === from)
  if (length === undefined) throw new SunhallError('E-MISSING', `Expected a delta from a signed release, got ${from}`)
  const split = await split_(wire, length, record, 'delta', MAX_PACK_BYTES)
  const nodes = await verifyNodes(split.head.nodes, [rootRef(record)], hasher)
  const named = new Map(leavesOf(nodes).map(({ leaf }) => [leaf[4], leaf[5]]))
  for (const [hash, size] of split.head.blocks) {
    if (named.get(hash) !== size) throw new SunhallError('E-MIXED', `Expected blocks of the release only, got ${hash}`)
  }
  await verifyBlocks(split)
  return { ...split, nodes }
}

/** A row patch: the bytes that the record names. What they lead to is for whoever applies them to check. Errors: trust codes. */
export async function verifyPatch(wire: Uint8Array, record: ReleaseRecord, from: Hash): Promise<Buffer> {
  const patch = record.patches?.find(({ root }) => root === from)
  if (patch === undefined) throw new SunhallError('E-MISSING', `Expected a patch from a signed release, got ${from}`)
  if (wire.length > patch.wire)
    throw new SunhallError('E-LENGTH', `Expected at most ${patch.wire} bytes of a patch, got ${wire.length}`)
  const raw = await gunzipAtMost(wire, patch.raw)
  await verifyBlock(patch.hash, patch.raw, copyOf(raw), hasher)
  return raw
}

/** Errors: E-LENGTH, E-FORMAT, E-HASH. */
export async function verifySingleBlock(wire: Uint8Array, hash: Hash): Promise<Buffer> {
  const raw = await gunzipAtMost(wire, MAX_BLOCK_BYTES)
  await verifyBlock(hash, raw.length, copyOf(raw), hasher)
  return raw
}

/** Errors: E-LENGTH, E-HASH. */
export function verifyMedia(bytes: Uint8Array, hash: Hash): void {
  if (bytes.length > MAX_MEDIA_BYTES)
    throw new SunhallError('E-LENGTH', `Expected a picture of at most ${MAX_MEDIA_BYTES} bytes, got ${bytes.length}`)
  if (sha256(bytes) !== hash) throw new SunhallError('E-HASH', `Expected picture ${hash} to have its hash`)
}

export function trustedRefs(record: ReleaseRecord, part: PlaceCode, county: VerifiedNodes | null): NodeRef[] {
  if (part === COUNTY) return [rootRef(record)]
  if (county === null) throw new SunhallError('E-STATE', `Expected the county's nodes before part ${part}, got none`)
  return partRefs(county, part)
}

async function split_(
  wire: Uint8Array,
  length: FileLength,
  record: ReleaseRecord,
  part: string,
  limit: number,
): Promise<SplitPack> {
  const raw = await gunzipAtMost(wire, Math.min(length.raw, limit))
  if (raw.length !== length.raw)
    throw new SunhallError('E-LENGTH', `Expected ${length.raw} raw bytes of ${part}, got ${raw.length}`)
  const split = splitPack(raw)
  if (split.head.root === record.root && split.head.part === part) return split
  // P1, P2: a stale proxy or a swapped file can't mix releases or parts.
  throw new SunhallError('E-MIXED', `Expected ${part} of ${record.root}, got ${split.head.part} of ${split.head.root}`)
}

async function verifyBlocks({ head, blocks }: SplitPack): Promise<void> {
  for (const [at, [hash, bytes]] of blocks.entries())
    await verifyBlock(hash, head.blocks[at]?.[1] ?? -1, copyOf(bytes), hasher)
}

function requireParts(record: ReleaseRecord, parts: readonly PlaceCode[]): void {
  const named = Object.keys(record.packs).sort()
  if (named.join() !== parts.join())
    throw new SunhallError('E-MIXED', `Expected packs for the tree's ${parts.length} parts, got ${named.length}`)
}

/** The same bytes as a view that sync/core's types accept. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength)
  return new Uint8Array(bytes)
}
