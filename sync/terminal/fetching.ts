// One file of a release, fetched and held against what was signed before anybody uses it (P2).
import { SunhallError } from '../contract/errors.ts'
import { paths, type ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { COUNTY, type PackHead } from '../contract/tree.ts'
import type { Fetch } from '../core/fetch-plan.ts'
import { splitPack } from '../core/pack.ts'
import { type PatchFile, splitPatch } from '../core/patch-file.ts'
import {
  type Hasher,
  type NodeRef,
  partRefs,
  rootRef,
  type VerifiedNodes,
  verifyBlock,
  verifyPart,
} from '../core/tree.ts'
import type { Transport } from './ports.ts'

type Block = readonly [Hash, Uint8Array<ArrayBuffer>]
export interface FetchedPack {
  head: PackHead
  nodes: VerifiedNodes
  /** Views of the pack's bytes, not yet hashed. */
  blocks: Block[]
}
/** What a transfer has cost so far. */
export interface Meter {
  bytes: number
  requests: number
}
export interface Fetcher {
  pack(record: ReleaseRecord, part: PlaceCode, trusted: readonly NodeRef[]): Promise<FetchedPack>
  /** The raw bytes of a pack, of the signed length, not looked at yet. */
  packBytes(record: ReleaseRecord, part: PlaceCode): Promise<Uint8Array<ArrayBuffer>>
  /** A pack out of its bytes: of the right release and part, its nodes held against what is trusted. */
  openPack(
    record: ReleaseRecord,
    part: PlaceCode,
    raw: Uint8Array<ArrayBuffer>,
    trusted: readonly NodeRef[],
  ): Promise<FetchedPack>
  /** Tree file or delta: its nodes and blocks, of the right release; hashes not yet checked. */
  nodes(
    record: ReleaseRecord,
    fetch: Extract<Fetch, { kind: 'tree' | 'delta' }>,
  ): Promise<{ nodes: string[]; blocks: Block[] }>
  /** A row patch, its bytes hashed; what comes out of it isn't checked yet. */
  patch(record: ReleaseRecord, fetch: Extract<Fetch, { kind: 'patch' }>): Promise<PatchFile>
  /** One block, hashed. */
  block(hash: Hash, raw: number): Promise<Block>
  /** Errors: E-LENGTH, E-HASH for the first of them that isn't what the tree names. */
  verify(blocks: readonly Block[], lengths: ReadonlyMap<Hash, number>): Promise<void>
}

/** References that a part's nodes are held against: the signed root, or the county's dataset nodes. */
export function trustedFor(record: ReleaseRecord, part: PlaceCode, county: VerifiedNodes | null): NodeRef[] {
  if (part === COUNTY) return [rootRef(record)]
  if (county !== null) return partRefs(county, part)
  throw new SunhallError('E-STATE', `Expected the county's nodes before those of ${part}, got none; load them first`)
}

export function createFetcher(
  transport: Transport,
  hash: Hasher,
  signal: AbortSignal,
  meter: Meter,
  arrived: () => void = () => undefined,
): Fetcher {
  const fetchRaw = (path: string, raw: number): Promise<Uint8Array<ArrayBuffer>> => {
    meter.requests += 1
    return transport.file({
      path,
      raw,
      signal,
      arrived(bytes) {
        meter.bytes += bytes
        arrived()
      },
    })
  }
  const packBytes: Fetcher['packBytes'] = async (record, part) => {
    const length = record.packs[part]
    if (length !== undefined) return fetchRaw(paths.pack(record.root, part), length.raw)
    throw new SunhallError('E-MIXED', `Expected part ${part} in release ${record.number}, found none in its record`)
  }
  const openPack: Fetcher['openPack'] = async (record, part, raw, trusted) => {
    const { head, blocks } = readPack(raw, record.root, part)
    return { head, blocks, nodes: await verifyPart(head, trusted, hash) }
  }
  return {
    pack: async (record, part, trusted) => openPack(record, part, await packBytes(record, part), trusted),
    packBytes,
    openPack,
    async nodes(record, fetch) {
      const { head, blocks } = readPack(await fetchRaw(fetch.path, fetch.raw), record.root, fetch.kind)
      return { nodes: head.nodes, blocks }
    },
    async patch(record, fetch) {
      const raw = await fetchRaw(fetch.path, fetch.raw)
      await verifyBlock(fetch.hash, fetch.raw, raw, hash)
      const file = splitPatch(raw)
      if (file.head.root === record.root && file.head.from === fetch.from) return file
      throw new SunhallError('E-MIXED', `Expected a patch from ${fetch.from}, got one from ${file.head.from}`)
    },
    async block(block, raw) {
      const bytes = await fetchRaw(paths.block(block), raw)
      await verifyBlock(block, raw, bytes, hash)
      return [block, bytes]
    },
    async verify(blocks, lengths) {
      await Promise.all(
        blocks.map(([block, bytes]) => {
          const length = lengths.get(block)
          if (length !== undefined) return verifyBlock(block, length, bytes, hash)
          throw new SunhallError('E-MIXED', `Expected blocks of this release only, got ${block}; the old release stays`)
        }),
      )
    },
  }
}

/** Errors: E-MIXED where it belongs to another release or part (a stale proxy, P1). */
function readPack(raw: Uint8Array<ArrayBuffer>, root: Hash, part: string): { head: PackHead; blocks: Block[] } {
  const { head, blocks } = splitPack(raw)
  if (head.root !== root || head.part !== part) {
    const got = `${head.part} of ${head.root.slice(0, 12)}…`
    throw new SunhallError('E-MIXED', `Expected ${part} of ${root.slice(0, 12)}…, got ${got}; the old release stays`)
  }
  return {
    head,
    blocks: blocks.map(([hash, view]) => [hash, raw.subarray(view.byteOffset, view.byteOffset + view.length)]),
  }
}
