// Which files to fetch for a release, in which order: a pure decision.
//
//   nothing stored ──────────────────────► packs: county, own township, the others in code order, names
//   shown root among the record's patches ► the patch: only what changed in rows
//   shown root among the record's deltas ─► the delta of whole blocks, where it is smaller than the packs
//   any other root ──────────────────────► the tree file; then, by part, its pack or single blocks
import type { ReleaseRecord } from '../contract/release.ts'
import { paths } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { COUNTY, NAMES } from '../contract/tree.ts'

/** One file to fetch; `wire` and `raw` are the signed lengths in bytes at which a reader stops. */
export type Fetch =
  | { kind: 'pack'; part: PlaceCode; path: string; wire: number; raw: number }
  | { kind: 'tree'; path: string; wire: number; raw: number }
  | { kind: 'patch'; from: Hash; path: string; hash: Hash; wire: number; raw: number }
  | { kind: 'delta'; from: Hash; path: string; wire: number; raw: number }
  | { kind: 'block'; part: PlaceCode; hash: Hash; path: string; raw: number }

/** What a part lacks: [hash, raw length] of each missing block. */
export type Missing = ReadonlyMap<PlaceCode, readonly (readonly [Hash, number])[]>

/** What one more request costs, in bytes of transfer: a round trip on a township's 2 Mbit/s line. */
const REQUEST_BYTES = 8_192
/** A block gzipped alone is this much larger than inside its pack (engine.md: 14.1 against 4.9 bytes a row). */
const ALONE_FACTOR = 3

/** Parts in the order of loading: the county's, the terminal's own, then the others by code, at last the names. */
export function partOrder(parts: Iterable<PlaceCode>, own: PlaceCode): PlaceCode[] {
  const rank = (part: PlaceCode): number => (part === COUNTY ? 0 : part === own ? 1 : part === NAMES ? 3 : 2)
  return [...parts].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

/** First step for a release. `have` is the root of the whole release in the store, null before the first load. */
export function planRelease(record: ReleaseRecord, have: Hash | null, own: PlaceCode): Fetch[] {
  if (have === record.root) return []
  if (have === null) return partOrder(Object.keys(record.packs), own).flatMap((part) => packFetch(record, part))
  const patch = record.patches?.find(({ root }) => root === have)
  if (patch !== undefined) {
    const { hash, wire, raw } = patch
    return [{ kind: 'patch', from: have, path: paths.patch(record.root, have), hash, wire, raw }]
  }
  const delta = record.deltas.find(({ root }) => root === have)
  if (delta !== undefined && delta.wire < packBytes(record)) {
    const { wire, raw } = delta
    return [{ kind: 'delta', from: have, path: paths.delta(record.root, have), wire, raw }]
  }
  return [{ kind: 'tree', path: paths.tree(record.root), ...record.tree }]
}

/** Second step, once the tree is known: for each part its pack or its missing blocks, whichever costs less. */
export function planParts(record: ReleaseRecord, missing: Missing, own: PlaceCode): Fetch[] {
  return partOrder(missing.keys(), own).flatMap((part) => {
    const blocks = missing.get(part) ?? []
    const pack = record.packs[part]
    if (blocks.length === 0) return []
    if (pack !== undefined && pack.wire + REQUEST_BYTES <= aloneBytes(blocks, pack)) return packFetch(record, part)
    return blocks.map(([hash, raw]): Fetch => ({ kind: 'block', part, hash, path: paths.block(hash), raw }))
  })
}

/** Bytes that a plan will transfer, single blocks estimated. Over the config's `largeBytes` it is a large load. */
export function planBytes(record: ReleaseRecord, fetches: readonly Fetch[]): number {
  return fetches.reduce((sum, fetch) => {
    if (fetch.kind !== 'block') return sum + fetch.wire
    const pack = record.packs[fetch.part]
    return sum + Math.min(fetch.raw, pack === undefined ? fetch.raw : aloneWire(fetch.raw, pack))
  }, 0)
}

function packFetch(record: ReleaseRecord, part: PlaceCode): Fetch[] {
  const pack = record.packs[part]
  return pack === undefined ? [] : [{ kind: 'pack', part, path: paths.pack(record.root, part), ...pack }]
}

function packBytes(record: ReleaseRecord): number {
  return Object.values(record.packs).reduce((sum, pack) => sum + pack.wire + REQUEST_BYTES, 0)
}

function aloneBytes(blocks: readonly (readonly [Hash, number])[], pack: { wire: number; raw: number }): number {
  return blocks.reduce((sum, [, raw]) => sum + REQUEST_BYTES + aloneWire(raw, pack), 0)
}

function aloneWire(raw: number, pack: { wire: number; raw: number }): number {
  return pack.raw === 0 ? raw : Math.ceil((raw * ALONE_FACTOR * pack.wire) / pack.raw)
}
