// What Argon2id makes of a query code, cut up: one derivation gives the key that opens an answer and the label that it
// lies under, and neither tells the other.
import { ANSWER_KDF } from '../contract/report.ts'

const KEY_BYTES = 32
const LABEL_BYTES = 16

/** `derived`: ANSWER_KDF.bytes of Argon2id. The first 32 are the JWE's key, the next 16 the label in hex. */
export function splitAnswerKey(derived: Uint8Array): { key: Uint8Array; label: string } {
  if (derived.length !== ANSWER_KDF.bytes)
    throw new Error(`Expected ${ANSWER_KDF.bytes} bytes of Argon2id, got ${derived.length}`)
  const label = derived.subarray(KEY_BYTES, KEY_BYTES + LABEL_BYTES)
  return {
    key: derived.slice(0, KEY_BYTES),
    label: Array.from(label, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  }
}
