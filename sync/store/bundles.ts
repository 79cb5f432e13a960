// A village's blocks in two records, its people and all else: a record costs as much to write as 20 kB of it, and whoever
// asks for one block of a village asks for another next.
import type { Hash } from '../contract/rows.ts'
import { leafHashes } from '../core/node-texts.ts'
import { type Bundle, LOOSE, type StoredPart } from './database.ts'
import type { PartToStore } from './interface.ts'

/** Bytes of a bundle, unless its first block alone has more: what one question reads. */
export const MOST_BUNDLE_BYTES = 256 * 1024

// In the text of a node.
const PEOPLE = /\["people","[^"]*",\d+,\d+,"([0-9a-f]{64})"/g

type Block = readonly [Hash, Uint8Array]

/** A village's blocks in bundles, each copied out of whatever it was a view of. `text`: its node. */
export function bundlesOf(text: string, blocks: readonly Block[]): Bundle[] {
  return groupsOf(text, blocks).map(joined)
}

/**
 * Which blocks share a bundle: people with people, since a name that many villages share is looked for among those alone;
 * the others in as few bundles as the limit allows.
 */
export function groupsOf(text: string, blocks: readonly Block[]): Block[][] {
  const people = new Set(Array.from(text.matchAll(PEOPLE), ([, hash = '']) => hash))
  return [...cut(blocks.filter(([hash]) => people.has(hash))), ...cut(blocks.filter(([hash]) => !people.has(hash)))]
}

function cut(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = []
  let room = 0
  for (const block of blocks) {
    const { length } = block[1]
    if (groups.length === 0 || length > room) {
      groups.push([])
      room = MOST_BUNDLE_BYTES
    }
    groups.at(-1)?.push(block)
    room -= length
  }
  return groups
}

function joined(blocks: readonly Block[]): Bundle {
  const bytes = new Uint8Array(blocks.reduce((sum, [, { length }]) => sum + length, 0))
  let at = 0
  for (const [, block] of blocks) {
    bytes.set(block, at)
    at += block.length
  }
  return { blocks: blocks.map(([hash, { length }]) => [hash, length]), bytes }
}

/** Blocks of a stored bundle, as views, not hashed. What isn't a bundle any more holds none. */
export function blocksIn(stored: unknown): Map<Hash, Uint8Array> {
  const found = new Map<Hash, Uint8Array>()
  if (typeof stored !== 'object' || stored === null) return found
  const { blocks, bytes }: { blocks?: unknown; bytes?: unknown } = stored
  if (!Array.isArray(blocks) || !(bytes instanceof Uint8Array)) return found
  let at = 0
  for (const block of blocks) {
    const [hash, length]: readonly unknown[] = Array.isArray(block) ? block : []
    if (typeof hash !== 'string' || typeof length !== 'number') return found
    found.set(hash, bytes.subarray(at, at + length))
    at += length
  }
  return found
}

export function bytesIn(blocks: ReadonlyMap<Hash, Uint8Array>): number {
  let bytes = 0
  for (const { length } of blocks.values()) bytes += length
  return bytes
}

/** Whether a village's node is that of a part's own blocks, names and sums: asked for one at a time, they stay loose. */
export const isOwnOfPart = (text: string): boolean => text.endsWith('"village":""}')

/** For each node the homes of its leaves. What can't be read as one any more counts as loose, and so as damage. */
export function homesByNode({ nodes, homes }: StoredPart): number[][] {
  return nodes.map((text, at) => {
    const own = numbersIn(homes, at)
    return leafHashes(text).map((_, leaf) => own[leaf] ?? LOOSE)
  })
}

/** Those of the one node whose text passes the test. Its leaves aren't counted: where one has no home, it is loose. */
export function homesAt({ nodes, homes }: StoredPart, isWanted: (text: string) => boolean): number[] {
  return Array.isArray(nodes)
    ? numbersIn(
        homes,
        nodes.findIndex((text) => typeof text === 'string' && isWanted(text)),
      )
    : []
}

function numbersIn(homes: unknown, at: number): number[] {
  const own: unknown = Array.isArray(homes) ? homes[at] : null
  return Array.isArray(own) ? own.map((home) => (Number.isInteger(home) ? home : LOOSE)) : []
}

/** The homes of a part's blocks by hash. */
export function homesOf(part: StoredPart): Map<Hash, number> {
  const homes = homesByNode(part)
  return new Map(
    part.nodes.flatMap((text, at) => leafHashes(text).map((hash, leaf) => [hash, homes[at]?.[leaf] ?? LOOSE] as const)),
  )
}

export interface Arranged {
  /** In `homes`, −1 is the first of `bundles`, −2 the second, …: their numbers come from the database. */
  parts: (StoredPart & { root: Hash; part: string })[]
  bundles: Bundle[]
  loose: Block[]
}

/** Blocks that the parts name and don't bring. */
export function leavesLeft(parts: readonly PartToStore[]): Hash[] {
  const given = new Set(parts.flatMap(({ blocks }) => blocks.map(([hash]) => hash)))
  return parts.flatMap(({ head }) => head.nodes.flatMap(leafHashes)).filter((hash) => !given.has(hash))
}

/** Where the parts' blocks go: a village's new ones into a bundle, all others stay, or are stored, where they are. */
export function arrange(parts: readonly PartToStore[], stored: ReadonlyMap<Hash, number>): Arranged {
  const given = new Map(parts.flatMap(({ blocks }) => blocks))
  const bundles: Bundle[] = []
  const loose = new Map<Hash, Uint8Array>()
  const bundled = new Set<Hash>()

  function homesIn(text: string): number[] {
    const hashes = leafHashes(text)
    const fresh = [...new Set(hashes)].flatMap((hash) => {
      const bytes = given.get(hash)
      return bytes === undefined ? [] : [[hash, bytes] as const]
    })
    if (isOwnOfPart(text)) {
      for (const [hash, bytes] of fresh) loose.set(hash, bytes)
      return hashes.map((hash) => (given.has(hash) ? LOOSE : (stored.get(hash) ?? LOOSE)))
    }
    const homes = new Map<Hash, number>()
    for (const bundle of bundlesOf(text, fresh)) {
      bundles.push(bundle)
      for (const [hash] of bundle.blocks) homes.set(hash, -bundles.length)
    }
    for (const hash of homes.keys()) bundled.add(hash)
    return hashes.map((hash) => homes.get(hash) ?? stored.get(hash) ?? LOOSE)
  }

  const arranged = parts.map(({ head: { root, part, nodes } }) => ({ root, part, nodes, homes: nodes.map(homesIn) }))
  for (const [hash, bytes] of given) if (!bundled.has(hash)) loose.set(hash, bytes)
  return { parts: arranged, bundles, loose: [...loose] }
}
