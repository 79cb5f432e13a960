// The county's TUF metadata: root (2 of 3), targets and snapshot (release key), timestamp (online key). Ed25519,
// consistent snapshots. The only target is the release record. Clause numbers are those of the TUF specification 1.0.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Metadata,
  MetadataKind,
  MetaFile,
  Root,
  Signature,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models'
import { SunhallError } from '../contract/errors.ts'
import { ROOT_LIFETIME_DAYS, SNAPSHOT_LIFETIME_DAYS, TIMESTAMP_LIFETIME_DAYS } from '../contract/limits.ts'
import { RECORD_TARGET } from '../contract/release.ts'
import { sha256 } from './blocks.ts'
import { writeWhole } from './files.ts'
import { type Signer, tufKey } from './keys.ts'

export const SPEC = '1.0.34'
const DAY_MS = 86_400_000
export const ROOT_THRESHOLD = 2

export interface RootKeys {
  /** Three; two must sign. Those that are at hand sign; of one in its drawer the public half is enough. */
  root: readonly (Signer | PublicKey)[]
  release: PublicKey
  timestamp: PublicKey
  /** May sign terminals' configs. */
  config: PublicKey
  /** Online: signs receipts, and answers to a terminal's nonce. Absent in roots made before reports. */
  office?: PublicKey | null
  /** Signs the list of keys to which reports are sealed; held by the inspectors, never by the office. */
  inspectors?: PublicKey | null
}
export type PublicKey = Pick<Signer, 'keyId' | 'publicHex'>
export interface RootOptions {
  /** True for keys that the software made for itself: production packages refuse them (E-SAMPLE-KEY). */
  sample: boolean
  now: Date
  /** 1 for the first root; each later one is one higher. */
  version?: number
  /** Root keys of the version before: they must sign too (clause 5.3.4). */
  alsoSignedBy?: readonly Signer[]
  /** Count of release numbers in force: one more after a theft of release keys. */
  series?: number
}

/** Text of root metadata (clause 4.3), signed by all root keys at hand. Errors: E-KEYS for fewer than two. */
export function makeRoot(keys: RootKeys, options: RootOptions): string {
  const signers = keys.root.filter((key) => 'sign' in key)
  if (signers.length < ROOT_THRESHOLD) {
    throw new SunhallError(
      'E-KEYS',
      `Expected at least ${ROOT_THRESHOLD} root keys, got ${signers.length}; bring another`,
    )
  }
  const role = (of: readonly { keyId: string }[], threshold: number) => ({
    keyids: of.map(({ keyId }) => keyId),
    threshold,
  })
  const all = [...keys.root, keys.release, keys.timestamp]
  const root = Root.fromJSON({
    _type: MetadataKind.Root,
    version: options.version ?? 1,
    spec_version: SPEC,
    expires: daysLater(options.now, ROOT_LIFETIME_DAYS),
    consistent_snapshot: true,
    keys: Object.fromEntries(all.map((key) => [key.keyId, tufKey(key).toJSON()])),
    roles: {
      root: role(keys.root, ROOT_THRESHOLD),
      targets: role([keys.release], 1),
      snapshot: role([keys.release], 1),
      timestamp: role([keys.timestamp], 1),
    },
    'x-sunhall': {
      sample: options.sample,
      config: delegated(keys.config),
      ...(keys.office ? { office: delegated(keys.office) } : {}),
      ...(keys.inspectors ? { inspectors: delegated(keys.inspectors) } : {}),
      ...(options.series ? { series: options.series } : {}),
    },
  })
  return signed(root, [...signers, ...(options.alsoSignedBy ?? [])])
}

function delegated({ keyId, publicHex }: PublicKey): { keyid: string; public: string } {
  return { keyid: keyId, public: publicHex }
}

/** The series of release numbers that a root names, as a record carries it: left out for 0. */
export function seriesIn(root: string): { series?: number } {
  const custom: unknown = Metadata.fromJSON(MetadataKind.Root, JSON.parse(root)).signed.unrecognizedFields['x-sunhall']
  const series: unknown = typeof custom === 'object' && custom !== null ? Reflect.get(custom, 'series') : undefined
  return typeof series === 'number' && series > 0 ? { series } : {}
}

/** What of a distribution's metadata decides the next versions; null before the first release. */
export function currentTimestamp(dist: string): Metadata<Timestamp> | null {
  const file = join(dist, 'metadata', 'timestamp.json')
  if (!existsSync(file)) return null
  return Metadata.fromJSON(MetadataKind.Timestamp, JSON.parse(readFileSync(file, 'utf8')))
}

/** Puts root metadata where terminals look for newer ones (clause 5.3.3), and the newest as root.json. */
export function writeRoot(dist: string, root: string): void {
  const { signed: content } = Metadata.fromJSON(MetadataKind.Root, JSON.parse(root))
  writeWhole(dist, `metadata/${content.version}.root.json`, root)
  writeWhole(dist, 'metadata/root.json', root)
}

/** The version that the next snapshot of a distribution has. */
export function nextSnapshotVersion(dist: string): number {
  return (currentTimestamp(dist)?.signed.snapshotMeta.version ?? 0) + 1
}

