// One village's node out of the stored texts of a tree, hashing only the way to it: root → dataset → part → village.
//
//   county's texts ─► root (signed) ─► dataset ──┐
//   the part's texts ────────────────────────► part ─► village
//
// A text is found by the place that it names (docs/format.md, "Tree": keys of canonical JSON are sorted, so a node's
// place is its end or its beginning), and counts only with the hash that its parent names (P2). The other texts are left
// alone: the scrub reads and hashes all of them.
import { SunhallError } from '../contract/errors.ts'
import type { Hash } from '../contract/rows.ts'
import type { Hasher } from '../core/tree.ts'
import { type AnyNode, type NodeRef, parseNode } from '../core/tree-nodes.ts'

export interface NodePath {
  /**
   * The node that `ref` names, out of these texts; each is hashed and parsed once.
   * Errors: E-MIXED where none stands there, E-HASH, E-LENGTH, E-FORMAT where it isn't the one.
   */
  node(texts: readonly string[], ref: NodeRef): Promise<AnyNode>
}

export function createNodePath(hash: Hasher): NodePath {
  const verified = new Map<Hash, AnyNode>()
  return {
    async node(texts, ref) {
      const known = verified.get(ref.hash)
      if (known !== undefined) return known
      const found = await verifiedNode(texts, ref, hash)
      verified.set(ref.hash, found)
      return found
    },
  }
}

async function verifiedNode(texts: readonly string[], ref: NodeRef, hash: Hasher): Promise<AnyNode> {
  const isHere = placeTest(ref)
  const text = texts.find(isHere)
  if (text === undefined)
    throw new SunhallError('E-MIXED', `Expected the node of ${nameOf(ref)}, found none; it is fetched again`)
  const bytes = new TextEncoder().encode(text)
  if (bytes.length !== ref.length)
    throw new SunhallError('E-LENGTH', `Expected ${ref.length} bytes in ${nameOf(ref)}, found ${bytes.length}`)
  if ((await hash(bytes)) !== ref.hash)
    throw new SunhallError('E-HASH', `Expected the node of ${nameOf(ref)} to have its hash; it is fetched again`)
  return parseNode(ref, text)
}

type Place = Pick<NodeRef, 'level' | 'dataset' | 'part' | 'village'>

/** Whether a canonical text says that it is the node at this place. */
export function placeTest({ level, dataset, part, village }: Place): (text: string) => boolean {
  if (level === 'root') return (text) => text.startsWith('{"datasets":')
  if (level === 'dataset') return (text) => text.startsWith(`{"dataset":${JSON.stringify(dataset)},"parts":`)
  const place = `"dataset":${JSON.stringify(dataset)},"part":${JSON.stringify(part)},`
  if (level === 'part') return (text) => text.startsWith(`{${place}"villages":`)
  const end = `,${place}"village":${JSON.stringify(village)}}`
  return (text) => text.endsWith(end)
}

function nameOf({ level, dataset, part, village }: NodeRef): string {
  return level === 'root' ? 'the root' : [dataset, part, village].filter((each) => each !== '').join('/')
}
