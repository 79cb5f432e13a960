// A small county office for tests of the host: releases made with the engine's own core, signed by a test repository,
// served over real HTTP with faults on demand, or written to a real folder like a stick.

import { scryptSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CompactSign } from 'jose'
import { sha256 } from '../../electron/host/hash.ts'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import type { Hash, NoticeRow, PlaceRow } from '../../sync/contract/rows.ts'
import { type ChildRef, COUNTY, FORMAT_VERSION } from '../../sync/contract/tree.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { encodeBlock } from '../../sync/core/codec.ts'
import { joinPack } from '../../sync/core/pack.ts'
import { newKey, Repository, type TestKey } from './host-tuf.ts'

export const TOWNSHIP = '431225100'
export const PIN = '482916'

export interface Built {
  record: ReleaseRecord
  nodes: Map<Hash, string>
  blocks: Map<Hash, Uint8Array>
  picture: Hash
}
export interface Office {
  repository: Repository
  configKey: TestKey
  builds: Built[]
  /** Publishes a release whose notice says `text`; the township's part stays as it is. */
  publish(number: number, text: string, change?: (record: ReleaseRecord) => ReleaseRecord): Built
  writeTo(folder: string): void
  /** Writes config.jws and root.json; `change` alters the config before it is signed. */
  provision(folder: string, officeUrl: string, change?: Record<string, unknown>, key?: TestKey): Promise<void>
}

export function newOffice(options: { sample?: boolean; now?: Date } = {}): Office {
  const configKey = newKey()
  const now = options.now ?? new Date()
  const config = { keyid: configKey.key.keyID, public: configKey.publicHex }
  const extra = { 'x-sunhall': { sample: options.sample ?? false, config } }
  const repository = new Repository({ now, extra })
  const builds: Built[] = []
  return {
    repository,
    configKey,
    builds,
    publish(number, text, change = (record) => record) {
      const built = buildRelease(repository, number, text, builds.at(-1) ?? null)
      built.record = change(built.record)
      builds.push(built)
      repository.targets.set('release.json', Buffer.from(JSON.stringify(built.record)))
      repository.signAll()
      return built
    },
    writeTo(folder) {
      for (const [path, bytes] of repository.files) writeAt(join(folder, path), bytes)
    },
    async provision(folder, officeUrl, change = {}, key = configKey) {
      const text = JSON.stringify({ ...configOf(officeUrl), ...change })
      const jws = await new CompactSign(Buffer.from(text)).setProtectedHeader({ alg: 'EdDSA' }).sign(key.secret)
      writeAt(join(folder, 'config.jws'), Buffer.from(jws))
      writeAt(join(folder, 'root.json'), repository.rootBytes())
    },
  }
}

