// A TUF repository for tests of the host: fresh keys, any metadata it is told to make, honest or not. Real bytes and
// real signatures; served over real HTTP by host-office.ts.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { Key, Metadata, MetaFile, Root, Signature, Snapshot, TargetFile, Targets, Timestamp } from '@tufjs/models'
import { Role } from '@tufjs/models/dist/role.js'

export type RoleName = 'root' | 'timestamp' | 'snapshot' | 'targets'
export interface TestKey {
  key: Key
  secret: KeyObject
  publicHex: string
}

export function newKey(): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' })
  const publicHex = raw.subarray(-32).toString('hex')
  const keyID = createHash('sha256').update(raw).digest('hex')
  const key = new Key({ keyID, keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: publicHex } })
  return { key, secret: privateKey, publicHex }
}

function signatureOf({ key, secret }: TestKey, bytes: Buffer): Signature {
  return new Signature({ keyID: key.keyID, sig: sign(null, bytes, secret).toString('hex') })
}

const DAY_MS = 86_400_000
const SPEC = '1.0.31'

export interface RepositoryOptions {
  now?: Date
  /** The root's own field that names the config key. */
  extra?: Record<string, unknown>
}

/** Mutable on purpose: a test changes it as an attacker would, then signs again. */
export class Repository {
  now: Date
  extra: Record<string, unknown>
  keys: Record<RoleName, TestKey[]>
  thresholds: Record<RoleName, number> = { root: 2, timestamp: 1, snapshot: 1, targets: 1 }
  versions: Record<RoleName, number> = { root: 0, timestamp: 0, snapshot: 0, targets: 0 }
  lifetimes: Record<RoleName, number> = { root: 3650, timestamp: 45, snapshot: 400, targets: 400 }
  /** What each role's metadata is signed with; by default its own keys. */
  signers: Partial<Record<RoleName, TestKey[]>> = {}
  targets = new Map<string, Buffer>()
  /** Kind of the targets' hashes, as the metadata names it. */
  hashName = 'sha256'
  /** Path below the distribution folder → bytes. */
  files = new Map<string, Buffer>()
  constructor(options: RepositoryOptions = {}) {
    this.now = options.now ?? new Date()
    this.extra = options.extra ?? {}
    this.keys = {
      root: [newKey(), newKey(), newKey()],
      timestamp: [newKey()],
      snapshot: [newKey()],
      targets: [newKey()],
    }
    this.signRoot()
  }

  expires(role: RoleName): string {
    const at = new Date(this.now.getTime() + this.lifetimes[role] * DAY_MS)
    return `${at.toISOString().slice(0, 19)}Z`
  }

  /** Signs with these keys, and with `also` where a rotation needs the old ones too. */
  signRoot(also: TestKey[] = []): Buffer {
    this.versions.root += 1
    const all = Object.values(this.keys).flat()
    const names: RoleName[] = ['root', 'timestamp', 'snapshot', 'targets']
    const roles = names.map((name) => {
      const keyIDs = [...new Set(this.keys[name].map(({ key }) => key.keyID))]
      return [name, new Role({ keyIDs, threshold: this.thresholds[name] })] as const
    })
    const root = new Root({
      version: this.versions.root,
      specVersion: SPEC,
      expires: this.expires('root'),
      keys: Object.fromEntries(all.map(({ key }) => [key.keyID, key])),
      roles: Object.fromEntries(roles),
      consistentSnapshot: true,
      unrecognizedFields: this.extra as never,
    })
    const bytes = signed(new Metadata(root), [...(this.signers.root ?? this.keys.root.slice(0, 2)), ...also])
    this.files.set(`metadata/${this.versions.root}.root.json`, bytes)
    this.files.set('metadata/root.json', bytes)
    return bytes
  }

  rootBytes(version = this.versions.root): Buffer {
    return this.files.get(`metadata/${version}.root.json`) ?? Buffer.alloc(0)
  }

  signTargets(): void {
    this.versions.targets += 1
    const targets = new Targets({
      version: this.versions.targets,
      specVersion: SPEC,
      expires: this.expires('targets'),
      targets: targetFiles(this.targets, this.hashName),
    })
    this.put('targets', signed(new Metadata(targets), this.signers.targets ?? this.keys.targets))
    for (const [path, bytes] of this.targets) this.putTarget(path, bytes)
  }

  putTarget(path: string, bytes: Buffer, named: Buffer = bytes): void {
    const at = path.lastIndexOf('/') + 1
    const hash = createHash('sha256').update(named).digest('hex')
    this.files.set(`targets/${path.slice(0, at)}${hash}.${path.slice(at)}`, bytes)
  }

  signSnapshot(): void {
    this.versions.snapshot += 1
    const meta = { 'targets.json': this.metaOf('targets') }
    const snapshot = new Snapshot({
      version: this.versions.snapshot,
      specVersion: SPEC,
      expires: this.expires('snapshot'),
      meta,
    })
    this.put('snapshot', signed(new Metadata(snapshot), this.signers.snapshot ?? this.keys.snapshot))
  }

  signTimestamp(): void {
    this.versions.timestamp += 1
    const timestamp = new Timestamp({
      version: this.versions.timestamp,
      specVersion: SPEC,
      expires: this.expires('timestamp'),
      snapshotMeta: this.metaOf('snapshot'),
    })
    const bytes = signed(new Metadata(timestamp), this.signers.timestamp ?? this.keys.timestamp)
    this.files.set('metadata/timestamp.json', bytes)
  }

  signAll(): void {
    this.signTargets()
    this.signSnapshot()
    this.signTimestamp()
  }

  fileOf(role: RoleName): string {
    return `metadata/${this.versions[role]}.${role}.json`
  }

  private put(role: RoleName, bytes: Buffer): void {
    this.files.set(this.fileOf(role), bytes)
  }

  private metaOf(role: RoleName): MetaFile {
    const bytes = this.files.get(this.fileOf(role)) ?? Buffer.alloc(0)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return new MetaFile({ version: this.versions[role], length: bytes.length, hashes: { sha256 } })
  }
}

function targetFiles(targets: ReadonlyMap<string, Buffer>, hashName: string): Record<string, TargetFile> {
  const entries = [...targets].map(([path, bytes]) => {
    const hashes = { [hashName]: createHash('sha256').update(bytes).digest('hex') }
    return [path, new TargetFile({ path, length: bytes.length, hashes })] as const
  })
  return Object.fromEntries(entries)
}

function signed(metadata: Metadata<Root | Timestamp | Snapshot | Targets>, keys: readonly TestKey[]): Buffer {
  for (const key of keys) metadata.sign((bytes) => signatureOf(key, bytes))
  return Buffer.from(JSON.stringify(metadata.toJSON()))
}
