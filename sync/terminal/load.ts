// Brings one release into the store, unseen until the switch; only a first load shows its parts as they become whole.
//
//   nothing stored ─► packs: county, own township, others ─► each verified, stored, shown
//   a whole release ─► row patch, all parts stored
//                   └► else delta, else tree ─► nodes verified up to the root ─► missing blocks only ─► all parts stored
//
// Invariants: nothing unverified is written (P2); every part's nodes are written after or with its blocks (P1); a first
// load keeps to one release.
import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { COUNTY, FORMAT_VERSION, type PackHead } from '../contract/tree.ts'
import { type Fetch, planBytes, planParts, planRelease } from '../core/fetch-plan.ts'
import { assembleParts, type Hasher, rootRef, type VerifiedNodes, verifyNodes } from '../core/tree.ts'
import type { BlockStore, Pointer } from '../store/interface.ts'
import { createFetcher, type Fetcher, type Meter, trustedFor } from './fetching.ts'
import { firstLoad } from './first-load.ts'
import { loadByPatch } from './patching.ts'
import type { Transport } from './ports.ts'

/** Raw bytes of blocks in one transaction of a delta: bounds memory, and what a crash has to do again. */
const BATCH_BYTES = 8 * 1024 * 1024
/** The way to go wrong that another way of fetching can mend. */
const MENDABLE: readonly string[] = ['E-MISSING', 'E-MIXED', 'E-HASH', 'E-LENGTH', 'E-FORMAT']

export interface LoadSteps {
  /** What is to come, in compressed bytes; called once more when the tree has told the rest. */
  planned(bytes: number): void
  /** Bytes have arrived; `meter` has the sum. */
  arrived(): void
  /** A part is whole in the store. In a first load it may be read at once, as the pointer says; else null. */
  part(part: PlaceCode, pointer: Pointer | null): void
}
export interface Load {
  store: BlockStore
  transport: Transport
  hash: Hasher
  record: ReleaseRecord
  own: PlaceCode
  signal: AbortSignal
  meter: Meter
  steps: LoadSteps
  /** False where a load of that many bytes must wait for its hours. Not asked in a first load. */
  allowed(bytes: number): boolean
}

/** A large load that has to wait for its hours. */
export class DeferredLoad extends Error {
  readonly bytes: number
  constructor(bytes: number) {
    super(`Expected the hours for large loads before fetching ${bytes} bytes`)
    this.bytes = bytes
  }
}

/** True when `record`'s parts are all shown already. */
export function isWhole(pointer: Pointer, record: ReleaseRecord): boolean {
  return (
    pointer.shown?.root === record.root && Object.keys(record.packs).every((part) => pointer.shownParts.includes(part))
  )
}

/** Errors: SunhallError of trust, transport or store; DeferredLoad. Returns whether the release is shown already. */
export async function loadRelease(load: Load): Promise<{ shown: boolean }> {
  const pointer = await load.store.pointer()
  // A load that fails leaves nothing under way: what it has asked for ahead is dropped.
  const left = new AbortController()
  const signal = AbortSignal.any([load.signal, left.signal])
  const fetcher = createFetcher(load.transport, load.hash, signal, load.meter, load.steps.arrived)
  try {
    return await loadBy(load, fetcher, pointer)
  } finally {
    left.abort()
    load.store.forget()
  }
}

async function loadBy(load: Load, fetcher: Fetcher, pointer: Pointer): Promise<{ shown: boolean }> {
  const { shown } = pointer
  if (shown === null || shown.root === load.record.root) {
    await load.store.begin(load.record)
    await firstLoad(load, fetcher, pointer)
    return { shown: true }
  }
  const base = isWhole(pointer, shown) ? shown : null
  await nextLoad(load, fetcher, base)
  return { shown: false }
}

/** What the release lacks against what is stored: the row patch, else whole blocks. */
async function nextLoad(load: Load, fetcher: Fetcher, base: ReleaseRecord | null): Promise<void> {
  const { record } = load
  if (base !== null) {
    const [first] = planRelease(record, base.root, load.own)
    if (first?.kind === 'patch' && (await byPatch(load, fetcher, base, first))) return
  }
  const { patches: _, ...unpatched } = record
  const [first] = base === null ? treeFetch(record) : planRelease(unpatched, base.root, load.own)
  await byBlocks(load, fetcher, base, first)
}

/** True when the release is stored. A patch that doesn't lead to it is dropped: whole blocks will. */
async function byPatch(
  load: Load,
  fetcher: Fetcher,
  base: ReleaseRecord,
  patch: Extract<Fetch, { kind: 'patch' }>,
): Promise<boolean> {
  const { store, hash, record, steps } = load
  demandHours(load, patch.wire)
  steps.planned(patch.wire)
  try {
    for (const part of await loadByPatch({ store, hash, record, base }, fetcher, patch)) steps.part(part, null)
    return true
  } catch (error) {
    if (error instanceof SunhallError && MENDABLE.includes(error.code)) return false
    throw error
  }
}

