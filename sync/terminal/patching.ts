// A release by row patch: what changed comes over the line, the rest is worked out from what is stored. Whatever doesn't
// end in the signed root is dropped, and whole blocks are fetched instead (P1, P2).

import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { FORMAT_VERSION, type PackHead } from '../contract/tree.ts'
import type { Fetch } from '../core/fetch-plan.ts'
import { leafHashes } from '../core/node-texts.ts'
import { applyPatch } from '../core/patch-read.ts'
import type { Hasher } from '../core/tree.ts'
import type { BlockStore } from '../store/interface.ts'
import type { Fetcher } from './fetching.ts'

export interface PatchLoad {
  store: BlockStore
  hash: Hasher
  record: ReleaseRecord
  base: ReleaseRecord
  /** Until the store has been told which release is coming: nothing is written before. */
  begun: Promise<void>
}

/**
 * Fetches a patch, applies it to the stored `base` and stores what it gives, in one strict transaction. Errors: those of
 * transport and trust, E-HASH for another root, E-MISSING where something of the base isn't stored.
 */
export async function loadByPatch(
  { store, hash, record, base, begun }: PatchLoad,
  fetcher: Fetcher,
  fetch: Extract<Fetch, { kind: 'patch' }>,
): Promise<PlaceCode[]> {
  const [file, stored] = await Promise.all([fetcher.patch(record, fetch), store.nodeTexts(base)])
  const named = new Set(file.head.nodes.map(([, part]) => part))
  const { read, missing } = watched(store, base, leavesIn(stored.values()))
  const patched = await applyPatch({ texts: baseTexts(stored, named), read }, file, hash)
  const texts = new Map([...stored, ...patched.texts])
  demandBlocks(leavesIn(texts.values()), patched.blocks, await missing())
  const heads = [...texts].map(([part, nodes]): PackHead => {
    return { format: FORMAT_VERSION, root: record.root, part, nodes, blocks: [] }
  })
  const [first, ...others] = heads.map((head) => ({ head, blocks: [] as [Hash, Uint8Array][] }))
  if (first !== undefined) first.blocks = [...patched.blocks]
  await begun
  await store.putParts(first === undefined ? [] : [first, ...others])
  return [...texts.keys()]
}

/** Nodes of the county and of the parts that change: the others keep theirs, which nobody has to read. */
function baseTexts(stored: ReadonlyMap<PlaceCode, string[]>, named: ReadonlySet<string>): Map<PlaceCode, string[]> {
  const [county] = [...stored.keys()].sort()
  return new Map([...stored].filter(([part]) => part === county || named.has(part)))
}

/** Reads blocks of the base, and looks meanwhile which of all of its blocks aren't stored: the disk is idle while rows are worked out. */
function watched(store: BlockStore, base: ReleaseRecord, leaves: readonly Hash[]) {
  let looking: Promise<ReadonlySet<Hash>> | null = null
  const missing = (): Promise<ReadonlySet<Hash>> => {
    looking ??= store.missing(leaves)
    return looking
  }
  return {
    missing,
    async read(hashes: readonly Hash[]) {
      const found = await store.rawBlocks(base, hashes)
      // Whoever asks for the answer hears of a failure.
      missing().catch(() => undefined)
      return found
    },
  }
}

function leavesIn(texts: Iterable<readonly string[]>): Hash[] {
  return [...texts].flat().flatMap(leafHashes)
}

/** P1: a part's nodes are never stored without all of its blocks. Errors: E-MISSING. */
function demandBlocks(wanted: readonly Hash[], made: ReadonlyMap<Hash, unknown>, missing: ReadonlySet<Hash>): void {
  const gone = wanted.find((hash) => missing.has(hash) && !made.has(hash))
  if (gone === undefined) return
  throw new SunhallError('E-MISSING', `Expected block ${gone} in the store, found none; whole blocks are fetched`)
}
