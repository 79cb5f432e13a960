// A TUF repository as an attacker would keep one: plain JSON that a test changes at will, signed by real keys when it is
// published, served under the addresses of the specification. Nothing here checks anything; that is the client's work.
import { createHash } from 'node:crypto'
import { canonicalText, type KeyDoc, newSimKey, type SimKey, signatureHex } from './simulator-keys.ts'

export const TOP_ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const
export type TopRole = (typeof TOP_ROLES)[number]

interface Common {
  _type: string
  spec_version: string
  version: number
  expires: string
  [more: string]: unknown
}
export interface RoleDoc {
  keyids: string[]
  threshold: number
  [more: string]: unknown
}
export interface MetaDoc {
  version: number
  length?: number
  hashes?: Record<string, string>
}
export interface DelegatedDoc extends RoleDoc {
  name: string
  terminating: boolean
  paths?: string[]
  path_hash_prefixes?: string[]
}
export interface RootDoc extends Common {
  consistent_snapshot: boolean
  keys: Record<string, KeyDoc>
  roles: Record<TopRole, RoleDoc>
}
export interface TimestampDoc extends Common {
  meta: { 'snapshot.json': MetaDoc }
}
export interface SnapshotDoc extends Common {
  meta: Record<string, MetaDoc>
}
export interface TargetsDoc extends Common {
  targets: Record<string, { length: number; hashes: Record<string, string> }>
  delegations?: { keys: Record<string, KeyDoc>; roles?: DelegatedDoc[]; succinct_roles?: RoleDoc }
}
export interface SignedFile {
  signed: Record<string, unknown>
  signatures: { keyid: string; sig: string }[]
}

const DAY_MS = 86_400_000

/** `days` from now as the specification writes a date, in whole seconds of UTC. */
export function inDays(days: number): string {
  return `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19)}Z`
}

export function digest(algorithm: 'sha256' | 'sha512', bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex')
}

function common(type: string, expires: string): Common {
  return { _type: type, spec_version: '1.0.31', version: 1, expires }
}

/** Mutable on purpose. Publishing a role again makes its next version; a role that was withdrawn starts where it stands. */
export class Simulator {
  readonly root: RootDoc
  readonly timestamp: TimestampDoc
  readonly snapshot: SnapshotDoc
  /** 'targets' and the delegated roles by name. */
  readonly roles = new Map<string, TargetsDoc>()
  readonly signers = new Map<string, SimKey[]>()
  /** What is served: version n of a role stands at n - 1. */
  readonly published = new Map<string, Buffer[]>()
  /** Served bytes by target path, whatever the metadata says of them. */
  readonly artifacts = new Map<string, Buffer>()
  /** Hashes and lengths in snapshot and timestamp, which the specification leaves to the repository. */
  hashesInMeta = false
  /** 'root 2', 'timestamp', 'snapshot 1', … in the order in which they were asked for, as the address wrote the name. */
  readonly requests: string[] = []
  readonly artifactRequests: string[] = []

  constructor() {
    const [first, second, third, fourth] = TOP_ROLES.map(() => newSimKey())
    const keys = { root: first, timestamp: second, snapshot: third, targets: fourth }
    this.root = {
      ...common('root', inDays(30)),
      consistent_snapshot: true,
      keys: {},
      roles: {
        root: { keyids: [], threshold: 1 },
        timestamp: { keyids: [], threshold: 1 },
        snapshot: { keyids: [], threshold: 1 },
        targets: { keyids: [], threshold: 1 },
      },
    }
    this.timestamp = { ...common('timestamp', inDays(30)), meta: { 'snapshot.json': { version: 1 } } }
    this.snapshot = { ...common('snapshot', inDays(30)), meta: {} }
    this.roles.set('targets', { ...common('targets', inDays(30)), targets: {} })
    for (const role of TOP_ROLES) if (keys[role] !== undefined) this.addKey(role, keys[role])
    this.publish('targets', 'snapshot', 'timestamp', 'root')
  }

  get targets(): TargetsDoc {
    return this.targetsOf('targets')
  }

  targetsOf(role: string): TargetsDoc {
    const doc = this.roles.get(role)
    if (doc === undefined) throw new Error(`Expected a role that was delegated, got ${role}`)
    return doc
  }

  /** The root names the key for the role, and the role signs with it. */
  addKey(role: TopRole, key: SimKey = newSimKey()): SimKey {
    this.root.keys[key.id] = key.doc
    this.root.roles[role].keyids.push(key.id)
    this.signers.set(role, [...(this.signers.get(role) ?? []), key])
    return key
  }

  /** All keys of the role go, and as many new ones as its threshold asks for come. */
  rotate(role: TopRole): void {
    this.root.roles[role].keyids = []
    this.signers.set(role, [])
    for (let n = 0; n < this.root.roles[role].threshold; n += 1) this.addKey(role)
  }

  /** What was published of the role is gone: it is served no more, and its next version is the one in its document. */
  withdraw(role: string): void {
    this.published.delete(role)
  }

