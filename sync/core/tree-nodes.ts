// One node of the tree: parsed, held against what its parent says of it, and its references to its own children.
import { z } from 'zod'
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import {
  type BlockLeaf,
  DATASETS,
  type Dataset,
  type DatasetNode,
  datasetNode,
  FORMAT_VERSION,
  type PartNode,
  partNode,
  type RootNode,
  rootNode,
  type VillageNode,
  villageNode,
} from '../contract/tree.ts'
import { isPartShape, isVillageShape, type RawLeaf } from './node-shapes.ts'
import { isKind } from './schema.ts'

/** A reference to a node, made by its parent or by the signed record; '' where a key doesn't apply at that level. */
export interface NodeRef {
  readonly level: 'root' | 'dataset' | 'part' | 'village'
  readonly dataset: Dataset | ''
  readonly part: PlaceCode
  readonly village: PlaceCode | ''
  readonly hash: Hash
  /** Bytes of its canonical text. */
  readonly length: number
}
export type AnyNode =
  | { level: 'root'; node: RootNode }
  | { level: 'dataset'; node: DatasetNode }
  | { level: 'part'; node: PartNode }
  | { level: 'village'; node: VillageNode }

/** The node in a text. Errors: E-FORMAT where it isn't the node that the reference promises, or breaks an invariant; E-UPDATE for a later format. */
export function parseNode(ref: NodeRef, text: string): AnyNode {
  const any = readNode(ref, text)
  const keys = any.level === 'village' ? any.node.blocks.map(leafKey) : refsOf(any).map(childKey)
  if (keys.length > 0 && keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key)) return any
  throw new SunhallError('E-FORMAT', `Expected children in order and each once in node ${ref.hash}; fetch it again`)
}

/** References to a node's children; none for a village, whose children are blocks. */
export function refsOf(any: AnyNode): NodeRef[] {
  if (any.level === 'root') {
    return any.node.datasets.map(([key, hash, length]) => ({
      level: 'dataset',
      dataset: key as Dataset,
      part: '',
      village: '',
      hash,
      length,
    }))
  }
  const { dataset } = any.node
  if (any.level === 'dataset') {
    return any.node.parts.map(([part, hash, length]) => ({ level: 'part', dataset, part, village: '', hash, length }))
  }
  if (any.level === 'village') return []
  const { part } = any.node
  return any.node.villages.map(([village, hash, length]) => ({
    level: 'village',
    dataset,
    part,
    village,
    hash,
    length,
  }))
}

function readNode(ref: NodeRef, text: string): AnyNode {
  try {
    const json: unknown = JSON.parse(text)
    if (ref.level === 'root') return { level: 'root', node: rootNode.parse(json) }
    if (ref.level === 'dataset') return { level: 'dataset', node: placed(ref, datasetNode.parse(json)) }
    if (ref.level === 'part')
      return { level: 'part', node: placed(ref, isPartShape(json) ? json : partNode.parse(json)) }
    const village = placed(ref, isVillageShape(json) ? json : villageNode.parse(json))
    return { level: 'village', node: { ...village, blocks: village.blocks.map(checkLeaf) } }
  } catch (cause) {
    if (cause instanceof SunhallError) throw cause
    if (isOfLaterProgram(text, cause)) throw laterFormat(`the ${ref.level} node ${ref.hash}`, cause)
    throw new SunhallError('E-FORMAT', `Expected a ${ref.level} node at ${ref.hash}, got other text; fetch it again`, {
      cause,
    })
  }
}

/** The node's hash is signed: what doesn't fit in it was written by a later office, and fetching again won't help. */
function isOfLaterProgram(text: string, cause: unknown): boolean {
  if (!(cause instanceof z.ZodError)) return false
  const { format, dataset }: { format?: unknown; dataset?: unknown } = Object(JSON.parse(text))
  if (typeof format === 'number' && format > FORMAT_VERSION) return true
  if (typeof dataset === 'string' && !DATASETS.some((known) => known === dataset)) return true
  return cause.issues.some(({ code }) => code === 'unrecognized_keys')
}

function laterFormat(what: string, cause?: unknown): SunhallError {
  return new SunhallError(
    'E-UPDATE',
    `Expected ${what} in format ${FORMAT_VERSION}, got one of a later program; update this terminal's software`,
    { cause },
  )
}

/** The node, if it says it is where its parent has it: no node can be moved to another place. */
function placed<N extends { dataset: string; part?: string; village?: string }>(ref: NodeRef, node: N): N {
  const here = node.dataset === ref.dataset && (node.part ?? '') === ref.part && (node.village ?? '') === ref.village
  if (here) return node
  throw new SunhallError('E-FORMAT', `Expected the node of ${ref.dataset}/${ref.part}/${ref.village}, got another one`)
}

function checkLeaf(leaf: RawLeaf): BlockLeaf {
  const [kind, period, seq, rows, hash, length] = leaf
  const bounded = seq >= 0 && rows >= 1 && rows <= MAX_BLOCK_ROWS && length <= MAX_BLOCK_BYTES
  if (!isKind(kind)) throw laterFormat(`blocks of known kinds, not ${kind.slice(0, 40)},`)
  if (bounded) return [kind, period, seq, rows, hash, length]
  throw new SunhallError('E-FORMAT', `Expected a block within its limits, got ${kind} with ${rows} rows`)
}

function childKey(ref: NodeRef): string {
  if (ref.level === 'dataset') return ref.dataset
  return ref.level === 'part' ? ref.part : ref.village
}

function leafKey([kind, period, seq]: BlockLeaf): string {
  // A control character sorts below all others, so that the text sorts as the three fields do.
  return `${kind}\u0000${period}\u0000${String(seq).padStart(9, '0')}`
}
