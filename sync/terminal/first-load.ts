// A first load: pack by pack, each verified, stored and shown as it becomes whole. What is stored already isn't asked for.
import type { ReleaseRecord } from '../contract/release.ts'
import type { PlaceCode } from '../contract/rows.ts'
import { COUNTY } from '../contract/tree.ts'
import { partOrder } from '../core/fetch-plan.ts'
import { quiet } from '../core/quiet.ts'
import type { BlockStore, PartToStore, Pointer } from '../store/interface.ts'
import { type Fetcher, trustedFor } from './fetching.ts'
import type { Load } from './load.ts'

/** Raw bytes of packs that may wait for those before them to be written. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024

/** County, own township, others: while one pack is checked and written, the line brings the next. */
export async function firstLoad(load: Load, fetcher: Fetcher, pointer: Pointer): Promise<void> {
  const { store, record, steps } = load
  const parts = partOrder(Object.keys(record.packs), load.own)
  const wanted = await missingParts(store, record, parts)
  steps.planned(wanted.reduce((sum, part) => sum + (record.packs[part]?.wire ?? 0), 0))
  const stored = parts.filter((each) => !wanted.includes(each))
  const moved = stored.every((part) => pointer.shownParts.includes(part))
    ? pointer
    : await store.showParts(record, [], stored)
  for (const part of stored) steps.part(part, moved)
  let county = wanted.includes(COUNTY) ? null : await store.nodes(record, COUNTY)
  const arrived: PartToStore[] = []
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const [part, raw] of packsAhead(fetcher, record, wanted)) {
      const pack = await fetcher.openPack(record, part, raw, trustedFor(record, part, county))
      if (part === COUNTY) county = pack.nodes
      await fetcher.verify(pack.blocks, new Map(pack.head.blocks))
      arrived.push({ head: pack.head, blocks: pack.blocks })
      // Those that come while others are being written go in one transaction: waiting for the disk is most of a small one.
      writing = quiet(writing.then(write))
      await (bytesOf(arrived) > MOST_WAITING_BYTES ? writing : Promise.race([writing, null]))
    }
  } finally {
    // A failed fetch waits for the writes before it: what has arrived is there when the next try looks.
    await writing.catch(() => undefined)
  }
  await writing
  // Also where nothing was missing: the same data signed anew under another number.
  await store.switchTo(record, parts)

  async function write(): Promise<void> {
    const given = arrived.splice(0)
    if (given.length === 0) return
    const pointer = await store.showParts(record, given)
    for (const { head } of given) steps.part(head.part, pointer)
  }
}

function bytesOf(parts: readonly PartToStore[]): number {
  return parts.reduce((sum, { head }) => head.blocks.reduce((of, [, length]) => of + length, sum), 0)
}

/** Each pack's bytes; the next is asked for as soon as one is there, never before: a slow line brings one at a time. */
async function* packsAhead(
  fetcher: Fetcher,
  record: ReleaseRecord,
  parts: readonly PlaceCode[],
): AsyncGenerator<[PlaceCode, Uint8Array<ArrayBuffer>]> {
  const fetch = (part: PlaceCode | undefined) => {
    return part === undefined ? null : quiet(fetcher.packBytes(record, part))
  }
  let coming = fetch(parts[0])
  for (const [at, part] of parts.entries()) {
    const raw = await coming
    coming = fetch(parts[at + 1])
    if (raw !== null) yield [part, raw]
  }
}

async function missingParts(
  store: BlockStore,
  record: ReleaseRecord,
  parts: readonly PlaceCode[],
): Promise<PlaceCode[]> {
  // Nothing of the county, nothing of its townships: their nodes hang off its.
  if ((await store.nodes(record, COUNTY)) === null) return [...parts]
  const wanted: PlaceCode[] = []
  for (const part of parts) if ((await store.nodes(record, part)) === null) wanted.push(part)
  return wanted
}
