// A release by row patch: what changed comes over the line, the rest is worked out from what is stored. Whatever doesn't
// end in the signed root is dropped, and whole blocks are fetched instead (P1, P2).

import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { COUNTY, FORMAT_VERSION } from '../contract/tree.ts'
import type { Fetch } from '../core/fetch-plan.ts'
import { leafHashes } from '../core/node-texts.ts'
import { applyPatch, patchedParts } from '../core/patch-read.ts'
import { quiet } from '../core/quiet.ts'
import type { Hasher } from '../core/tree.ts'
import type { BlockStore, PartToStore } from '../store/interface.ts'
import type { Fetcher } from './fetching.ts'

export interface PatchLoad {
  store: BlockStore
  hash: Hasher
  record: ReleaseRecord
  base: ReleaseRecord
}

/**
 * Fetches a patch, applies it to the stored `base` and stores what it gives, in one strict transaction. Errors: those of
 * transport and trust, E-HASH for another root, E-MISSING where something of the base isn't stored.
 */
export async function loadByPatch(
  { store, hash, record, base }: PatchLoad,
  fetcher: Fetcher,
  fetch: Extract<Fetch, { kind: 'patch' }>,
): Promise<PlaceCode[]> {
  const [file, stored] = await Promise.all([fetcher.patch(record, fetch), store.nodeTexts(base)])
  const texts = baseTexts(stored, patchedParts(file.head))
  const parts = [...texts.keys()]
  let looking: Promise<ReadonlySet<Hash>> | null = null
  // While rows are worked out the disk is idle: it is looked meanwhile which of the base's blocks aren't stored.
  const lacking = (): Promise<ReadonlySet<Hash>> => {
    looking ??= quiet(store.lacking(base))
    return looking
  }
  const read = (hashes: readonly Hash[]) => store.rawBlocks(base, parts, hashes)
  const patched = await applyPatch({ texts, read, allAsked: lacking }, file, hash)
  const kept = [...stored].filter(([part]) => !texts.has(part))
  demandBlocks([...patched.texts, ...kept], patched.blocks, await lacking())
  const [first, ...others] = Array.from(patched.texts, ([part, nodes]): PartToStore => {
    return { head: { format: FORMAT_VERSION, root: record.root, part, nodes, blocks: [] }, blocks: [] }
  })
  const changed = first === undefined ? [] : [{ ...first, blocks: [...patched.blocks] }, ...others]
  await store.putPatched({ record, base, changed, kept: kept.map(([part]) => part) })
  return [...patched.texts, ...kept].map(([part]) => part)
}

/** Nodes of the county and of the parts that change: the others keep theirs, which nobody has to read. */
function baseTexts(stored: ReadonlyMap<PlaceCode, string[]>, named: ReadonlySet<string>): Map<PlaceCode, string[]> {
  return new Map([...stored].filter(([part]) => part === COUNTY || named.has(part)))
}

/** P1: a part's nodes are never stored without all of its blocks. Errors: E-MISSING. */
function demandBlocks(
  texts: readonly (readonly [PlaceCode, readonly string[]])[],
  made: ReadonlyMap<Hash, unknown>,
  lacking: ReadonlySet<Hash>,
): void {
  if (lacking.size === 0) return
  const wanted = texts.flatMap(([, nodes]) => nodes.flatMap(leafHashes))
  const gone = wanted.find((hash) => lacking.has(hash) && !made.has(hash))
  if (gone === undefined) return
  throw new SunhallError('E-MISSING', `Expected block ${gone} in the store, found none; whole blocks are fetched`)
}
