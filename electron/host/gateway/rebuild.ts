// Makes a pack of a newer release out of what the mirror has: the packs of an earlier release and the patch, delta or
// single blocks that the worker fetched. So the mirror is whole again without fetching the county a second time.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { MAX_PACK_BYTES } from '../../../sync/contract/limits.ts'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import type { Hash, PlaceCode } from '../../../sync/contract/rows.ts'
import { FORMAT_VERSION } from '../../../sync/contract/tree.ts'
import { joinPack, splitPack } from '../../../sync/core/pack.ts'
import { splitPatch } from '../../../sync/core/patch-file.ts'
import { applyPatch } from '../../../sync/core/patch-read.ts'
import { assembleParts } from '../../../sync/core/tree.ts'
import { hasher } from '../hash.ts'
import type { Mirror } from './mirror.ts'
import { gunzipAtMost, verifyPatch, verifySingleBlock } from './verify.ts'

const zip = promisify(gzip)
/** What publication uses, so that the same raw bytes give the same file. */
const GZIP_LEVEL = 6

/**
 * The .gz files of the asked parts that can be made, not yet verified: the caller verifies them like any other.
 * A part that lacks a node or a block is left out.
 */
export async function rebuildParts(
  mirror: Mirror,
  record: ReleaseRecord,
  parts: readonly PlaceCode[],
): Promise<Map<PlaceCode, Buffer>> {
  const made = new Map<PlaceCode, Buffer>()
  const { nodes, blocks } = await gather(mirror, record)
  const heads = await assembleParts(nodes, record, FORMAT_VERSION, hasher).catch(() => [])
  for (const head of heads.filter(({ part }) => parts.includes(part))) {
    const found = await Promise.all(head.blocks.map(([hash]) => blocks.get(hash) ?? singleBlock(mirror, hash)))
    const whole = found.filter((bytes) => bytes !== null)
    if (whole.length < found.length) continue
    made.set(head.part, await zip(joinPack(head, whole), { level: GZIP_LEVEL }))
  }
  return made
}

interface Gathered {
  nodes: string[]
  blocks: Map<Hash, Uint8Array>
}

/** Every node and block in the mirror's packs, deltas and trees; a file that can't be read gives nothing. */
async function gather(mirror: Mirror, record: ReleaseRecord): Promise<Gathered> {
  const all: Gathered = { nodes: [], blocks: new Map() }
  const take = async (wire: Buffer | null): Promise<void> => {
    if (wire === null) return
    const { head, blocks } = splitPack(await gunzipAtMost(wire, MAX_PACK_BYTES))
    all.nodes.push(...head.nodes)
    for (const [hash, bytes] of blocks) all.blocks.set(hash, bytes)
  }
  const files = mirror
    .roots()
    .flatMap((root) => mirror.parts(root).map((part) => ({ kind: 'pack', root, part }) as const))
  const deltas = mirror.deltas(record.root).map((from) => ({ kind: 'delta', root: record.root, from }) as const)
  for (const file of [...files, ...deltas, { kind: 'tree', root: record.root } as const])
    await take(mirror.read(file)).catch(() => undefined)
  for (const from of mirror.patches(record.root)) await patch(mirror, record, from, all).catch(() => undefined)
  return all
}

/** What a patch makes of the packs that have been taken. */
async function patch(mirror: Mirror, record: ReleaseRecord, from: Hash, all: Gathered): Promise<void> {
  const base = mirror.record(from)
  const wire = mirror.read({ kind: 'patch', root: record.root, from })
  if (base === null || wire === null) return
  const file = splitPatch(await verifyPatch(wire, record, from))
  const heads = await assembleParts(all.nodes, base, FORMAT_VERSION, hasher)
  const texts = new Map(heads.map(({ part, nodes }) => [part, nodes]))
  const made = await applyPatch({ texts, read: async () => all.blocks }, file, hasher)
  all.nodes.push(...[...made.texts.values()].flat())
  for (const [hash, bytes] of made.blocks) all.blocks.set(hash, bytes)
}

async function singleBlock(mirror: Mirror, hash: Hash): Promise<Uint8Array | null> {
  const wire = mirror.read({ kind: 'block', hash })
  return wire === null ? null : verifySingleBlock(wire, hash).catch(() => null)
}