function writeAt(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

/** scrypt of PIN with small cost, so that tests are fast. */
const PIN_HASH = 'scrypt$1024$8$1$c2FsdHNhbHRzYWx0c2FsdA$'

function configOf(officeUrl: string): Record<string, unknown> {
  return {
    format: 1,
    county: COUNTY,
    terminal: 'HT-17',
    name: '高椅乡翁高村便民服务点',
    kind: 'public',
    township: TOWNSHIP,
    village: '',
    officeUrl,
    officeName: '会同县',
    officePhone: '0745-8820000',
    language: 'zh',
    port: 47_117,
    schedule: { everyMinutes: 60, largeLoads: [], largeBytes: 1_000_000 },
    slot: 16,
    fleet: 30,
    evening: null,
    idle: { warnAfterSeconds: 60, resetAfterSeconds: 20 },
    staleAfterDays: 30,
    maintenance: { pin: PIN_HASH + pinKey() },
    production: false,
    developer: false,
    issuedAt: '2026-11-01T00:00:00Z',
  }
}

function pinKey(): string {
  const salt = Buffer.from('c2FsdHNhbHRzYWx0c2FsdA', 'base64url')
  return scryptSync(PIN, salt, 32, { N: 1024, r: 8, p: 1 }).toString('base64url')
}

function buildRelease(repository: Repository, number: number, text: string, before: Built | null): Built {
  const tree = new TreeBuilder()
  const picture = Buffer.from('RIFF....WEBP a picture for a test')
  repository.files.set(paths.media(sha256(picture)), picture)
  const media = encodeBlock('media', [{ hash: sha256(picture), length: picture.length, caption: '水渠' }])
  const funds = tree.dataset('funds', [[TOWNSHIP, [tree.leaf('media', media, 1)]]])
  const notices = tree.dataset('notices', [
    [COUNTY, [tree.leaf('notices', encodeBlock('notices', [noticeOf(text)]), 1)]],
  ])
  const places = tree.dataset('places', [[COUNTY, [tree.leaf('places', encodeBlock('places', PLACES), 2)]]])
  const root = tree.node({ format: FORMAT_VERSION, datasets: [funds, notices, places] })
  const built: Built = { ...tree.found, picture: sha256(picture), record: recordOf(repository, number, root) }
  const put = (path: string, part: string, nodes: string[], blocks: [Hash, Uint8Array][]) => {
    const head = {
      format: FORMAT_VERSION,
      root: root[1],
      part,
      nodes,
      blocks: blocks.map(([hash, { length }]) => [hash, length] as const),
    }
    const raw = joinPack(
      head,
      blocks.map(([, bytes]) => bytes),
    )
    const wire = gzipSync(raw, { level: 6 })
    repository.files.set(path, wire)
    return { wire: wire.length, raw: raw.length }
  }
  const ordered = tree.ordered(root[1])
  const { record } = built
  for (const part of [COUNTY, TOWNSHIP]) {
    const nodes = ordered.filter((node) => belongsTo(node, part))
    const blocks = nodes.flatMap(blocksIn).map((hash) => [hash, bytesOf(built, hash)] as [Hash, Uint8Array])
    record.packs[part] = put(paths.pack(root[1], part), part, nodes, blocks)
  }
  record.tree = put(paths.tree(root[1]), 'tree', ordered, [])
  for (const [hash, bytes] of built.blocks) repository.files.set(paths.block(hash), gzipSync(bytes))
  if (before !== null) {
    const nodes = ordered.filter((node) => !before.nodes.has(sha256(node)))
    const fresh = [...built.blocks].filter(([hash]) => !before.blocks.has(hash))
    const from = before.record.root
    record.deltas.push({
      number: before.record.number,
      root: from,
      ...put(paths.delta(root[1], from), 'delta', nodes, fresh),
    })
  }
  return built
}

function recordOf(repository: Repository, number: number, [, root, rootLength]: ChildRef): ReleaseRecord {
  return {
    format: FORMAT_VERSION,
    county: COUNTY,
    number,
    root,
    rootLength,
    signedAt: repository.now.toISOString(),
    dataUntil: '2026-10-31',
    sample: true,
    reviewed: false,
    datasets: { funds: 1, notices: 1, places: 2, policies: 0, 'village-finance': 0 },
    kinds: { media: 1, notices: 1, places: 2 },
    tree: { wire: 0, raw: 0 },
    packs: {},
    deltas: [],
    media: { count: 1, bytes: 33 },
    auditHead: '',
  }
}

const PLACES: PlaceRow[] = [
  { code: COUNTY, name: '会同县', level: 'county', parent: '43', initials: 'ht', groups: null },
  { code: TOWNSHIP, name: '林城镇', level: 'township', parent: COUNTY, initials: 'lc', groups: null },
]

function noticeOf(body: string): NoticeRow {
  const fixed = { id: 'N1', kind: 'news', title: '通知', date: '2026-10-01', place: COUNTY, origin: 1, row: 1 } as const
  return { ...fixed, body, venue: '', time: '', contactPhone: '' }
}

type Leaf = readonly [string, string, number, number, Hash, number]

class TreeBuilder {
  readonly found = { nodes: new Map<Hash, string>(), blocks: new Map<Hash, Uint8Array>() }

  leaf(kind: string, bytes: Uint8Array, rows: number): Leaf {
    this.found.blocks.set(sha256(bytes), bytes)
    return [kind, '', 0, rows, sha256(bytes), bytes.length]
  }

  node(value: unknown, key = ''): ChildRef {
    const text = canonicalJson(value)
    this.found.nodes.set(sha256(text), text)
    return [key, sha256(text), Buffer.byteLength(text)]
  }

  dataset(dataset: string, parts: [string, Leaf[]][]): ChildRef {
    const refs = parts.map(([part, blocks]) => {
      const village = this.node({ dataset, part, village: '', blocks }, '')
      return this.node({ dataset, part, villages: [village] }, part)
    })
    return this.node({ dataset, parts: refs }, dataset)
  }

  /** Parents before children. */
  ordered(hash: Hash): string[] {
    const text = this.found.nodes.get(hash) ?? ''
    const { datasets = [], parts = [], villages = [] } = JSON.parse(text) as Record<string, ChildRef[]>
    return [text, ...[...datasets, ...parts, ...villages].flatMap(([, child]) => this.ordered(child))]
  }
}

function belongsTo(node: string, part: string): boolean {
  const place = (JSON.parse(node) as { part?: string }).part
  return place === undefined ? part === COUNTY : place === part
}

function blocksIn(node: string): Hash[] {
  return ((JSON.parse(node) as { blocks?: Leaf[] }).blocks ?? []).map((leaf) => leaf[4])
}

function bytesOf(built: Built, hash: Hash): Uint8Array {
  return built.blocks.get(hash) ?? new Uint8Array()
}

/** What a request for a path gets instead of the file. */
export type Fault = (response: ServerResponse) => void
export interface Served {
  url: string
  /** Paths asked for, in order. */
  requests: string[]
  faults: Map<string, Fault>
  stop(): Promise<void>
}

/** Serves the repository's files as they are at the time of each request. */
export async function serve(files: ReadonlyMap<string, Buffer>): Promise<Served> {
  const requests: string[] = []
  const faults = new Map<string, Fault>()
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1)
    requests.push(path)
    const fault = faults.get(path)
    const bytes = files.get(path) ?? files.get(decodeURIComponent(path))
    if (fault !== undefined) fault(response)
    else if (bytes === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
