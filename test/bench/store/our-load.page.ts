// One release brought into the store as a terminal's worker does it: fetched, unpacked, hashed, strictly written, switched.
// Everything that a load costs is measured, the fetching too.
import { gunzipExactly } from '../../../renderer/worker/gunzip.ts'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import { openBlockStore } from '../../../sync/store/block-store.ts'
import { sha256 } from '../../../sync/store/hash.ts'
import type { BlockStore } from '../../../sync/store/interface.ts'
import { loadRelease } from '../../../sync/terminal/load.ts'
import type { FileRequest, Transport } from '../../../sync/terminal/ports.ts'
import { json } from './row-store.page.ts'

export const DATABASE = 'bench-ours'
/** The terminal's own township. */
const OWN = '431225100'

export interface Loaded {
  ms: number
  bytes: number
  requests: number
  /** ms from the first byte until county part and own township were stored and shown; 0 for a later release. */
  ownMs: number
}

export const recordOf = (number: number): Promise<ReleaseRecord> => json<ReleaseRecord>(`/record/${number}`)

/** Only files are asked for: records come from the bench's server, as from a host that has verified them. */
const transport = {
  async file({ path, raw, signal, arrived }: FileRequest) {
    const response = await fetch(`/dist/${path}`, { cache: 'no-store', signal })
    if (!response.ok || response.body === null) throw new Error(`Expected ${path}, got ${response.status}`)
    return gunzipExactly(response.body, raw, arrived)
  },
} as Transport

/** The same into a store that is opened for it, and closed. */
export async function load(record: ReleaseRecord, ownShown: (at: number) => void = () => undefined): Promise<Loaded> {
  const began = performance.now()
  const store = await openBlockStore(DATABASE)
  try {
    return await loadInto(store, record, began, ownShown)
  } finally {
    store.close()
  }
}

/** From `began` to the switch. `ownShown` hears when the own township could be used. */
export async function loadInto(
  store: BlockStore,
  record: ReleaseRecord,
  began = performance.now(),
  ownShown: (at: number) => void = () => undefined,
): Promise<Loaded> {
  const meter = { bytes: 0, requests: 0 }
  let firstByte = 0
  let ownMs = 0
  const { shown } = await loadRelease({
    store,
    transport,
    hash: sha256,
    record,
    own: OWN,
    signal: new AbortController().signal,
    meter,
    allowed: () => true,
    steps: {
      planned: () => undefined,
      arrived() {
        firstByte ||= performance.now()
      },
      part(part, pointer) {
        if (part !== OWN || pointer === null) return
        ownMs = performance.now() - firstByte
        ownShown(performance.now())
      },
    },
  })
  if (!shown) await store.switchTo(record, Object.keys(record.packs))
  return { ms: performance.now() - began, ...meter, ownMs }
}