  publish(...roles: string[]): void {
    for (const role of roles) {
      const doc = this.docOf(role)
      const before = this.published.get(role)
      if (before !== undefined) doc.version += 1
      const bytes = this.sign(doc, this.signers.get(role) ?? [])
      this.published.set(role, [...(before ?? []), bytes])
      this.tell(role, doc.version, bytes)
    }
  }

  /** The role's last published file, changed as JSON without signing it again. */
  change(role: string, how: (file: SignedFile) => void): void {
    const all = this.published.get(role) ?? []
    const file: SignedFile = JSON.parse(this.latest(role).toString('utf8'))
    how(file)
    this.published.set(role, [...all.slice(0, -1), Buffer.from(JSON.stringify(file))])
  }

  latest(role: string): Buffer {
    const bytes = this.published.get(role)?.at(-1)
    if (bytes === undefined) throw new Error(`Expected ${role} to be published, got nothing`)
    return bytes
  }

  addArtifact(
    role: string,
    path: string,
    text: string,
    algorithms: readonly ('sha256' | 'sha512')[] = ['sha256'],
  ): void {
    const bytes = Buffer.from(text)
    const hashes = Object.fromEntries(algorithms.map((name) => [name, digest(name, bytes)]))
    this.targetsOf(role).targets[path] = { length: bytes.length, hashes }
    this.artifacts.set(path, bytes)
  }

  /** Delegates and makes the role's metadata, unpublished; its key is new. */
  delegate(from: string, name: string, more: Partial<DelegatedDoc> = {}, expires = inDays(30)): void {
    const key = newSimKey()
    const delegator = this.targetsOf(from)
    delegator.delegations ??= { keys: {}, roles: [] }
    delegator.delegations.keys[key.id] = key.doc
    const byPath = more.path_hash_prefixes === undefined ? { paths: ['*'] } : {}
    const role = { name, keyids: [key.id], threshold: 1, terminating: false, ...byPath, ...more }
    delegator.delegations.roles?.push(role)
    this.signers.set(name, [...(this.signers.get(name) ?? []), key])
    if (!this.roles.has(name)) this.roles.set(name, { ...common('targets', expires), targets: {} })
  }

  /** 2^bits bins named PREFIX-<hex>, all with one key (TAP 15). */
  delegateBins(bits: number, prefix: string): string[] {
    const key = newSimKey()
    const width = (2 ** bits - 1).toString(16).length
    const bins = { keyids: [key.id], threshold: 1, bit_length: bits, name_prefix: prefix }
    this.targets.delegations = { keys: { [key.id]: key.doc }, succinct_roles: bins }
    return Array.from({ length: 2 ** bits }, (_, n) => {
      const name = `${prefix}-${n.toString(16).padStart(width, '0')}`
      this.signers.set(name, [key])
      this.roles.set(name, { ...common('targets', inDays(30)), targets: {} })
      return name
    })
  }

  /** The answer to a request; null for 404. `path` is as it was asked for, not decoded. */
  serve(path: string): Buffer | null {
    const [, file = ''] = /^metadata\/(.*)\.json$/.exec(path) ?? []
    if (file !== '') return this.serveMetadata(file)
    const [, target = ''] = /^targets\/(.*)$/.exec(path) ?? []
    if (target === '') return null
    this.artifactRequests.push(target)
    const at = target.lastIndexOf('/') + 1
    const name = this.root.consistent_snapshot ? target.slice(target.indexOf('.', at) + 1) : target.slice(at)
    return this.artifacts.get(decodeURIComponent(`${target.slice(0, at)}${name}`)) ?? null
  }

  private serveMetadata(file: string): Buffer | null {
    const [, version, name = ''] = /^(\d+)\.(.*)$/.exec(file) ?? []
    const versioned = version !== undefined && (name === 'root' || this.root.consistent_snapshot)
    this.requests.push(versioned ? `${name} ${version}` : file)
    const all = this.published.get(decodeURIComponent(versioned ? name : file)) ?? []
    return (versioned ? all[Number(version) - 1] : all.at(-1)) ?? null
  }

  private docOf(role: string): Common {
    if (role === 'root') return this.root
    if (role === 'timestamp') return this.timestamp
    return role === 'snapshot' ? this.snapshot : this.targetsOf(role)
  }

  private sign(doc: Common, keys: readonly SimKey[]): Buffer {
    const bytes = Buffer.from(canonicalText(doc))
    const signatures = keys.map((key) => ({ keyid: key.id, sig: signatureHex(key, bytes) }))
    return Buffer.from(JSON.stringify({ signatures, signed: doc }))
  }

  /** Who names the role's version learns of the new one. */
  private tell(role: string, version: number, bytes: Buffer): void {
    const whole = { length: bytes.length, hashes: { sha256: digest('sha256', bytes) } }
    const meta: MetaDoc = this.hashesInMeta ? { version, ...whole } : { version }
    if (role === 'snapshot') this.timestamp.meta['snapshot.json'] = meta
    else if (role !== 'root' && role !== 'timestamp') this.snapshot.meta[`${role}.json`] = meta
  }
}
