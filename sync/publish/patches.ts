// Row patches from earlier releases (docs/format.md, "Patch"): found by taking the terminal's own walk from the earlier
// release's blocks to the new ones, so that a patch that is written is one that leads to the signed root.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { codeOf } from '../contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_PACK_BYTES, MAX_TREE_BYTES } from '../contract/limits.ts'
import type { PatchHead } from '../contract/patch.ts'
import { paths, type ReleaseRecord } from '../contract/release.ts'
import type { Hash } from '../contract/rows.ts'
import { FORMAT_VERSION, type VillageNode } from '../contract/tree.ts'
import { splitPack } from '../core/pack.ts'
import { applyEdits, type PatchBase } from '../core/patch-apply.ts'
import { joinPatch } from '../core/patch-file.ts'
import type { NodePlace } from '../core/patch-nodes.ts'
import { sha256 } from './blocks.ts'
import { nodesByPart, writeIfSmaller } from './distribution.ts'
import { FoundEdits, type NodeChange } from './patch-edits.ts'
import type { BuiltBlock } from './prove.ts'
import type { BuiltTree } from './tree.ts'

type Patch = NonNullable<ReleaseRecord['patches']>[number]

/**
 * Writes the patch from an earlier release in `dist`; null where there is none to be had: its tree or a block is gone, it
 * has the same root, or the delta of whole blocks is as small. Errors: Node's own.
 */
export async function writePatch(
  { dist, into }: { dist: string; into: string },
  tree: BuiltTree,
  blocks: readonly BuiltBlock[],
  from: Pick<ReleaseRecord, 'number' | 'root'>,
  deltaWire: number,
): Promise<Patch | null> {
  const file = join(dist, paths.tree(from.root))
  if (!existsSync(file) || from.root === tree.root.hash) return null
  const old = splitPack(gunzipSync(readFileSync(file), { maxOutputLength: MAX_TREE_BYTES * 2 })).head.nodes
  const raw = await patchBetween(baseIn(dist, old), old, tree, blocks, from.root)
  if (raw === null || raw.length > MAX_PACK_BYTES) return null
  const length = await writeIfSmaller(into, paths.patch(tree.root.hash, from.root), raw, deltaWire)
  return length === null ? null : { number: from.number, root: from.root, hash: sha256(raw), ...length }
}

async function patchBetween(
  base: PatchBase,
  old: readonly string[],
  tree: BuiltTree,
  blocks: readonly BuiltBlock[],
  from: Hash,
): Promise<Uint8Array | null> {
  const touched = changedNodes(old, tree, blocks)
  const edits = new FoundEdits(touched.map(({ change }) => change))
  const hash = async (bytes: Uint8Array): Promise<Hash> => sha256(bytes)
  const nodes = touched.map(({ place }) => place)
  try {
    const { root } = await applyEdits(base, nodes, edits, hash)
    if (root !== tree.root.hash) return null
  } catch (error) {
    // A block of the earlier release is gone (withdrawn), or it has sums that don't follow from its payments.
    if (codeOf(error, 'E-SERVER') === 'E-MISSING' || codeOf(error, 'E-SERVER') === 'E-FORMAT') return null
    throw error
  }
  const head: PatchHead = {
    ...edits.head,
    format: FORMAT_VERSION,
    from,
    nodes: nodeList(nodes),
    part: 'patch',
    root: tree.root.hash,
  }
  return joinPatch({ head, blocks: edits.blocks })
}

function baseIn(dist: string, nodes: readonly string[]): PatchBase {
  return {
    texts: nodesByPart(nodes),
    async read(hashes) {
      const found = new Map<Hash, Uint8Array>()
      for (const hash of hashes) {
        const file = join(dist, paths.block(hash))
        if (existsSync(file)) found.set(hash, gunzipSync(readFileSync(file), { maxOutputLength: MAX_BLOCK_BYTES }))
      }
      return found
    },
  }
}

interface ChangedNode {
  place: NodePlace
  change: NodeChange
}

/** Village nodes that aren't the same in both trees, in the tree's order, with their blocks before and after. */
function changedNodes(old: readonly string[], tree: BuiltTree, blocks: readonly BuiltBlock[]): ChangedNode[] {
  const same = new Set(tree.nodes)
  const kept = new Set(old)
  const changed = new Map<string, ChangedNode>()
  const changeOf = ({ dataset, part, village }: NodePlace): ChangedNode => {
    const key = `${dataset}/${part}/${village}`
    const known = changed.get(key) ?? { place: { dataset, part, village }, change: { before: [], after: [] } }
    changed.set(key, known)
    return known
  }
  for (const node of old.filter((text) => !same.has(text)).flatMap(villageNode))
    changeOf(node).change.before = node.blocks
  for (const node of tree.nodes.filter((text) => !kept.has(text)).flatMap(villageNode)) changeOf(node)
  const after = Map.groupBy(blocks, ({ dataset, part, village }) => `${dataset}/${part}/${village}`)
  for (const [key, { change }] of changed) change.after = after.get(key) ?? []
  return [...changed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, node]) => node)
}

function villageNode(text: string): VillageNode[] {
  const node: Partial<VillageNode> = JSON.parse(text)
  return node.blocks === undefined ? [] : [node as VillageNode]
}

function nodeList(places: readonly NodePlace[]): PatchHead['nodes'] {
  const lists = new Map<string, PatchHead['nodes'][number]>()
  for (const { dataset, part, village } of places) {
    const list = lists.get(`${dataset}/${part}`) ?? [dataset, part, []]
    lists.set(`${dataset}/${part}`, list)
    list[2].push(village.slice(part.length))
  }
  return [...lists.values()]
}
