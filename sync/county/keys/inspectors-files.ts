// The inspectors' key files at rest: JSON under a passphrase as a compact JWE (RFC 7516), PBES2-HS512+A256KW with A256GCM,
// by `jose`, so that the same file opens in the inspector's browser. They lie on the inspectors' own sticks and machine,
// never in the office's folder.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CompactEncrypt, compactDecrypt } from 'jose'
import type { z } from 'zod'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { MAX_KEY_ROUNDS } from '../../contract/inbox.ts'
import { writeKey } from './keys.ts'
import { MIN_PASSPHRASE } from './sealed.ts'

/** About a third of a second of one core; OWASP asks for 210,000 rounds of HMAC-SHA-512 (2023). */
const ROUNDS = 1_000_000
const ALGORITHM = 'PBES2-HS512+A256KW'
const ENCRYPTION = 'A256GCM'

/** Errors: E-KEYS for a passphrase of fewer than 12 characters. */
export async function sealJson(value: unknown, passphrase: string): Promise<string> {
  const length = [...passphrase].length
  if (length < MIN_PASSPHRASE)
    throw new SunhallError(
      'E-KEYS',
      `Expected a passphrase of at least ${MIN_PASSPHRASE} characters, got ${length}; take a whole sentence`,
    )
  return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION })
    .setKeyManagementParameters({ p2c: ROUNDS })
    .encrypt(secretOf(passphrase))
}

/** Errors: E-KEYS for a wrong passphrase, a changed file, or one that holds something else. */
export async function openJson<T>(jwe: string, passphrase: string, shape: z.ZodType<T>): Promise<T> {
  try {
    const { plaintext } = await compactDecrypt(jwe.trim(), secretOf(passphrase), {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
      maxPBES2Count: MAX_KEY_ROUNDS,
    })
    return shape.parse(JSON.parse(new TextDecoder().decode(plaintext)))
  } catch (cause) {
    throw new SunhallError(
      'E-KEYS',
      'Expected the passphrase of this key file, got another one (or the file is not that key); type it again',
      { cause },
    )
  }
}

/** Errors: E-INPUT where it can't be read. */
export function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new SunhallError('E-INPUT', `Expected a key file at ${file}, got: ${messageOf(cause)}`, { cause })
  }
}

/** Writes a new file for this account alone. Errors: E-STATE where there is one: a lost key can't be made again. */
export function writeNew(folder: string, name: string, text: string): string {
  const file = join(folder, name)
  if (existsSync(file))
    throw new SunhallError('E-STATE', `Expected no ${name} in ${folder}, found one; give an empty folder`)
  writeKey(folder, name, text)
  return file
}

/** One passphrase however the keyboard composed it. */
function secretOf(passphrase: string): Uint8Array {
  return new TextEncoder().encode(passphrase.normalize('NFKC'))
}
