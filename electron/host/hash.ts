// SHA-256 as the host computes it.
import { createHash } from 'node:crypto'
import type { Hash } from '../../sync/contract/rows.ts'

/** 64 lower-case hex digits. */
export function sha256(bytes: Uint8Array | string): Hash {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The same in the shape that sync/core asks for. */
export async function hasher(bytes: Uint8Array): Promise<Hash> {
  return sha256(bytes)
}
