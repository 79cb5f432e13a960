// Row patches of small releases, found by publication's own search for edits and taken through the terminal's own walk.
import { paths } from '../../sync/contract/release.ts'
import type { Hash } from '../../sync/contract/rows.ts'
import { FORMAT_VERSION, type VillageNode } from '../../sync/contract/tree.ts'
import { applyEdits, type PatchBase } from '../../sync/core/patch-apply.ts'
import { joinPatch } from '../../sync/core/patch-file.ts'
import { FoundEdits, type NodeChange } from '../../sync/publish/patch-edits.ts'
import { sha256 } from '../../sync/store/hash.ts'
import { gzip, type TinyRelease } from './store-release.ts'

/** Gives `release` a patch from each of `earlier`. Errors: there is no patch that leads to it. */
export async function withPatches(release: TinyRelease, earlier: readonly TinyRelease[]): Promise<TinyRelease> {
  for (const from of earlier) {
    if (from.record.root === release.record.root) continue
    const raw = await inNodesWay(() => patchBetween(from, release))
    const wire = await gzip(raw)
    release.files.set(paths.patch(release.record.root, from.record.root), wire)
    const { number, root } = from.record
    const patch = { number, root, hash: await sha256(raw), wire: wire.length, raw: raw.length }
    release.record.patches = [...(release.record.patches ?? []), patch]
  }
  return release
}

async function patchBetween(from: TinyRelease, to: TinyRelease): Promise<Uint8Array<ArrayBuffer>> {
  const [old, now] = [villagesOf(from), villagesOf(to)]
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort()
  const nodes = keys.flatMap((key) => {
    const [before, after] = [old.get(key), now.get(key)]
    const { dataset, part, village } = after ?? before ?? fail(key)
    if (JSON.stringify(before) === JSON.stringify(after)) return []
    return [{ place: { dataset, part, village }, change: changeOf(before, after, to) }]
  })
  const edits = new FoundEdits(nodes.map(({ change }) => change))
  const places = nodes.map(({ place }) => place)
  const { root } = await applyEdits(baseOf(from), places, edits, sha256)
  if (root !== to.record.root) throw new Error(`Expected a patch to ${to.record.root}, it leads to ${root}`)
  const named = places.map(({ dataset, part, village }) => [dataset, part, [village.slice(part.length)]] as const)
  const head = { ...edits.head, format: FORMAT_VERSION, from: from.record.root, root, part: 'patch' } as const
  return joinPatch({
    head: { ...head, nodes: named.map(([dataset, part, rest]) => [dataset, part, [...rest]]) },
    blocks: edits.blocks,
  })
}

function villagesOf({ heads }: TinyRelease): Map<string, VillageNode> {
  const nodes = heads.flatMap((head) => head.nodes.map((text): Partial<VillageNode> => JSON.parse(text)))
  const villages = nodes.filter((node): node is VillageNode => node.blocks !== undefined)
  return new Map(villages.map((node) => [`${node.dataset}/${node.part}/${node.village}`, node]))
}

function changeOf(before: VillageNode | undefined, after: VillageNode | undefined, to: TinyRelease): NodeChange {
  const leaves = (after?.blocks ?? []).map((leaf) => ({ leaf, bytes: to.blocks.get(leaf[4]) ?? fail(leaf[4]) }))
  return { before: before?.blocks ?? [], after: leaves }
}

function baseOf({ heads, blocks }: TinyRelease): PatchBase {
  return {
    texts: new Map(heads.map(({ part, nodes }) => [part, nodes])),
    read: async (hashes) => new Map(hashes.map((hash): [Hash, Uint8Array] => [hash, blocks.get(hash) ?? fail(hash)])),
  }
}

/** The search is the office's, and compares bytes as Node does. */
async function inNodesWay<T>(work: () => Promise<T>): Promise<T> {
  if (typeof Buffer !== 'undefined') return work()
  const compare = (one: Uint8Array, other: Uint8Array): number =>
    one.length === other.length && one.every((byte, at) => byte === other[at]) ? 0 : 1
  Reflect.set(globalThis, 'Buffer', { compare })
  try {
    return await work()
  } finally {
    Reflect.deleteProperty(globalThis, 'Buffer')
  }
}

function fail(what: string): never {
  throw new Error(`Expected ${what} in the release, found nothing`)
}
