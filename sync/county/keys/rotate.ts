// Rotation of keys: a new root version, signed by the old and the new threshold of root keys (TUF 1.0 clause 5.3.4), that
// terminals follow by themselves. What the new keys must sign is signed anew at once: a stolen old key is refused from
// the moment a terminal has seen the new root.
//
//   new private keys aside ─► office's root.json (decides) ─► keys in place ─► N.root.json in dist ─► release, timestamp
//        a crash before it: the old keys go on             └ a crash after it: `settle` finishes at the next rotation
import { createPrivateKey } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Metadata, MetadataKind } from '@tufjs/models'
import { SunhallError } from '../../contract/errors.ts'
import { canonicalJson } from '../../core/canonical.ts'
import { seriesOf } from '../../core/release-order.ts'
import { writeWhole } from '../../publish/files.ts'
import { keyIdOf, type Signer, signerOf } from '../../publish/keys.ts'
import { recordPath } from '../../publish/publish.ts'
import {
  currentTimestamp,
  makeRoot,
  type PublicKey,
  refreshTimestamp,
  signAgain,
  signRecord,
  writeRoot,
} from '../../publish/tuf.ts'
import type { Office } from '../office.ts'
import { holdingPointer } from '../release/pointer.ts'
import { publishedRelease } from '../release/published.ts'
import { putOnStick, signerOfPem } from './ceremony.ts'
import { type KeyRole, newPem, ROLES, ROOT_ROLES, type RootRole, readRing, requireNoKeys, writeKey } from './keys.ts'
import { type NamedKeys, namedKeys, rootSigners, rootTextIn } from './named.ts'
import { ROOT_FILE, signer, unlockSigner } from './root.ts'
import { openSealedKey, sealedPublic, sealKey } from './sealed.ts'

export interface RotationRequest {
  /** One root version for all of them: somebody who stole the release key may have the timestamp key too. */
  roles: readonly KeyRole[]
  /** Folders with root keys, two of the three at least; a sample county's lie in the office. */
  rootFolders: readonly string[]
  /** Of the release key: the new one's where that is rotated; null for a sample county. */
  passphrase: string | null
  /** Empty folder on a new stick, for a new root key of a real county. */
  out: string | null
  /** Release keys were stolen: release numbers begin a new series, whatever the thief's number was (docs/ceremony.md). */
  afterTheft?: boolean
  /** The inspectors' public key where they have made one: 64 hex digits. */
  inspectors?: string | undefined
}
export interface Rotation {
  version: number
  /** Raw public keys that are new, by role. */
  fresh: { role: KeyRole | 'inspectors'; publicHex: string }[]
}

/** Rotates keys. Errors: E-KEYS (root keys, passphrase), E-STATE (no place for a new root key), E-INPUT. */
export async function rotateKeys(office: Office, request: RotationRequest, now: Date): Promise<Rotation> {
  const { sample } = readRing(office.keys)
  if (request.afterTheft === true) requireBothOnline(request)
  if (!sample) requirePlaceAndSecret(request)
  return await holdingPointer(office.dist, () => rotate(office, request, sample, now))
}

async function rotate(office: Office, request: RotationRequest, sample: boolean, now: Date): Promise<Rotation> {
  await settle(office, request.passphrase, now)
  const before = namedKeys(rootTextIn(office.folder))
  const folders = sample ? [...request.rootFolders, office.keys] : request.rootFolders
  const atHand = rootSigners(folders, before)
  const pems = new Map(request.roles.map((role) => [role, newPem()]))
  const root = nextRoot(before, atHand, pems, request, now)
  requireSuccessor(before.metadata, root)
  for (const [role, pem] of pems) await putAside(office, role, pem, root, { ...request, sample })
  writeWhole(office.folder, ROOT_FILE, root)
  await settle(office, request.passphrase, now)
  const fresh: Rotation['fresh'] = [...pems].map(([role, pem]) => ({ role, publicHex: signerOfPem(pem).publicHex }))
  if (request.inspectors !== undefined) fresh.push({ role: 'inspectors', publicHex: request.inspectors })
  return { version: before.metadata.signed.version + 1, fresh }
}

/**
 * Finishes a rotation that was cut off: keys that the root names come into place, others that were put aside go, the
 * distribution gets the root, and what an older key signed there is signed anew. Does nothing where all is well.
 */
export async function settleRotation(office: Office, passphrase: string | null, now: Date): Promise<void> {
  await holdingPointer(office.dist, () => settle(office, passphrase, now))
}

async function settle(office: Office, passphrase: string | null, now: Date): Promise<void> {
  const text = rootTextIn(office.folder)
  const named = namedKeys(text)
  for (const role of ROLES) {
    const name = readdirSync(office.keys).find((file) => file.startsWith(`${role}.next.`))
    if (name === undefined) continue
    const file = join(office.keys, name)
    if (publicIn(file) === namedFor(named, role)) renameSync(file, file.replace('.next.', '.'))
    else rmSync(file)
  }
  if (existsSync(join(office.dist, 'metadata', `${named.metadata.signed.version}.root.json`)) || isFirst(named)) return
  await signAnew(office, named, passphrase, now)
  writeRoot(office.dist, text)
}

function namedFor(named: NamedKeys, role: KeyRole): string | undefined {
  const key = isRootRole(role) ? named.root[ROOT_ROLES.indexOf(role)] : named[role]
  return key?.publicHex
}

