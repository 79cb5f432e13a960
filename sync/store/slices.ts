// Long work on the disk in slices: between two of them it yields, so that a tap never waits for it (P7).
import type { Hash } from '../contract/rows.ts'
import { type Housed, readBlocks } from './contents.ts'
import type { Database } from './database.ts'
import { sha256 } from './hash.ts'
import type { YieldTo } from './interface.ts'

/** Blocks read and hashed, or keys deleted, between two looks at whether somebody is at the screen. */
const SLICE = 64

/** Calls `work` with one slice after the other; before each waits until it may go on. Stops where `signal` says so. */
export async function inSlices<T>(
  items: readonly T[],
  yieldTo: YieldTo,
  signal: AbortSignal | null,
  work: (slice: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += SLICE) {
    await yieldTo()
    signal?.throwIfAborted()
    await work(items.slice(at, at + SLICE))
  }
}

/** Which of these stored blocks don't have their hash, or are gone. */
export async function damagedBlocks(database: Database, blocks: readonly Housed[]): Promise<Hash[]> {
  const stored = await readBlocks(database, blocks)
  const whole = await Promise.all(blocks.map(([hash]) => hasHash(stored.get(hash), hash)))
  return blocks.flatMap(([hash], at) => (whole[at] === false ? [hash] : []))
}

/** The same for pictures. */
export async function damagedIn(table: Database['media'], hashes: readonly Hash[]): Promise<Hash[]> {
  const stored: unknown[] = await table.bulkGet([...hashes])
  const whole = await Promise.all(stored.map((bytes, at) => hasHash(bytes, hashes[at] ?? '')))
  return hashes.filter((_hash, at) => whole[at] === false)
}

/** Whether what came from the disk is bytes with that hash. */
export async function hasHash(bytes: unknown, hash: Hash): Promise<boolean> {
  return bytes instanceof Uint8Array && (await sha256(ownBuffer(bytes))) === hash
}

/** What IndexedDB hands out lies in a buffer of its own, never a shared one; types can't know, so it is looked at. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = bytes
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, length) : new Uint8Array(bytes)
}
