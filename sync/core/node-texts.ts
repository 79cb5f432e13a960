// What the canonical text of a tree's node says, without parsing it: thousands are looked through for each release.
import type { Hash } from '../contract/rows.ts'

const HASH = /"([0-9a-f]{64})"/g

/** Hashes of the blocks that a village's node names, in the order of its leaves; none for another node. */
export function leafHashes(text: string): Hash[] {
  // Keys of canonical JSON are sorted: a village's node begins with its blocks.
  if (!text.startsWith('{"blocks":')) return []
  return Array.from(text.matchAll(HASH), ([, hash = '']) => hash)
}
