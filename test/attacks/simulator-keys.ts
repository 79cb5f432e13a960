// Keys of the simulated repository, in the three kinds that the specification names.
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { sha256 } from '../../electron/host/hash.ts'

export interface KeyDoc {
  keytype: string
  scheme: string
  keyval: { public: string }
  [more: string]: unknown
}
export interface SimKey {
  /** SHA-256 of the key's own canonical text (specification, 4.2). */
  id: string
  doc: KeyDoc
  secret: KeyObject
}
export type SimKeyKind = 'ed25519' | 'ecdsa' | 'rsa'

/** `more`: fields of the key beyond the specification's; they count in its ID. */
export function newSimKey(kind: SimKeyKind = 'ed25519', more: Record<string, unknown> = {}): SimKey {
  const { publicKey, privateKey, keytype, scheme } = pairOf(kind)
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  const doc = { keytype, scheme, keyval: { public: kind === 'ed25519' ? hex : pem }, ...more }
  return { id: sha256(canonicalText(doc)), doc, secret: privateKey }
}

export function signatureHex({ doc, secret }: SimKey, bytes: Uint8Array): string {
  if (doc.keytype === 'ed25519') return sign(null, bytes, secret).toString('hex')
  const pss = { key: secret, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return sign('sha256', bytes, doc.keytype === 'rsa' ? pss : secret).toString('hex')
}

function pairOf(kind: SimKeyKind) {
  if (kind === 'ed25519') return { ...generateKeyPairSync('ed25519'), keytype: 'ed25519', scheme: 'ed25519' }
  if (kind === 'ecdsa') {
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    return { ...pair, keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256' }
  }
  return { ...generateKeyPairSync('rsa', { modulusLength: 2048 }), keytype: 'rsa', scheme: 'rsassa-pss-sha256' }
}

/** The text that is signed (specification, 4.2): unlike JSON it escapes nothing in a string but `"` and the backslash. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${canonicalText(key)}:${canonicalText(inner)}`).join(',')}}`
}