/** The delta of whole blocks, else the tree; then whatever blocks are still missing. */
async function byBlocks(
  load: Load,
  fetcher: Fetcher,
  base: ReleaseRecord | null,
  first: Fetch | undefined,
): Promise<void> {
  const { store, record, steps } = load
  if (first !== undefined) demandHours(load, planBytes(record, [first]))
  await store.begin(record)
  const heads = first?.kind === 'delta' ? await byDelta(load, fetcher, base, first) : await byTree(load, fetcher)
  const missing = await missingBlocks(store, heads)
  const plan = planParts(record, missing, load.own)
  demandHours(load, planBytes(record, plan))
  steps.planned(load.meter.bytes + planBytes(record, plan))
  const county = await nodesOfCounty(load, heads)
  await fetchPlanned(load, fetcher, plan, missing, county)
  await store.putParts(heads.map((head) => ({ head, blocks: [] })))
  for (const { part } of heads) steps.part(part, null)
}

function treeFetch(record: ReleaseRecord): Fetch[] {
  // A root that no record can have: whatever is stored of it, the tree tells what is missing.
  return planRelease({ ...record, deltas: [], patches: [] }, '-', '')
}

function demandHours(load: Load, bytes: number): void {
  if (!load.allowed(bytes)) throw new DeferredLoad(bytes)
}

type TreeFetch = Extract<Fetch, { kind: 'tree' | 'delta' }>

/** Heads of all parts out of the delta's nodes and the stored ones; its blocks are stored. Falls back to the tree. */
async function byDelta(
  load: Load,
  fetcher: Fetcher,
  base: ReleaseRecord | null,
  delta: TreeFetch,
): Promise<PackHead[]> {
  try {
    load.steps.planned(delta.kind === 'delta' ? delta.wire : 0)
    const { nodes, blocks } = await fetcher.nodes(load.record, delta)
    const known = base === null ? [] : [...(await load.store.nodeTexts(base)).values()].flat()
    const heads = await assembleParts([...known, ...nodes], load.record, FORMAT_VERSION, load.hash)
    await fetcher.verify(blocks, new Map(heads.flatMap((head) => head.blocks)))
    await putInBatches(load, blocks)
    return heads
  } catch (error) {
    if (!(error instanceof SunhallError && MENDABLE.includes(error.code))) throw error
    return byTree(load, fetcher)
  }
}

async function byTree(load: Load, fetcher: Fetcher): Promise<PackHead[]> {
  const tree = treeFetch(load.record).find((fetch): fetch is TreeFetch => fetch.kind === 'tree')
  if (tree === undefined) throw new SunhallError('E-FORMAT', 'Expected a tree file in the record, found none')
  const { nodes } = await fetcher.nodes(load.record, tree)
  return assembleParts(nodes, load.record, FORMAT_VERSION, load.hash)
}

async function missingBlocks(
  store: BlockStore,
  heads: readonly PackHead[],
): Promise<Map<PlaceCode, (readonly [Hash, number])[]>> {
  const absent = await store.missing(heads.flatMap((head) => head.blocks.map(([hash]) => hash)))
  return new Map(heads.map((head) => [head.part, head.blocks.filter(([hash]) => absent.has(hash))]))
}

/** The county's dataset nodes, against which a township's pack is held. */
async function nodesOfCounty(load: Load, heads: readonly PackHead[]): Promise<VerifiedNodes | null> {
  const head = heads.find(({ part }) => part === COUNTY)
  if (head === undefined) return null
  // Its township refs stay open here: only root, dataset and the county's own nodes are in its head.
  return verifyNodes(head.nodes, [rootRef(load.record)], load.hash)
}

async function fetchPlanned(
  load: Load,
  fetcher: Fetcher,
  plan: readonly Fetch[],
  missing: ReadonlyMap<PlaceCode, readonly (readonly [Hash, number])[]>,
  county: VerifiedNodes | null,
): Promise<void> {
  const single: (readonly [Hash, Uint8Array])[] = []
  try {
    for (const fetch of plan) {
      if (fetch.kind === 'block') single.push(await fetcher.block(fetch.hash, fetch.raw))
      if (fetch.kind !== 'pack') continue
      const pack = await fetcher.pack(load.record, fetch.part, trustedFor(load.record, fetch.part, county))
      const wanted = new Map(missing.get(fetch.part))
      const blocks = pack.blocks.filter(([hash]) => wanted.has(hash))
      await fetcher.verify(blocks, wanted)
      await putInBatches(load, blocks)
    }
  } finally {
    // Where the line was cut, what came before needn't come again.
    await putInBatches(load, single)
  }
}

async function putInBatches(load: Load, blocks: readonly (readonly [Hash, Uint8Array])[]): Promise<void> {
  let batch: (readonly [Hash, Uint8Array])[] = []
  let bytes = 0
  for (const block of blocks) {
    batch.push(block)
    bytes += block[1].length
    if (bytes < BATCH_BYTES) continue
    await load.store.putBlocks(batch)
    batch = []
    bytes = 0
  }
  if (batch.length > 0) await load.store.putBlocks(batch)
}
