// Small releases made where a test runs (in the page or in Node): blocks, tree, packs, tree file, deltas and single
// blocks out of a plain value, by the same core that publication uses. Signatures are not its business.
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import type { Hash, Kind, PaymentRow, PlaceCode, Rows } from '../../sync/contract/rows.ts'
import {
  type BlockLeaf,
  type ChildRef,
  COUNTY,
  type Dataset,
  FORMAT_VERSION,
  type PackHead,
} from '../../sync/contract/tree.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { encodeBlock } from '../../sync/core/codec.ts'
import { joinPack } from '../../sync/core/pack.ts'
import { assembleParts } from '../../sync/core/tree.ts'
import { sha256 } from '../../sync/store/hash.ts'

/** Rows by block: one leaf each. */
export interface TinyBlock<K extends Kind = Kind> {
  dataset: Dataset
  part: PlaceCode
  village: PlaceCode | ''
  kind: K
  period: string
  rows: readonly Rows[K][]
}
export interface TinyRelease {
  record: ReleaseRecord
  /** Heads of all packs, the county's first. */
  heads: PackHead[]
  blocks: ReadonlyMap<Hash, Uint8Array<ArrayBuffer>>
  /** Gzipped files by path, as the host serves them below /county/. */
  files: Map<string, Uint8Array<ArrayBuffer>>
  source: readonly TinyBlock[]
}

/** One payment of a village; what a test doesn't name is the same for all. */
export function payment(person: number, amount: number, serial = person): PaymentRow {
  return {
    origin: 1,
    row: serial + 3,
    fund: 'F001',
    person,
    batch: '2026-01',
    serial,
    standard: 100,
    quantity: 1000,
    unit: '亩',
    due: amount,
    amount,
    date: '2026-01-15',
    status: '已发',
    earlier: null,
    policy: '',
    clauses: '',
  }
}

export function paymentsBlock(
  village: PlaceCode,
  amounts: readonly number[],
  period = '2026-01',
): TinyBlock<'payments'> {
  const rows = amounts.map((amount, at) => payment(at + 1, amount))
  return { dataset: 'funds', part: village.slice(0, 9), village, kind: 'payments', period, rows }
}
export function countyBlock(name: string): TinyBlock<'places'> {
  const rows = [{ code: COUNTY, name, level: 'county' as const, parent: '', initials: 'ht', groups: null }]
  return { dataset: 'places', part: COUNTY, village: '', kind: 'places', period: '', rows }
}

/** Builds a release. `earlier`: releases from which a delta is made. */
export async function tinyRelease(
  number: number,
  source: readonly TinyBlock[],
  earlier: readonly TinyRelease[] = [],
): Promise<TinyRelease> {
  const blocks = new Map<Hash, Uint8Array<ArrayBuffer>>()
  const { nodes, root } = await treeOf(source, blocks)
  const rootLength = new TextEncoder().encode(root.text).length
  const heads = await assembleParts(nodes, { root: root.hash, rootLength }, FORMAT_VERSION, sha256)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const packs: ReleaseRecord['packs'] = {}
  const bytesOf = (hash: Hash): Uint8Array<ArrayBuffer> => blocks.get(hash) ?? new Uint8Array()
  const add = async (path: string, raw: Uint8Array<ArrayBuffer>): Promise<{ wire: number; raw: number }> => {
    const wire = await gzip(raw)
    files.set(path, wire)
    return { wire: wire.length, raw: raw.length }
  }
  for (const head of heads) {
    const raw = joinPack(
      head,
      head.blocks.map(([hash]) => bytesOf(hash)),
    )
    packs[head.part] = await add(paths.pack(root.hash, head.part), raw)
  }
  const bare = { format: FORMAT_VERSION, root: root.hash, blocks: [] }
  const texts = heads.flatMap((head) => head.nodes)
  const tree = await add(paths.tree(root.hash), joinPack({ ...bare, part: 'tree', nodes: texts }, []))
  for (const [hash, bytes] of blocks) await add(paths.block(hash), bytes)
  const deltas: ReleaseRecord['deltas'] = []
  for (const from of earlier) {
    const old = new Set(from.heads.flatMap((head) => head.nodes))
    const fresh = [...blocks].filter(([hash]) => !from.blocks.has(hash))
    const head: PackHead = {
      ...bare,
      part: 'delta',
      nodes: texts.filter((text) => !old.has(text)),
      blocks: fresh.map(([hash, bytes]) => [hash, bytes.length] as const),
    }
    const lengths = await add(
      paths.delta(root.hash, from.record.root),
      joinPack(
        head,
        fresh.map(([, bytes]) => bytes),
      ),
    )
    deltas.push({ number: from.record.number, root: from.record.root, ...lengths })
  }
  const record = recordOf(number, root.hash, rootLength, { packs, tree, deltas })
  return { record, heads, blocks, files, source }
}

