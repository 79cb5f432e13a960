// The Merkle tree of a release, read and verified: every node must have the hash that the signed root, or a node that
// hangs off it, names (P1, P2). Pure: hashing is an argument.
//
//   record.root ─► root ─► dataset ─► part ─► village ─► blocks
//                  └─ county's pack ─┘└── each part's own pack ──┘
import { SunhallError } from '../contract/errors.ts'
import { MAX_TREE_BYTES } from '../contract/limits.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import type { BlockLeaf, Dataset, DatasetNode, PackHead, PartNode, RootNode, VillageNode } from '../contract/tree.ts'
import { type AnyNode, type NodeRef, parseNode, refsOf } from './tree-nodes.ts'

export type { NodeRef } from './tree-nodes.ts'

/** SHA-256 of bytes as lower-case hex. */
export type Hasher = (bytes: Uint8Array<ArrayBuffer>) => Promise<Hash>

/** Nodes whose hashes have been checked up to the root. Keys: dataset, `dataset/part`, `dataset/part/village`. */
export interface VerifiedNodes {
  readonly root: RootNode | null
  readonly datasets: ReadonlyMap<string, DatasetNode>
  readonly parts: ReadonlyMap<string, PartNode>
  readonly villages: ReadonlyMap<string, VillageNode>
  /** Canonical texts, parents before children. */
  readonly texts: readonly string[]
  /** Children that were named but not among the given nodes. */
  readonly open: readonly NodeRef[]
}
/** A block where it hangs in the tree. */
export interface PlacedLeaf {
  readonly dataset: Dataset
  readonly part: PlaceCode
  readonly village: PlaceCode | ''
  readonly leaf: BlockLeaf
}

/** The reference that a signed release record makes to the root node. */
export function rootRef(record: { root: Hash; rootLength: number }): NodeRef {
  return { level: 'root', dataset: '', part: '', village: '', hash: record.root, length: record.rootLength }
}

/** References from verified dataset nodes to a part's nodes: what a township's pack is verified against. */
export function partRefs(verified: VerifiedNodes, part: PlaceCode): NodeRef[] {
  const refs = [...verified.datasets.values()].flatMap((node) => refsOf({ level: 'dataset', node }))
  return refs.filter((ref) => ref.part === part)
}

/** Parts of a release: the county's code and every township's, in code order. */
export function partsOf(verified: VerifiedNodes): PlaceCode[] {
  const parts = new Set<PlaceCode>()
  for (const node of verified.datasets.values()) for (const [part] of node.parts) parts.add(part)
  return [...parts].sort()
}

/**
 * Checks nodes (parents before children) against references that are trusted already.
 * Errors: E-HASH for a node that nothing trusted names, E-LENGTH for a wrong length, E-FORMAT for a node that isn't
 * what its reference says.
 */
export async function verifyNodes(
  nodes: readonly string[],
  trusted: readonly NodeRef[],
  hash: Hasher,
): Promise<VerifiedNodes> {
  const bytes = nodes.map((text) => new TextEncoder().encode(text))
  const total = bytes.reduce((sum, node) => sum + node.length, 0)
  if (total > MAX_TREE_BYTES)
    throw new SunhallError('E-LENGTH', `Expected at most ${MAX_TREE_BYTES} bytes of nodes, got ${total}`)
  const hashes = await Promise.all(bytes.map(hash))
  const wanted = new Map(trusted.map((ref) => [ref.hash, ref]))
  const found = newFinds()
  nodes.forEach((text, at) => {
    const ref = wanted.get(hashes[at] ?? '')
    if (ref === undefined)
      throw new SunhallError(
        'E-HASH',
        `Expected node ${at} to be named by the signed root, got a foreign one; fetch it again`,
      )
    if (ref.length !== bytes[at]?.length)
      throw new SunhallError('E-LENGTH', `Expected ${ref.length} bytes in node ${ref.hash}, got ${bytes[at]?.length}`)
    wanted.delete(ref.hash)
    const node = parseNode(ref, text)
    keep(found, ref, node)
    for (const child of refsOf(node)) wanted.set(child.hash, child)
  })
  return { ...found, texts: [...nodes], open: [...wanted.values()] }
}

/**
 * Checks the head of a pack: its nodes are all of the part's nodes and its blocks are all of their leaves.
 * For the county give `[rootRef(record)]` plus nothing else; for a township `partRefs(countyNodes, township)`.
 * Errors: as verifyNodes, and E-MIXED where a node or block is missing or foreign, E-LENGTH for a block's length.
 */
