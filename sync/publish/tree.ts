// Blocks → the nodes of the tree, each named by its hash; the heads of the packs hang off it (docs/format.md, "Tree").
import { type BlockLeaf, type ChildRef, type Dataset, FORMAT_VERSION } from '../contract/tree.ts'
import { canonicalJson } from '../core/canonical.ts'
import { sha256 } from './blocks.ts'
import type { BuiltBlock } from './prove.ts'

/** A node's text with its name and length. */
interface Node {
  text: string
  hash: string
  length: number
}
export interface BuiltTree {
  root: Node
  /** All texts, parents before children, by depth first. */
  nodes: string[]
}

export function buildTree(blocks: readonly BuiltBlock[]): BuiltTree {
  const datasets = groupBy(blocks, ({ dataset }) => dataset)
  const built = datasets.map(([dataset, of]) => ({ key: dataset, ...datasetNodes(dataset as Dataset, of) }))
  const root = nodeOf({ format: FORMAT_VERSION, datasets: built.map(refTo) })
  return { root, nodes: [root.text, ...built.flatMap(({ nodes }) => nodes)] }
}

interface Built {
  node: Node
  nodes: string[]
}

function datasetNodes(dataset: Dataset, blocks: readonly BuiltBlock[]): Built {
  const parts = groupBy(blocks, ({ part }) => part).map(([part, of]) => ({
    key: part,
    ...partNodes(dataset, part, of),
  }))
  return withChildren(nodeOf({ dataset, parts: parts.map(refTo) }), parts)
}

function partNodes(dataset: Dataset, part: string, blocks: readonly BuiltBlock[]): Built {
  const villages = groupBy(blocks, ({ village }) => village).map(([village, of]) => {
    const node = nodeOf({ dataset, part, village, blocks: of.map(({ leaf }) => leaf).sort(compareLeaves) })
    return { key: village, node, nodes: [node.text] }
  })
  return withChildren(nodeOf({ dataset, part, villages: villages.map(refTo) }), villages)
}

function withChildren(node: Node, children: readonly Built[]): Built {
  return { node, nodes: [node.text, ...children.flatMap(({ nodes }) => nodes)] }
}

function nodeOf(value: object): Node {
  const text = canonicalJson(value)
  return { text, hash: sha256(text), length: Buffer.byteLength(text) }
}

function refTo({ key, node }: { key: string; node: Node }): ChildRef {
  return [key, node.hash, node.length]
}

function compareLeaves(a: BlockLeaf, b: BlockLeaf): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1
  return a[2] - b[2]
}

function groupBy(blocks: readonly BuiltBlock[], keyOf: (block: BuiltBlock) => string): [string, BuiltBlock[]][] {
  const groups = new Map<string, BuiltBlock[]>()
  for (const block of blocks) {
    const group = groups.get(keyOf(block))
    if (group === undefined) groups.set(keyOf(block), [block])
    else group.push(block)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}
