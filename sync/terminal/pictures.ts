// The pictures that this terminal keeps: its own township's and the county's, fetched in slots, never on a tap.
import type { Hash, MediaRow, PlaceCode } from '../contract/rows.ts'
import { COUNTY } from '../contract/tree.ts'
import type { Hasher } from '../core/tree.ts'
import type { BlockStore, OpenReader } from '../store/interface.ts'
import type { Transport } from './ports.ts'

export interface MediaCount {
  have: number
  wanted: number
}

/** Hashes of the pictures to keep; null where they can't be told (nothing shown, own township not here yet). */
export async function wantedPictures(store: BlockStore, own: PlaceCode): Promise<Hash[] | null> {
  const reader = await store.reader()
  if (reader === null) return null
  try {
    if (!reader.parts.has(own)) return null
    const rows = [...(await mediaOf(reader, COUNTY)), ...(own === COUNTY ? [] : await mediaOf(reader, own))]
    return [...new Set(rows.map((row) => row.hash))]
  } finally {
    reader.close()
  }
}

async function mediaOf(reader: OpenReader, part: PlaceCode): Promise<MediaRow[]> {
  const node = await reader.village('funds', part, '')
  return node === null ? [] : reader.rows(node, 'media')
}

/** Fetches those that are missing, one by one. One that fails is left for the next slot. Errors: E-STORE, E-QUOTA. */
export async function fetchPictures(
  store: BlockStore,
  transport: Transport,
  hash: Hasher,
  wanted: readonly Hash[],
  signal: AbortSignal,
  told: (count: MediaCount) => void,
): Promise<MediaCount> {
  const missing = await store.missingMedia(wanted)
  const count = { have: wanted.length - missing.size, wanted: wanted.length }
  told({ ...count })
  for (const media of missing) {
    signal.throwIfAborted()
    const bytes = await transport.media(media, signal).catch(() => null)
    // P2: only bytes with the signed hash are kept.
    if (bytes === null || (await hash(bytes)) !== media) continue
    await store.putMedia(media, bytes)
    count.have += 1
    told({ ...count })
  }
  return count
}