export async function verifyPart(head: PackHead, trusted: readonly NodeRef[], hash: Hasher): Promise<VerifiedNodes> {
  const verified = await verifyNodes(head.nodes, trusted, hash)
  const missing = verified.open.find((ref) => ref.part === head.part || ref.level === 'root' || ref.level === 'dataset')
  if (missing !== undefined) {
    throw new SunhallError(
      'E-MIXED',
      `Expected the whole tree of part ${head.part}, got none of ${missing.dataset}/${missing.village}`,
    )
  }
  const lengths = blockLengths(leavesOf(verified, head.part).map(({ leaf }) => leaf))
  for (const [block, length] of head.blocks) {
    const expected = lengths.get(block)
    if (expected === undefined)
      throw new SunhallError('E-MIXED', `Expected blocks of part ${head.part} only, got ${block}`)
    if (expected !== length)
      throw new SunhallError('E-LENGTH', `Expected ${expected} bytes for block ${block}, got ${length}`)
  }
  if (new Set(head.blocks.map(([block]) => block)).size === lengths.size) return verified
  throw new SunhallError('E-MIXED', `Expected ${lengths.size} blocks of part ${head.part}, got ${head.blocks.length}`)
}

/** Checks one block's bytes. Errors: E-LENGTH, E-HASH. */
export async function verifyBlock(
  block: Hash,
  length: number,
  bytes: Uint8Array<ArrayBuffer>,
  hash: Hasher,
): Promise<void> {
  if (bytes.length !== length)
    throw new SunhallError('E-LENGTH', `Expected ${length} bytes for block ${block}, got ${bytes.length}`)
  if ((await hash(bytes)) !== block)
    throw new SunhallError('E-HASH', `Expected block ${block} to have its hash; fetch it again`)
}

/** Blocks of a part, or of all verified parts, in the order of a pack. */
export function leavesOf(verified: VerifiedNodes, part?: PlaceCode): PlacedLeaf[] {
  const nodes = [...verified.villages.values()].filter((node) => part === undefined || node.part === part)
  return nodes.flatMap((node) =>
    node.blocks.map((leaf) => ({ dataset: node.dataset, part: node.part, village: node.village, leaf })),
  )
}

/** Length by hash, each block once. */
export function blockLengths(leaves: Iterable<BlockLeaf>): Map<Hash, number> {
  const lengths = new Map<Hash, number>()
  for (const leaf of leaves) lengths.set(leaf[4], leaf[5])
  return lengths
}

/** What is wanted and not there, each block once, in order: the difference of two trees. */
export function difference(have: ReadonlySet<Hash>, wanted: Iterable<BlockLeaf>): (readonly [Hash, number])[] {
  return [...blockLengths(wanted)].filter(([hash]) => !have.has(hash))
}

/**
 * Heads of all parts of a release out of any nodes that contain it, in any order (a delta's nodes and those stored
 * already): the same heads that its packs have. Errors: E-MIXED where a node is missing; as verifyNodes.
 */
export async function assembleParts(
  nodes: readonly string[],
  record: { root: Hash; rootLength: number },
  format: number,
  hash: Hasher,
): Promise<PackHead[]> {
  const texts = new Map<Hash, string>()
  const hashes = await Promise.all(nodes.map((text) => hash(new TextEncoder().encode(text))))
  nodes.forEach((text, at) => {
    texts.set(hashes[at] ?? '', text)
  })
  const ordered: string[] = []
  walk(rootRef(record), texts, ordered)
  const verified = await verifyNodes(ordered, [rootRef(record)], hash)
  return partsOf(verified).map((part) => headOf(verified, part, record.root, format, part === partsOf(verified)[0]))
}

/** The head of one part's pack. `first`: the county's, which holds root and dataset nodes too. */
function headOf(verified: VerifiedNodes, part: PlaceCode, root: Hash, format: number, first: boolean): PackHead {
  const nodes = verified.texts.filter((text) => {
    const place: { part?: string } = JSON.parse(text)
    return place.part === undefined ? first : place.part === part
  })
  const blocks = [...blockLengths(leavesOf(verified, part).map(({ leaf }) => leaf))]
  return { format, root, part, nodes, blocks }
}

function walk(ref: NodeRef, texts: ReadonlyMap<Hash, string>, ordered: string[]): void {
  const text = texts.get(ref.hash)
  if (text === undefined)
    throw new SunhallError('E-MIXED', `Expected node ${ref.hash} of ${ref.level}, got none; fetch the whole tree`)
  ordered.push(text)
  for (const child of refsOf(parseNode(ref, text))) walk(child, texts, ordered)
}

interface Finds {
  root: RootNode | null
  datasets: Map<string, DatasetNode>
  parts: Map<string, PartNode>
  villages: Map<string, VillageNode>
}

function newFinds(): Finds {
  return { root: null, datasets: new Map(), parts: new Map(), villages: new Map() }
}

function keep(found: Finds, ref: NodeRef, { level, node }: AnyNode): void {
  if (level === 'root') found.root = node
  else if (level === 'dataset') found.datasets.set(ref.dataset, node)
  else if (level === 'part') found.parts.set(`${ref.dataset}/${ref.part}`, node)
  else found.villages.set(`${ref.dataset}/${ref.part}/${ref.village}`, node)
}