function recordOf(
  number: number,
  root: Hash,
  rootLength: number,
  rest: Pick<ReleaseRecord, 'packs' | 'tree' | 'deltas'>,
): ReleaseRecord {
  return {
    format: FORMAT_VERSION,
    county: COUNTY,
    number,
    root,
    rootLength,
    signedAt: new Date(Date.UTC(2026, 0, number)).toISOString(),
    dataUntil: '2026-01-31',
    sample: true,
    reviewed: false,
    datasets: { funds: 0, notices: 0, places: 0, policies: 0, 'village-finance': 0 },
    kinds: {},
    media: { count: 0, bytes: 0 },
    auditHead: '',
    ...rest,
  }
}

interface Named {
  text: string
  hash: Hash
}

async function treeOf(
  source: readonly TinyBlock[],
  blocks: Map<Hash, Uint8Array<ArrayBuffer>>,
): Promise<{ nodes: string[]; root: Named }> {
  const leaves = new Map<string, BlockLeaf[]>()
  for (const block of source) {
    const bytes = encodeBlock(block.kind, block.rows as never)
    const hash = await sha256(bytes)
    blocks.set(hash, bytes)
    const key = `${block.dataset}/${block.part}/${block.village}`
    const list = leaves.get(key) ?? []
    const seq = list.filter((leaf) => leaf[0] === block.kind && leaf[1] === block.period).length
    leaves.set(key, [...list, [block.kind, block.period, seq, block.rows.length, hash, bytes.length]])
  }
  const nodes: string[] = []
  const refs = new Map<string, ChildRef[]>()
  const add = async (parent: string, key: string, value: object): Promise<Named> => {
    const text = canonicalJson(value)
    const hash = await sha256(new TextEncoder().encode(text))
    nodes.push(text)
    const child: ChildRef = [key, hash, new TextEncoder().encode(text).length]
    refs.set(
      parent,
      [...(refs.get(parent) ?? []), child].sort(([a], [b]) => (a < b ? -1 : 1)),
    )
    return { text, hash }
  }
  for (const [key, list] of leaves) {
    const [dataset = '', part = '', village = ''] = key.split('/')
    const sorted = [...list].sort((a, b) => (leafKey(a) < leafKey(b) ? -1 : 1))
    await add(`${dataset}/${part}`, village, { dataset, part, village, blocks: sorted })
  }
  for (const key of [...refs.keys()]) {
    const [dataset = '', part = ''] = key.split('/')
    await add(dataset, part, { dataset, part, villages: refs.get(key) })
  }
  const datasets = [...refs.keys()].filter((key) => !key.includes('/'))
  for (const dataset of datasets) await add('', dataset, { dataset, parts: refs.get(dataset) })
  const root = await add('-', 'root', { format: FORMAT_VERSION, datasets: refs.get('') })
  return { nodes, root }
}

function leafKey([kind, period, seq]: BlockLeaf): string {
  return `${kind}\u0000${period}\u0000${String(seq).padStart(9, '0')}`
}

export async function gzip(raw: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([raw]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
