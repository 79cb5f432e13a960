// SHA-256 by the browser itself, as lower-case hex: the hasher that the page and its worker hand to sync/core.
import type { Hash } from '../contract/rows.ts'

/** Hex of SHA-256 over `bytes` (a view is hashed as the view, not its buffer). */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Hash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  let hex = ''
  for (const byte of digest) hex += byte < 16 ? `0${byte.toString(16)}` : byte.toString(16)
  return hex
}
