// From a terminal's journal to the office's inbox and back: what both sides agree on. Messages are sealed (report.ts);
// neither side of this interface can open them.
//
//   POST /terminal/messages      handOver → handOverAnswer
//
//   metadata/inspectors.json     TUF Targets metadata (specification 4.5) signed by the key that the root names in
//                                x-sunhall.inspectors; its targets are the public keys that reports are sealed to
//   targets/inspectors/<kid>.jwk one public key, X25519, as JWK
import { z } from 'zod'
import { ERROR_CODES } from './errors.ts'
import { terminalName } from './fleet.ts'
import { MAX_BATCH_MESSAGES } from './limits.ts'
import { MAX_SEALED_BYTES } from './report.ts'

/** The inspectors' signed list of keys, below the distribution folder. */
export const INSPECTORS_METADATA = 'metadata/inspectors.json'
/** What a key is for. A retired one opens what was sealed to it earlier; nothing new is sealed to it. */
export const KEY_PURPOSES = ['active', 'recovery', 'retired'] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]
/** What the list says of each target besides length and hash (TUF's `custom`): what it is for, and since which day. */
export const keyCustom = z.strictObject({
  purpose: z.enum(KEY_PURPOSES),
  since: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})

/** Name of a key among the targets of the inspectors' list. */
export function keyTarget(kid: string): string {
  return `inspectors/${kid}.jwk`
}

/** A batch of the journal. */
export const handOver = z.strictObject({
  county: z.string().regex(/^\d{6}$/),
  terminal: terminalName,
  /** Each sealed message's text, byte for byte as the journal has it: a receipt is over its SHA-256. */
  messages: z.array(z.string().max(MAX_SEALED_BYTES)).min(1).max(MAX_BATCH_MESSAGES),
})
export type HandOver = z.infer<typeof handOver>

export const handOverAnswer = z.strictObject({
  /** In the order of the messages. */
  answers: z.array(
    z.discriminatedUnion('result', [
      /** Kept, now or earlier: a compact JWS by the office's key over `officeReceipt`. */
      z.strictObject({ result: z.literal('kept'), receipt: z.string() }),
      /**
       * Not taken. Without `refusal` it is tried again; with one, a compact JWS by the office's key over `officeRefusal`, it
       * never will be: the terminal sets it aside for the technician.
       */
      z.strictObject({
        ...{ result: z.literal('refused'), code: z.enum(ERROR_CODES), message: z.string() },
        refusal: z.string().optional(),
      }),
    ]),
  ),
})
export type HandOverAnswer = z.infer<typeof handOverAnswer>

/** `typ` of a batch that an enrolled terminal signs (compact JWS, `kid` its name). */
export const BATCH_TYPE = 'sunhall-messages+jws'
/** `typ` in a receipt's protected header, so that no other JWS by this key passes for one. */
export const RECEIPT_TYPE = 'sunhall-receipt+jws'

/** Refusals that no later try changes: this id was kept with other content, or it is no sealed message. */
export const FINAL_REFUSALS = ['E-STATE', 'E-FORMAT', 'E-LENGTH'] as const
/** `typ` in the protected header of a refusal for good. */
export const REFUSAL_TYPE = 'sunhall-refusal+jws'
/** Over the very bytes that were refused: they may have no readable id. */
export const officeRefusal = z.strictObject({
  format: z.literal(1),
  sha256: z.string().regex(/^[\da-f]{64}$/),
  code: z.enum(FINAL_REFUSALS),
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})
export type OfficeRefusal = z.infer<typeof officeRefusal>

const x25519 = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('X25519'),
  x: z.string().regex(/^[\w-]{43}$/),
  d: z.string().regex(/^[\w-]{43}$/),
  kid: z.string().min(1).max(80),
})
export type OpeningKey = z.infer<typeof x25519>
/**
 * Plaintext of the inspectors' key file (compact JWE, PBES2-HS512+A256KW, A256GCM): the active key first, then retired
 * ones, or the recovery key alone. Opened in the inspector's browser or on the inspectors' own machine, nowhere else.
 */
export const openingKeys = z.strictObject({ format: z.literal(1), keys: z.array(x25519).min(1).max(50) })
export type OpeningKeys = z.infer<typeof openingKeys>
/** Rounds that a key file may ask for, at most: more would only keep the reader busy. */
export const MAX_KEY_ROUNDS = 10_000_000
