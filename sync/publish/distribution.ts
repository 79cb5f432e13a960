// The files of one release in the distribution folder, but for metadata: packs, tree, deltas, single blocks, pictures.
// All are named by a root or a hash, so that writing them changes nothing of what is published.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, gzipSync, gzip as gzipWithCallback } from 'node:zlib'
import { SunhallError } from '../contract/errors.ts'
import { MAX_MEDIA_BYTES, MAX_PACK_BYTES, MAX_TREE_BYTES } from '../contract/limits.ts'
import { type FileLength, paths, type ReleaseRecord } from '../contract/release.ts'
import type { Hash } from '../contract/rows.ts'
import { COUNTY, FORMAT_VERSION, type PackHead } from '../contract/tree.ts'
import { joinPack, splitPack } from '../core/pack.ts'
import { sha256 } from './blocks.ts'
import { eachOf, linkOrCopy, type NewFile, syncFolder, writeMany, writeWholeLater } from './files.ts'
import type { BuiltBlock } from './prove.ts'
import type { BuiltTree } from './tree.ts'

/** 9 saves 0.6 % over it (engine.md). */
const GZIP_LEVEL = 6
const AT_ONCE = 4
/** zlib takes no less. */
const MIN_ROOM = 64

const gzipAsync = promisify<Uint8Array, { level: number }, Buffer>(gzipWithCallback)
const gzip = (raw: Uint8Array): Promise<Buffer> => gzipAsync(raw, { level: GZIP_LEVEL })

/** Packs and tree file; their lengths go into the record. */
export async function writePacks(
  dist: string,
  tree: BuiltTree,
  blocks: readonly BuiltBlock[],
): Promise<{ packs: Record<string, FileLength>; tree: FileLength }> {
  const root = tree.root.hash
  const packs: Record<string, FileLength> = {}
  const parts = [...new Set([COUNTY, ...blocks.map(({ part }) => part)])].sort()
  const nodes = nodesByPart(tree.nodes)
  await eachOf(parts, 2, async (part) => {
    const own = packOrder(blocks.filter((block) => block.part === part))
    const head = headOf(root, part, nodes.get(part) ?? [], own)
    packs[part] = await writeGzipped(
      dist,
      paths.pack(root, part),
      joinPack(
        head,
        own.map(({ bytes }) => bytes),
      ),
      MAX_PACK_BYTES,
    )
  })
  const treeHead: PackHead = { format: FORMAT_VERSION, root, part: 'tree', nodes: tree.nodes, blocks: [] }
  const written = await writeGzipped(dist, paths.tree(root), joinPack(treeHead, []), MAX_TREE_BYTES)
  syncFolder(dirname(join(dist, paths.tree(root))))
  return { packs: Object.fromEntries(parts.map((part) => [part, packs[part] ?? { wire: 0, raw: 0 }])), tree: written }
}

/** The delta of whole blocks from an earlier release in `dist`: the nodes and blocks that its tree doesn't have. */
export async function writeDelta(
  { dist, into }: { dist: string; into: string },
  tree: BuiltTree,
  blocks: readonly BuiltBlock[],
  from: Pick<ReleaseRecord, 'number' | 'root'>,
): Promise<ReleaseRecord['deltas'][number] | null> {
  const file = join(dist, paths.tree(from.root))
  if (!existsSync(file) || from.root === tree.root.hash) return null
  const old = splitPack(gunzipSync(readFileSync(file), { maxOutputLength: MAX_TREE_BYTES * 2 })).head.nodes
  const oldNodes = new Set(old)
  const oldBlocks = new Set(old.flatMap(blockHashes))
  const nodes = tree.nodes.filter((node) => !oldNodes.has(node))
  const fresh = packOrder(blocks.filter(({ leaf }) => !oldBlocks.has(leaf[4])))
  const head = headOf(tree.root.hash, 'delta', nodes, fresh)
  const raw = joinPack(
    head,
    fresh.map(({ bytes }) => bytes),
  )
  const length = await writeGzipped(into, paths.delta(tree.root.hash, from.root), raw, MAX_PACK_BYTES)
  syncFolder(dirname(join(into, paths.delta(tree.root.hash, from.root))))
  return { number: from.number, root: from.root, ...length }
}

/**
 * Each block alone, for repair and small differences; only those not there yet. What `published` holds already is linked.
 * Returns how many were written.
 */
export async function writeSingleBlocks(
  dist: string,
  blocks: readonly BuiltBlock[],
  published: string,
): Promise<number> {
  const once = packOrder(blocks)
  const fresh = once.filter(({ leaf }) => !takeOver(published, dist, paths.block(leaf[4])))
  return writeMany(dist, singleFiles(fresh))
}

