// Reads the inspectors' signed list of keys (P4): whom a report may be sealed to is decided by the key that the trusted
// root names, never by whoever serves the files. Clause numbers are those of the TUF specification 1.0; the list is
// Targets metadata (4.5) of a role that the root delegates in its own field, because TUF's root has no place for it.
import { Key, Metadata, MetadataKind, type TargetFile, type Targets } from '@tufjs/models'
import type { DelegatedKey } from '../../../kiosk-config/root.ts'
import { messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import { type KeyPurpose, keyCustom } from '../../../sync/contract/inbox.ts'
import { publicKey, type Recipients } from '../../../sync/contract/report.ts'
import { sha256 } from '../hash.ts'

export interface KeyList {
  version: number
  /** ISO 8601. */
  expires: string
  targets: readonly TargetFile[]
}

/**
 * The list in `text`, which `key` must have signed (client workflow 5.6.3: arbitrary software attack).
 * Errors: E-FORMAT, E-SIGNATURE.
 */
export function readList(text: string, key: DelegatedKey): KeyList {
  const metadata = parse(text)
  try {
    new Key({
      keyID: key.keyid,
      keyType: 'ed25519',
      scheme: 'ed25519',
      keyVal: { public: key.publicHex },
    }).verifySignature(metadata)
  } catch (cause) {
    throw new SunhallError(
      'E-SIGNATURE',
      'Expected the inspectors’ list signed by the key in the county’s root, got another signature; tell the office',
      { cause },
    )
  }
  const { version, expires, targets } = metadata.signed
  return { version, expires, targets: Object.values(targets) }
}

function parse(text: string): Metadata<Targets> {
  try {
    return Metadata.fromJSON(MetadataKind.Targets, JSON.parse(text))
  } catch (cause) {
    throw new SunhallError('E-FORMAT', `Expected the inspectors’ list of keys, got ${messageOf(cause)}`, { cause })
  }
}

/** The key's purpose in the list. Errors: E-FORMAT. */
export function purposeOf(target: TargetFile): KeyPurpose {
  const read = keyCustom.safeParse(target.custom)
  if (read.success) return read.data.purpose
  throw new SunhallError('E-FORMAT', `Expected the purpose of ${target.path} in the inspectors’ list, got none`)
}

/** 5.7.3: the bytes must be those that were listed. Errors: E-LENGTH, E-HASH. */
export function requireListed(target: TargetFile, bytes: Uint8Array): void {
  if (bytes.length !== target.length)
    throw new SunhallError('E-LENGTH', `Expected ${target.length} bytes of ${target.path}, got ${bytes.length}`)
  if (sha256(bytes) !== target.hashes.sha256)
    throw new SunhallError('E-HASH', `Expected ${target.path} as the inspectors listed it, got another key`)
}

/** 5.6.6: a list past its date says nothing of today. */
export function isExpired(list: KeyList, now: Date): boolean {
  return now.getTime() >= Date.parse(list.expires)
}

/** The two keys that reports are sealed to. `textOf` gives a listed target's verified text. Errors: E-FORMAT. */
export function recipientsOf(list: KeyList, textOf: (target: TargetFile) => string): Recipients {
  const only = (purpose: KeyPurpose): Recipients['active'] => {
    const [target, second] = list.targets.filter((one) => purposeOf(one) === purpose)
    const kid = /^inspectors\/([\w-]{1,80})\.jwk$/.exec(target?.path ?? '')?.[1]
    if (target === undefined || second !== undefined || kid === undefined)
      throw new SunhallError('E-FORMAT', `Expected exactly one ${purpose} key in the inspectors’ list; tell them`)
    const jwk = publicKey.safeParse(jsonOf(textOf(target)))
    if (!jwk.success) throw new SunhallError('E-FORMAT', `Expected an X25519 key in ${target.path}, got another thing`)
    return { kid, jwk: jwk.data }
  }
  return { version: list.version, active: only('active'), recovery: only('recovery') }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
