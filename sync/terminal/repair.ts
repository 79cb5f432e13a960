// Mends what a reader or the scrub found damaged: the one block, or the one part's nodes, fetched again singly (P10).
import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { COUNTY } from '../contract/tree.ts'
import { type Hasher, leavesOf, type VerifiedNodes } from '../core/tree.ts'
import type { BlockStore, Damage } from '../store/interface.ts'
import { createFetcher, type Fetcher, type Meter, trustedFor } from './fetching.ts'
import type { Transport } from './ports.ts'

export interface Repair {
  store: BlockStore
  transport: Transport
  hash: Hasher
  signal: AbortSignal
  meter: Meter
}

/** Mends one damage of the shown release. Errors: transport and trust codes, E-STORE; the next report tries again. */
export async function repair(work: Repair, damage: Damage): Promise<void> {
  // Who reported it may be wrong, or late: only what is really damaged or gone is fetched.
  if (await work.store.dropIfDamaged(damage)) await fetchAgain(work, damage)
  work.store.repaired(damage)
}

async function fetchAgain(work: Repair, { root, part, hash }: Damage): Promise<void> {
  const { shown, previous } = await work.store.pointer()
  const record = [shown, previous].find((each) => each?.root === root) ?? null
  if (record === null) return
  const fetcher = createFetcher(work.transport, work.hash, work.signal, work.meter)
  if (hash === null) await fetchNodes(work, fetcher, record, part)
  else await fetchBlock(work, fetcher, record, part, hash)
}

async function fetchNodes(work: Repair, fetcher: Fetcher, record: ReleaseRecord, part: PlaceCode): Promise<void> {
  const pack = await fetcher.pack(record, part, trustedFor(record, part, await countyNodes(work.store, record, part)))
  const absent = await work.store.missing(pack.head.blocks.map(([hash]) => hash))
  const blocks = pack.blocks.filter(([hash]) => absent.has(hash))
  await fetcher.verify(blocks, new Map(pack.head.blocks))
  await work.store.putParts([{ head: pack.head, blocks }])
}

async function fetchBlock(
  work: Repair,
  fetcher: Fetcher,
  record: ReleaseRecord,
  part: PlaceCode,
  hash: Hash,
): Promise<void> {
  const nodes = await work.store.nodes(record, part)
  if (nodes === null) {
    await fetchNodes(work, fetcher, record, part)
    return
  }
  const leaf = leavesOf(nodes, part).find((each) => each.leaf[4] === hash)?.leaf
  if (leaf === undefined) throw new SunhallError('E-MIXED', `Expected block ${hash} in part ${part}, found it nowhere`)
  try {
    await work.store.putBlocks([await fetcher.block(hash, leaf[5])])
  } catch (error) {
    if (!(error instanceof SunhallError) || error.code === 'E-STORE' || error.code === 'E-QUOTA') throw error
    // Not served singly (a stick, a mirror without the office): its part's pack has it.
    await fetchNodes(work, fetcher, record, part)
  }
}

async function countyNodes(store: BlockStore, record: ReleaseRecord, part: PlaceCode): Promise<VerifiedNodes | null> {
  return part === COUNTY ? null : store.nodes(record, COUNTY)
}
