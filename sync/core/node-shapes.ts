// A quick look at a parsed node. True only for what the schema (contract/tree.ts) takes; for anything else the schema is
// asked, and says what is wrong. A question's first node is on the way to a waiting villager, and a village has hundreds
// of leaves.
import type { ChildRef, Dataset } from '../contract/tree.ts'
import { DATASETS } from '../contract/tree.ts'

export type RawLeaf = readonly [string, string, number, number, string, number]

const HASH = /^[0-9a-f]{64}$/

export function isVillageShape(
  node: unknown,
): node is { dataset: Dataset; part: string; village: string; blocks: RawLeaf[] } {
  if (!isObject(node, 4) || !isDataset(node.dataset) || typeof node.part !== 'string') return false
  return typeof node.village === 'string' && Array.isArray(node.blocks) && node.blocks.every(isLeaf)
}

export function isPartShape(node: unknown): node is { dataset: Dataset; part: string; villages: ChildRef[] } {
  if (!isObject(node, 3) || !isDataset(node.dataset) || typeof node.part !== 'string') return false
  return Array.isArray(node.villages) && node.villages.every(isChild)
}

function isObject(node: unknown, keys: number): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && Object.keys(node).length === keys
}

function isDataset(name: unknown): boolean {
  return DATASETS.some((known) => known === name)
}

function isLeaf(leaf: unknown): boolean {
  if (!Array.isArray(leaf) || leaf.length !== 6) return false
  const [kind, period, seq, rows, hash, length]: unknown[] = leaf
  if (typeof kind !== 'string' || typeof period !== 'string' || !isHash(hash)) return false
  return Number.isSafeInteger(seq) && Number.isSafeInteger(rows) && isLength(length)
}

function isChild(child: unknown): boolean {
  if (!Array.isArray(child) || child.length !== 3) return false
  const [key, hash, length]: unknown[] = child
  return typeof key === 'string' && isHash(hash) && isLength(length)
}

function isHash(hash: unknown): boolean {
  return typeof hash === 'string' && HASH.test(hash)
}

function isLength(length: unknown): boolean {
  return Number.isSafeInteger(length) && (length as number) >= 0
}
