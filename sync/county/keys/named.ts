// Which keys the county's root names now, by role, and which of the root keys at hand are among them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metadata, Root } from '@tufjs/models'
import { type DelegatedKey, readRoot } from '../../../kiosk-config/root.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Signer, signerOf } from '../../publish/keys.ts'
import { type PublicKey, ROOT_THRESHOLD } from '../../publish/tuf.ts'
import { hasKey, ROOT_ROLES, readPrivate } from './keys.ts'

export interface NamedKeys {
  metadata: Metadata<Root>
  sample: boolean
  /** Count of release numbers in force. */
  series: number
  /** In the order root-1, root-2, root-3. */
  root: PublicKey[]
  release: PublicKey
  timestamp: PublicKey
  config: PublicKey
  office: PublicKey | null
  inspectors: PublicKey | null
}

/** Errors: E-KEYS for a root that its own keys didn't sign or that can't be read. */
export function namedKeys(rootText: string): NamedKeys {
  const read = readRoot(rootText)
  if (!read.ok) {
    const why = read.problems.map(({ en }) => en).join('; ')
    throw new SunhallError('E-KEYS', `Expected the county's root, got: ${why}; put root.json back from a backup`)
  }
  const { root: metadata, sample, series, configKey, officeKey, inspectorsKey } = read.value
  const of = (role: string): PublicKey[] => (metadata.signed.roles[role]?.keyIDs ?? []).map((id) => byId(metadata, id))
  const first = (role: string): PublicKey => of(role)[0] ?? { keyId: '', publicHex: '' }
  return {
    metadata,
    sample,
    series,
    root: of('root'),
    release: first('targets'),
    timestamp: first('timestamp'),
    config: publicOf(configKey),
    office: officeKey === null ? null : publicOf(officeKey),
    inspectors: inspectorsKey === null ? null : publicOf(inspectorsKey),
  }
}

/**
 * Signers of the root keys that lie in `folders` and that the root names: at least two. Errors: E-KEYS, also for a key that
 * was rotated away. With two of the three lost no root can be signed any more: every terminal must be provisioned anew.
 */
export function rootSigners(folders: readonly string[], named: NamedKeys): Signer[] {
  const lying = folders.flatMap((folder) =>
    ROOT_ROLES.filter((role) => existsSync(folder) && hasKey(folder, role)).map((role) => ({
      file: join(folder, `${role}.pem`),
      signer: signerOf(readPrivate(folder, role)),
    })),
  )
  const isNamed = (keyId: string): boolean => named.root.some((key) => key.keyId === keyId)
  const foreign = lying.find(({ signer }) => !isNamed(signer.keyId))
  if (foreign !== undefined) {
    throw new SunhallError(
      'E-KEYS',
      `Expected one of the root keys that the county's root names, got ${foreign.file}: another county's, or rotated away; take that stick out`,
    )
  }
  const signers = [...new Map(lying.map(({ signer }) => [signer.keyId, signer])).values()]
  if (signers.length >= ROOT_THRESHOLD) return signers
  throw new SunhallError(
    'E-KEYS',
    `Expected ${ROOT_THRESHOLD} of the three root keys, got ${signers.length} in ${folders.join(', ') || 'no folder'}; give --root DIR for each stick, and if two are lost see docs/ceremony.md: every terminal must be provisioned anew`,
  )
}

/** Text of the root in the office's folder. Errors: E-KEYS. */
export function rootTextIn(folder: string): string {
  const file = join(folder, 'root.json')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  throw new SunhallError('E-KEYS', `Expected the county's root at ${file}, found none; make or restore the keys`)
}

function byId(metadata: Metadata<Root>, keyId: string): PublicKey {
  return { keyId, publicHex: metadata.signed.keys[keyId]?.keyVal.public ?? '' }
}

function publicOf({ keyid, publicHex }: DelegatedKey): PublicKey {
  return { keyId: keyid, publicHex }
}