/** Thousands of small streams: handing each to another thread would cost more than packing it. */
function* singleFiles(blocks: readonly BuiltBlock[]): Generator<NewFile> {
  for (const { leaf, bytes } of blocks)
    yield { path: paths.block(leaf[4]), bytes: gzipSync(bytes, { level: GZIP_LEVEL, chunkSize: roomFor(bytes) }) }
}

/** zlib would take 16 kB for each, however few come of it: a hundred MB by the thousand, until they are collected. */
function roomFor({ length }: Uint8Array): number {
  return Math.max(MIN_ROOM, length >> 1)
}

/** Pictures by hash; only those not there yet. Errors: E-HASH, E-LENGTH for bytes that aren't what the row says. */
export async function writeMedia(
  dist: string,
  media: ReadonlyMap<Hash, number>,
  read: (hash: Hash) => Uint8Array | Promise<Uint8Array>,
  published: string,
): Promise<number> {
  const fresh = [...media].filter(([hash]) => !takeOver(published, dist, paths.media(hash)))
  await eachOf(fresh, AT_ONCE, async ([hash, length]) => {
    const bytes = await read(hash)
    if (bytes.length !== length || length > MAX_MEDIA_BYTES) {
      throw new SunhallError(
        'E-LENGTH',
        `Expected picture ${hash} to have ${length} bytes (${MAX_MEDIA_BYTES} at most), got ${bytes.length}`,
      )
    }
    if (sha256(bytes) !== hash)
      throw new SunhallError('E-HASH', `Expected picture ${hash} to have its hash, got ${sha256(bytes)}`)
    await writeWholeLater(dist, paths.media(hash), bytes)
  })
  for (const folder of new Set(fresh.map(([hash]) => dirname(join(dist, paths.media(hash)))))) syncFolder(folder)
  return fresh.length
}

/** True where the file is in `into`, or can be had there without writing it: a second name of the published one. */
function takeOver(published: string, into: string, path: string): boolean {
  const target = join(into, path)
  if (existsSync(target)) return true
  const source = join(published, path)
  if (source === target || !existsSync(source)) return false
  mkdirSync(dirname(target), { recursive: true })
  linkOrCopy(source, target)
  return true
}

function headOf(root: Hash, part: string, nodes: string[], blocks: readonly BuiltBlock[]): PackHead {
  return { format: FORMAT_VERSION, root, part, nodes, blocks: blocks.map(({ leaf }) => [leaf[4], leaf[5]]) }
}

async function writeGzipped(dist: string, path: string, raw: Uint8Array, limit: number): Promise<FileLength> {
  if (raw.length > limit)
    throw new SunhallError('E-LENGTH', `Expected at most ${limit} bytes in ${path}, got ${raw.length}`)
  const wire = await gzip(raw)
  await writeWholeLater(dist, path, wire)
  return { wire: wire.length, raw: raw.length }
}

/** Writes a file that saves bytes, but only where it does: null where its gzip isn't below `under` bytes. */
export async function writeIfSmaller(
  dist: string,
  path: string,
  raw: Uint8Array,
  under: number,
): Promise<FileLength | null> {
  const wire = await gzip(raw)
  if (wire.length >= under) return null
  await writeWholeLater(dist, path, wire)
  syncFolder(dirname(join(dist, path)))
  return { wire: wire.length, raw: raw.length }
}

/** Each block once, in the order in which the tree's leaves come: dataset, village, kind, period, seq. */
function packOrder(blocks: readonly BuiltBlock[]): BuiltBlock[] {
  const key = ({ dataset, part, village, leaf }: BuiltBlock): string =>
    [dataset, part, village, leaf[0], leaf[1], String(leaf[2]).padStart(9, '0')].join('\u0000')
  const keyed = blocks.map((block) => ({ block, key: key(block) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  const once = new Map(keyed.map(({ block }) => [block.leaf[4], block]))
  return [...once.values()]
}

export function nodesByPart(nodes: readonly string[]): Map<string, string[]> {
  const parts = new Map<string, string[]>()
  for (const text of nodes) {
    const node: { part?: string } = JSON.parse(text)
    const part = node.part ?? COUNTY
    const list = parts.get(part)
    if (list === undefined) parts.set(part, [text])
    else list.push(text)
  }
  return parts
}

function blockHashes(text: string): Hash[] {
  const node: { blocks?: [string, string, number, number, Hash, number][] } = JSON.parse(text)
  return (node.blocks ?? []).map((leaf) => leaf[4])
}
