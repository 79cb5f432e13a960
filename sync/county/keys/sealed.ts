// A private key at rest under a passphrase: a compact JWE (RFC 7516), PBES2-HS512+A256KW with A256GCM, by `jose`. PKCS8's
// own encryption is older and would do, but OpenSSL derives its key with 2,048 rounds, which a gaming card tries by the
// million; here the rounds are ours to choose. The header carries the public half, so that keys can be listed unopened.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import { SunhallError } from '../../contract/errors.ts'
import { signerOf } from '../../publish/keys.ts'

/** About a third of a second of one core; OWASP asks for 210,000 rounds of HMAC-SHA-512 (2023). */
const ROUNDS = 1_000_000
/** A file that asks for more is no key of ours, and would keep the office busy. jose stops at 10,000 by itself. */
const MAX_ROUNDS = 10_000_000
const ALGORITHM = 'PBES2-HS512+A256KW'
const ENCRYPTION = 'A256GCM'
/** Length, not rules about signs: a sentence is easier to keep than a puzzle (NIST SP 800-63B). */
export const MIN_PASSPHRASE = 12

/** `pem`: a PKCS8 private key. Errors: E-KEYS for a passphrase of fewer than 12 characters. */
export async function sealKey(pem: string, passphrase: string): Promise<string> {
  if ([...passphrase].length < MIN_PASSPHRASE) {
    throw new SunhallError(
      'E-KEYS',
      `Expected a passphrase of at least ${MIN_PASSPHRASE} characters, got ${[...passphrase].length}; take a whole sentence`,
    )
  }
  return await new CompactEncrypt(new TextEncoder().encode(pem))
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION, public: signerOf(createPrivateKey(pem)).publicHex })
    .setKeyManagementParameters({ p2c: ROUNDS })
    .encrypt(secretOf(passphrase))
}

/** `what`: the key's role, for messages. Errors: E-KEYS for a wrong passphrase or a changed file. */
export async function openSealedKey(jwe: string, passphrase: string, what: string): Promise<KeyObject> {
  try {
    const { plaintext } = await compactDecrypt(jwe.trim(), secretOf(passphrase), {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
      maxPBES2Count: MAX_ROUNDS,
    })
    return createPrivateKey(Buffer.from(plaintext))
  } catch (error) {
    throw new SunhallError(
      'E-KEYS',
      `Expected the passphrase of the ${what} key, got another one (or its file was changed); type it again, or put the file back from its backup`,
      { cause: error },
    )
  }
}

/** The raw public key that the file names, 64 hex digits; '' where it can't be read. */
export function sealedPublic(jwe: string): string {
  try {
    const { public: named } = decodeProtectedHeader(jwe.trim())
    return typeof named === 'string' ? named : ''
  } catch {
    return ''
  }
}

/** One passphrase however the keyboard composed it. */
function secretOf(passphrase: string): Uint8Array {
  return new TextEncoder().encode(passphrase.normalize('NFKC'))
}
