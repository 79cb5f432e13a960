// Keys that are the same each time, so that what they sign is (Ed25519 draws nothing). For tests: everybody knows them.
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { signerOf } from '../../sync/publish/keys.ts'
import type { FakeKeys } from '../county/fake-county.ts'

/** PKCS8 of an Ed25519 key up to its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export function fixedKey(name: string): KeyObject {
  const bytes = createHash('sha256').update(`sunhall test key ${name}`).digest()
  return createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' })
}

export function fixedKeys(): FakeKeys {
  const signer = (name: string) => signerOf(fixedKey(name))
  const root = ['root 1', 'root 2', 'root 3'].map(signer)
  return { root, release: signer('release'), timestamp: signer('timestamp'), config: signer('config') }
}