/**
 * Signs a release record: target file, targets and snapshot, by the release key. Nobody is led there before `pointTo`.
 */
export function signSnapshot(folder: string, record: string, key: Signer, version: number, now: Date): void {
  const expires = daysLater(now, SNAPSHOT_LIFETIME_DAYS)
  const target = new TargetFile({
    path: RECORD_TARGET,
    length: Buffer.byteLength(record),
    hashes: { sha256: sha256(record) },
  })
  const targets = signed(new Targets({ version, specVersion: SPEC, expires, targets: { [RECORD_TARGET]: target } }), [
    key,
  ])
  const snapshot = signed(
    new Snapshot({ version, specVersion: SPEC, expires, meta: { 'targets.json': fileOf(targets, version) } }),
    [key],
  )
  // Clause 6.1, consistent snapshots: names carry the hash or the version.
  writeWhole(folder, `targets/${sha256(record)}.${RECORD_TARGET}`, record)
  writeWhole(folder, `metadata/${version}.targets.json`, targets)
  writeWhole(folder, `metadata/${version}.snapshot.json`, snapshot)
}

/**
 * Signs a timestamp over a snapshot in `folder` and puts it in place, last of all: until it is renamed the release before
 * is the published one, whatever moment the power goes. `after`: the distribution whose timestamp it succeeds.
 */
export function pointTo(folder: string, version: number, key: Signer, now: Date, after: string = folder): void {
  const snapshot = readFileSync(join(folder, 'metadata', `${version}.snapshot.json`), 'utf8')
  writeTimestamp(folder, fileOf(snapshot, version), (currentTimestamp(after)?.signed.version ?? 0) + 1, key, now)
}

/** Signs a release record and points to it at once: `signSnapshot`, then `pointTo`. */
export function signRecord(
  dist: string,
  record: string,
  keys: { release: Signer; timestamp: Signer },
  now: Date,
): void {
  const version = nextSnapshotVersion(dist)
  signSnapshot(dist, record, keys.release, version, now)
  pointTo(dist, version, keys.timestamp, now)
}

/** Signs the timestamp anew over the same snapshot: daily, so that terminals know that nothing newer is held back. */
export function refreshTimestamp(dist: string, key: Signer, now: Date): void {
  const before = currentTimestamp(dist)
  if (before === null)
    throw new SunhallError('E-STATE', `Expected a published release in ${dist}, got none; publish first`)
  writeTimestamp(dist, before.signed.snapshotMeta, before.signed.version + 1, key, now)
}

/**
 * Signs what is published once more, word for word but for versions and dates: after its keys were rotated. Errors: E-STATE
 * before the first release.
 */
export function signAgain(dist: string, keys: { release: Signer; timestamp: Signer }, now: Date): void {
  const before = currentTimestamp(dist)
  if (before === null)
    throw new SunhallError('E-STATE', `Expected a published release in ${dist}, got none; publish first`)
  const old = before.signed.snapshotMeta.version
  const read = (name: string): ReturnType<typeof JSON.parse> =>
    JSON.parse(readFileSync(join(dist, 'metadata', `${old}.${name}`), 'utf8'))
  const version = old + 1
  const expires = daysLater(now, SNAPSHOT_LIFETIME_DAYS)
  const { signed: targets } = Metadata.fromJSON(MetadataKind.Targets, read('targets.json'))
  const { signed: snapshot } = Metadata.fromJSON(MetadataKind.Snapshot, read('snapshot.json'))
  const again = signed(Targets.fromJSON({ ...targets.toJSON(), version, expires }), [keys.release])
  const meta = { ...snapshot.meta, 'targets.json': fileOf(again, version) }
  const whole = signed(new Snapshot({ version, specVersion: SPEC, expires, meta }), [keys.release])
  writeWhole(dist, `metadata/${version}.targets.json`, again)
  writeWhole(dist, `metadata/${version}.snapshot.json`, whole)
  writeTimestamp(dist, fileOf(whole, version), before.signed.version + 1, keys.timestamp, now)
}

function writeTimestamp(dist: string, snapshotMeta: MetaFile, version: number, key: Signer, now: Date): void {
  const expires = daysLater(now, TIMESTAMP_LIFETIME_DAYS)
  writeWhole(
    dist,
    'metadata/timestamp.json',
    signed(new Timestamp({ version, specVersion: SPEC, expires, snapshotMeta }), [key]),
  )
}

/** A role's metadata as text, signed by each signer. */
export function signed(content: Root | Targets | Snapshot | Timestamp, signers: readonly Signer[]): string {
  const metadata = new Metadata(content)
  for (const signer of signers) {
    metadata.sign((data) => new Signature({ keyID: signer.keyId, sig: Buffer.from(signer.sign(data)).toString('hex') }))
  }
  return JSON.stringify(metadata.toJSON())
}

function fileOf(text: string, version: number): MetaFile {
  return new MetaFile({ version, length: Buffer.byteLength(text), hashes: { sha256: sha256(text) } })
}

/** Clause 4.1: dates are ISO 8601 in UTC without fractions of a second. */
export function daysLater(now: Date, days: number): string {
  return `${new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 19)}Z`
}
