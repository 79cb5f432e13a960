// The inspectors' signed list of keys: TUF Targets metadata (specification 1.0, 4.5) by the key that the root names in
// x-sunhall.inspectors. The inspectors sign it on their own machine; the office only serves it, beside the releases.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Key, Metadata, MetadataKind, TargetFile, Targets } from '@tufjs/models'
import { SunhallError } from '../../contract/errors.ts'
import { INSPECTORS_METADATA, type KeyPurpose, keyCustom, keyTarget, type OpeningKey } from '../../contract/inbox.ts'
import { canonicalJson } from '../../core/canonical.ts'
import { sha256 } from '../../publish/blocks.ts'
import { writeWhole } from '../../publish/files.ts'
import type { Signer } from '../../publish/keys.ts'
import { daysLater, type PublicKey, SPEC, signed } from '../../publish/tuf.ts'

/** Days a list lives; past it terminals take no more reports, so the inspectors sign anew once a year. */
export const LIST_LIFETIME_DAYS = 400

export interface ListedKey {
  kid: string
  purpose: KeyPurpose
  /** Day since which it has this purpose. */
  since: string
  /** X25519, base64url. */
  x: string
}
export interface KeyList {
  version: number
  expires: string
  keys: ListedKey[]
}
/** The list's text and its keys' files, by path below a distribution folder. */
export type ListFiles = ReadonlyMap<string, string>

/** Signs a list. */
export function makeList(keys: readonly ListedKey[], version: number, signer: Signer, now: Date): ListFiles {
  const files = new Map<string, string>()
  const targets: Record<string, TargetFile> = {}
  for (const { kid, purpose, since, x } of keys) {
    const text = canonicalJson({ kty: 'OKP', crv: 'X25519', x })
    const path = keyTarget(kid)
    const custom = { purpose, since }
    const facts = { path, length: Buffer.byteLength(text), hashes: { sha256: sha256(text) } }
    targets[path] = new TargetFile({ ...facts, unrecognizedFields: { custom } })
    files.set(`targets/${path}`, text)
  }
  const expires = daysLater(now, LIST_LIFETIME_DAYS)
  const list = new Targets({ version, specVersion: SPEC, expires, targets })
  // Last, as the timestamp of a release: until it is there nothing has changed.
  files.set(INSPECTORS_METADATA, signed(list, [signer]))
  return files
}

/** Reads a list with its keys and checks everything a terminal checks. Errors: E-KEYS. */
export function readKeyList(files: ListFiles, key: PublicKey): KeyList {
  const text = files.get(INSPECTORS_METADATA) ?? ''
  try {
    const metadata = Metadata.fromJSON(MetadataKind.Targets, JSON.parse(text))
    const keyVal = { public: key.publicHex }
    new Key({ keyID: key.keyId, keyType: 'ed25519', scheme: 'ed25519', keyVal }).verifySignature(metadata)
    const { version, expires, targets } = metadata.signed
    return { version, expires, keys: Object.values(targets).map((target) => listed(target, files)) }
  } catch (cause) {
    throw new SunhallError(
      'E-KEYS',
      'Expected the inspectors’ list signed by the key that the county’s root names, got another; see docs/ceremony.md',
      { cause },
    )
  }
}

function listed(target: TargetFile, files: ListFiles): ListedKey {
  const text = files.get(`targets/${target.path}`) ?? ''
  if (sha256(text) !== target.hashes.sha256) throw new Error(`${target.path} is not the key that was listed`)
  const { x }: OpeningKey = JSON.parse(text)
  const kid = target.path.slice('inspectors/'.length, -'.jwk'.length)
  return { kid, ...keyCustom.parse(target.custom), x }
}

/** The list that lies in a folder; null where there is none. */
export function listFilesIn(folder: string): ListFiles | null {
  const file = join(folder, INSPECTORS_METADATA)
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const files = new Map<string, string>()
  for (const path of targetPaths(text)) {
    const target = join(folder, 'targets', path)
    if (existsSync(target)) files.set(`targets/${path}`, readFileSync(target, 'utf8'))
  }
  return files.set(INSPECTORS_METADATA, text)
}

/** Puts a list where terminals look for it, the list itself last. */
export function putList(files: ListFiles, folder: string): void {
  for (const [path, text] of files) writeWhole(folder, path, text)
}

/** Paths of the keys named in a list, unverified. Only those of its own folder. */
export function targetPaths(text: string): string[] {
  const content: unknown = JSON.parse(text)
  const inner = typeof content === 'object' && content !== null ? Reflect.get(content, 'signed') : null
  const targets = typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'targets') : null
  return Object.keys(targets ?? {}).filter((path) => /^inspectors\/[\w-]{1,80}\.jwk$/.test(path))
}
