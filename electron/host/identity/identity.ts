// The terminal's own key (Ed25519), made once on its own disk and never told to anybody; the office learns the public
// half at enrolment. It lies in <data>/identity, outside every browser profile, for this account alone.
//
//   no key ─ first use ─► key.pem ─ enrolled with a token ─► enrolment.json
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { CompactSign, calculateJwkThumbprint, exportJWK, type JWK } from 'jose'
import { z } from 'zod'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { readIfThere, readJson, writeWhole } from '../files.ts'

const enrolled = z.object({
  terminal: z.string(),
  county: z.string(),
  /** ISO 8601, office's time. */
  at: z.string(),
  /** SHA-256 of the token that was spent: a new one in the config asks for a new enrolment. */
  token: z.string(),
})
export type Enrolled = z.infer<typeof enrolled>

export interface Identity {
  /** Null before the office has taken this terminal. */
  enrolled(): Enrolled | null
  setEnrolled(enrolled: Enrolled): void
  /** The public key as a JWK. */
  publicKey(): Promise<JWK>
  /** Thumbprint of the public key (RFC 7638, SHA-256, base64url): what office and technician can compare. */
  thumbprint(): Promise<string>
  /** A compact JWS of `payload`; `header` adds to `{ alg: 'EdDSA', typ }`. Errors: E-STORE, E-QUOTA, E-KEYS. */
  sign(payload: object, typ: string, header?: { kid?: string; jwk?: JWK }): Promise<string>
}

export function openIdentity(dataFolder: string): Identity {
  const folder = join(dataFolder, 'identity')
  const enrolmentFile = join(folder, 'enrolment.json')
  let key: KeyObject | null = null
  const privateKey = (): KeyObject => {
    key ??= readOrMake(join(folder, 'key.pem'))
    return key
  }
  const publicKey = async (): Promise<JWK> => {
    const { kty, crv, x } = await exportJWK(createPublicKey(privateKey()))
    return { kty, crv, x } as JWK
  }
  return {
    enrolled: () => enrolled.safeParse(readJson(enrolmentFile)).data ?? null,
    setEnrolled: (given) => writeWhole(enrolmentFile, JSON.stringify(given)),
    publicKey,
    thumbprint: async () => calculateJwkThumbprint(await publicKey()),
    sign: (payload, typ, header = {}) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'EdDSA', typ, ...header })
        .sign(privateKey()),
  }
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** `writeWhole` makes it 0600 and fsyncs it before its name exists: no half key after a power cut. */
function readOrMake(file: string): KeyObject {
  const bytes = readIfThere(file)
  if (bytes === null) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeWhole(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    return privateKey
  }
  try {
    return createPrivateKey(bytes)
  } catch (cause) {
    throw new SunhallError(
      'E-KEYS',
      `Expected this terminal's key at ${file}, got a file that is none; remove the folder and enrol again with a new token`,
      { cause },
    )
  }
}
