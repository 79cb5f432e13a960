// Keys that sign. Private halves stay with whoever calls: publication only sees a function that signs.
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { Key } from '@tufjs/models'
import { canonicalJson } from '../core/canonical.ts'
import { sha256 } from './blocks.ts'

/** An Ed25519 key that signs. */
export interface Signer {
  readonly keyId: string
  /** 64 hex digits: the raw public key. */
  readonly publicHex: string
  sign(bytes: Uint8Array): Uint8Array
}

/** A signer of a private Ed25519 key. */
export function signerOf(privateKey: KeyObject): Signer {
  const publicHex = publicHexOf(createPublicKey(privateKey))
  return { keyId: keyIdOf(publicHex), publicHex, sign: (bytes) => sign(null, bytes, privateKey) }
}

/** A new key and its signer. */
export function newSigner(): { privateKey: KeyObject; signer: Signer } {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { privateKey, signer: signerOf(privateKey) }
}

/** The raw 32 bytes of a public key as hex: the last of its SPKI form. */
export function publicHexOf(publicKey: KeyObject): string {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
}

/** TUF specification 4.2: the key's id is the SHA-256 of its canonical form. */
export function keyIdOf(publicHex: string): string {
  return sha256(canonicalJson({ keytype: 'ed25519', keyval: { public: publicHex }, scheme: 'ed25519' }))
}

/** The key as TUF metadata holds it. */
export function tufKey({ keyId, publicHex }: Pick<Signer, 'keyId' | 'publicHex'>): Key {
  return new Key({ keyID: keyId, keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: publicHex } })
}