/** Before the first rotation a root comes into the distribution with the first release. */
function isFirst(named: NamedKeys): boolean {
  return named.metadata.signed.version === 1
}

/** A new series under a key that the thief still holds would be no end of it. */
function requireBothOnline({ roles }: RotationRequest): void {
  if (roles.includes('release') && roles.includes('timestamp')) return
  throw new SunhallError(
    'E-INPUT',
    `Expected release and timestamp to be rotated together after a theft, got ${roles.join(', ') || 'none'}; give both`,
  )
}

function requirePlaceAndSecret({ roles, out, passphrase }: RotationRequest): void {
  const roots = roles.filter(isRootRole)
  if (roots.length > 1) throw new SunhallError('E-INPUT', `Expected one root key at a time, got ${roots.join(', ')}`)
  if (roots.length === 1) {
    if (out === null)
      throw new SunhallError('E-INPUT', 'Expected --out DIR on a new stick for the new root key, got none')
    requireNoKeys(out)
  }
  if (roles.includes('release') && passphrase === null)
    throw new SunhallError(
      'E-KEYS',
      'Expected a passphrase for the new release key, got none; give --passphrase-file FILE',
    )
}

function nextRoot(
  before: NamedKeys,
  atHand: readonly Signer[],
  pems: ReadonlyMap<KeyRole, string>,
  { inspectors, afterTheft = false }: RotationRequest,
  now: Date,
): string {
  const next = (role: KeyRole, old: PublicKey): PublicKey | Signer => {
    const pem = pems.get(role)
    return pem === undefined ? old : signerOfPem(pem)
  }
  const root = ROOT_ROLES.map((role, at) => {
    const old = before.root[at] ?? { keyId: '', publicHex: '' }
    return next(role, atHand.find(({ keyId }) => keyId === old.keyId) ?? old)
  })
  return makeRoot(
    {
      root,
      release: next('release', before.release),
      timestamp: next('timestamp', before.timestamp),
      config: next('config', before.config),
      office: pems.has('office') ? next('office', before.config) : before.office,
      inspectors: inspectors === undefined ? before.inspectors : { keyId: keyIdOf(inspectors), publicHex: inspectors },
    },
    {
      ...{ sample: before.sample, now, version: before.metadata.signed.version + 1, alsoSignedBy: atHand },
      series: before.series + (afterTheft ? 1 : 0),
    },
  )
}

/** Clause 5.3.4: the threshold of the old root and that of the new one. Held here too, lest a terminal find out first. */
function requireSuccessor(before: NamedKeys['metadata'], root: string): void {
  const after = Metadata.fromJSON(MetadataKind.Root, JSON.parse(root))
  before.verifyDelegate(MetadataKind.Root, after)
  after.verifyDelegate(MetadataKind.Root, after)
}

async function putAside(
  office: Office,
  role: KeyRole,
  pem: string,
  root: string,
  { sample, out, passphrase }: { sample: boolean; out: string | null; passphrase: string | null },
): Promise<void> {
  if (isRootRole(role) && !sample) putOnStick(out ?? '', `${role}.pem`, pem, root)
  else if (role === 'release' && !sample)
    writeKey(office.keys, 'release.next.jwe', await sealKey(pem, passphrase ?? ''))
  else writeKey(office.keys, `${role}.next.pem`, pem)
}

/** The published release under the keys that the root names now; terminals go on with the same release. */
async function signAnew(office: Office, named: NamedKeys, passphrase: string | null, now: Date): Promise<void> {
  const published = currentTimestamp(office.dist)
  if (published === null) return
  const timestamp = signer(office, 'timestamp')
  const targets = `${published.signed.snapshotMeta.version}.targets.json`
  const text = readFileSync(join(office.dist, 'metadata', targets), 'utf8')
  const { signatures } = Metadata.fromJSON(MetadataKind.Targets, JSON.parse(text))
  const record = publishedRelease(office.dist)?.record
  if (record !== undefined && seriesOf(record) !== named.series) {
    const text = canonicalJson({ ...record, series: named.series })
    const release = await unlockSigner(office, 'release', passphrase)
    writeWhole(office.dist, recordPath(record.number), text)
    signRecord(office.dist, text, { release, timestamp }, now)
  } else if (signatures[named.release.keyId] === undefined) {
    const release = await unlockSigner(office, 'release', passphrase)
    signAgain(office.dist, { release, timestamp }, now)
  } else if (published.signatures[named.timestamp.keyId] === undefined) refreshTimestamp(office.dist, timestamp, now)
}

function publicIn(file: string): string {
  const text = readFileSync(file, 'utf8')
  return file.endsWith('.jwe') ? sealedPublic(text) : signerOf(createPrivateKey(text)).publicHex
}

function isRootRole(role: KeyRole): role is RootRole {
  return ROOT_ROLES.some((root) => root === role)
}

/** Tries a passphrase, and seals the same key under another. Errors: E-KEYS. */
export async function changePassphrase(office: Office, old: string, fresh: string): Promise<void> {
  const key = await openSealedKey(readFileSync(join(office.keys, 'release.jwe'), 'utf8'), old, 'release')
  const pem = String(key.export({ type: 'pkcs8', format: 'pem' }))
  writeKey(office.keys, 'release.jwe', await sealKey(pem, fresh))
}
