// Fuzzed: tree nodes and packs, with hashes that fit (an office that lost its mind, or its key) and with hashes that don't
// (a line or a disk that breaks things).
import { gzipSync } from 'node:zlib'
import { gunzipAtMost, verifyDelta, verifyPack, verifyTree } from '../../electron/host/gateway/verify.ts'
import { hasher, sha256 } from '../../electron/host/hash.ts'
import { gunzipExactly } from '../../renderer/worker/gunzip.ts'
import { SunhallError } from '../../sync/contract/errors.ts'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import { COUNTY, FORMAT_VERSION } from '../../sync/contract/tree.ts'
import { joinPack, splitPack } from '../../sync/core/pack.ts'
import { assembleParts, leavesOf, partsOf, rootRef, verifyNodes } from '../../sync/core/tree.ts'
import { type FuzzCounty, fileAt, rawPacks } from './fuzz-county.ts'
import { joined, mutateBytes, mutateJson } from './fuzz-mutate.ts'
import type { Random } from './fuzz-random.ts'
import { type Reader, requireSame } from './fuzz-reader.ts'

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const TRUST = ['E-FORMAT', 'E-UPDATE', 'E-HASH', 'E-LENGTH', 'E-MIXED'] as const

/** Whole texts of a release's tree, parents before children. */
async function nodesOf(from: FuzzCounty): Promise<string[]> {
  const { head } = splitPack(await gunzipAtMost(fileAt(from.files, paths.tree(from.second.root)), from.second.tree.raw))
  return head.nodes
}

/** The same tree with one node changed and every hash and length above it put right, as its publisher would. */
export function treeWith(nodes: readonly string[], at: number, changed: string): string[] {
  const texts = [...nodes]
  const replace = (index: number, text: string): void => {
    const [before, after] = [texts[index] ?? '', text].map((each) => [sha256(encode(each)), encode(each).length])
    texts[index] = text
    const named = `"${before?.[0]}",${before?.[1]}`
    const parent = texts.findIndex((each, place) => place < index && each.includes(named))
    if (parent >= 0) replace(parent, (texts[parent] ?? '').replace(named, `"${after?.[0]}",${after?.[1]}`))
  }
  replace(at, changed)
  return texts
}

/** An input is a list of node texts, the first of them the root that the record is taken to name. */
export async function treeReader(from: FuzzCounty): Promise<Reader> {
  const nodes = await nodesOf(from)
  return {
    codes: TRUST,
    make(random) {
      const at = random.below(nodes.length)
      const changed = mutateJson(nodes[at] ?? '', random)
      const texts = random.chance(0.8) ? treeWith(nodes, at, changed) : nodes.with(at, changed)
      if (random.chance(0.1)) texts.splice(random.below(texts.length), 1)
      if (random.chance(0.1)) texts.push(texts[random.below(texts.length)] ?? '')
      return encode(JSON.stringify(texts))
    },
    async read(input) {
      const texts: string[] = JSON.parse(decode(input))
      const root = encode(texts[0] ?? '')
      const record = { root: sha256(root), rootLength: root.length }
      const verified = await verifyNodes(texts, [rootRef(record)], hasher)
      if (verified.open.length > 0)
        throw new SunhallError('E-MIXED', `Expected a whole tree, ${verified.open.length} short`)
      const heads = await assembleParts([...texts].reverse(), record, FORMAT_VERSION, hasher)
      requireSame(
        heads.map(({ part }) => part),
        partsOf(verified),
        'Parts of the tree and its heads',
      )
      requireSame(
        new Set(heads.flatMap(({ blocks }) => blocks.map(([hash]) => hash))).size,
        new Set(leavesOf(verified).map(({ leaf }) => leaf[4])).size,
        'Blocks of the tree and its heads',
      )
    },
  }
}

/** An input is a pack's raw bytes: split, and verified by the host under a record that names their length. */
export function packReader(from: FuzzCounty): Reader {
  const packs = rawPacks(from, from.second)
  const township = packs.at(-1) ?? { part: COUNTY, raw: Buffer.of() }
  const county = packs[0] ?? township
  return {
    codes: TRUST,
    make: (random) => brokenPack(packs[random.below(packs.length)]?.raw ?? county.raw, township.raw, random),
    async read(input) {
      const { head, blocks } = splitPack(input)
      const again = joinPack(
        head,
        blocks.map(([, bytes]) => bytes),
      )
      requireSame(splitPack(again).head, head, 'Heads of an accepted pack, joined and split again,')
      const wire = gzipSync(input, { level: 1 })
      const record = withPack(from.second, head.part, { wire: wire.length, raw: input.length })
      const nodes = (await verifyPack(gzipSync(county.raw, { level: 1 }), from.second, COUNTY, null)).nodes
      await verifyPack(wire, record, head.part, nodes)
    },
  }
}

function withPack(record: ReleaseRecord, part: string, length: { wire: number; raw: number }): ReleaseRecord {
  return { ...record, packs: { ...record.packs, [part]: length } }
}

/** An input is a delta's raw bytes; where its head says so, a tree file's. */
export function deltaReader(from: FuzzCounty): Reader {
  const { files, first, second } = from
  const unpack = (path: string, raw: number): Promise<Buffer> => gunzipAtMost(fileAt(files, path), raw)
  const delta = unpack(paths.delta(second.root, first.root), second.deltas[0]?.raw ?? 0)
  const tree = unpack(paths.tree(second.root), second.tree.raw)
  return {
    codes: TRUST,
    make: async (random) => brokenPack(await (random.chance(0.7) ? delta : tree), await tree, random),
    async read(input) {
      const wire = gzipSync(input, { level: 1 })
      const length = { wire: wire.length, raw: input.length }
      if (splitPack(input).head.part === 'tree') await verifyTree(wire, { ...second, tree: length })
      else
        await verifyDelta(wire, { ...second, deltas: second.deltas.map((one) => ({ ...one, ...length })) }, first.root)
    },
  }
}

/** A head and bytes behind it, with the head broken by its tokens or the whole by its bytes. */
export function brokenPack(raw: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const end = raw.indexOf(0x0a)
  if (random.chance(0.4)) return mutateBytes(raw, other, random)
  const head = mutateJson(decode(raw.subarray(0, end)), random)
  return joined(encode(`${head}\n`), raw.subarray(end + 1))
}

/** An input: raw length in four bytes, then gzip, read by host and page: what one takes, the other must take alike. */
export function gunzipReader(from: FuzzCounty): Reader {
  const wires = [...from.files].flatMap(([path, bytes]) => (path.endsWith('.gz') ? [bytes] : []))
  const pick = (random: Random): Buffer => wires[random.below(wires.length)] ?? Buffer.of()
  const bombs = [gzipSync(Buffer.alloc(1 << 24)), gzipSync(Buffer.alloc(0)), gzipSync(gzipSync(Buffer.alloc(1 << 24)))]
  return {
    codes: ['E-FORMAT', 'E-LENGTH'],
    async make(random) {
      const wire = pick(random)
      const raw = (await gunzipAtMost(wire, 1 << 24)).length
      const says = random.chance(0.7) ? raw : random.pick([0, 1, raw - 1, raw + 1, 100, 1 << 20])
      const length = new Uint8Array(Uint32Array.of(Math.max(0, says)).buffer)
      return joined(length, brokenGzip(wire, pick(random), bombs, random))
    },
    async read(input) {
      const raw = new DataView(input.buffer, input.byteOffset).getUint32(0, true)
      const wire = new Uint8Array(input.subarray(4))
      const [host, page] = await Promise.allSettled([
        exactly(wire, raw),
        gunzipExactly(streamOf(wire), raw, () => undefined),
      ])
      if (host.status === 'fulfilled' && page.status === 'fulfilled')
        return requireSame(sha256(host.value), sha256(page.value), 'Bytes that host and page unpacked')
      // The page may be stricter by the length of the wire alone: it takes no gzip far longer than what is in it.
      const [reason] = [page, host].flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
      const onlyPage = host.status === 'fulfilled' && wire.length <= raw + Math.ceil(raw / 1_000) + 1_024
      const onlyHost = page.status === 'fulfilled'
      if (onlyPage || onlyHost) throw new Error(`Host ${host.status}, page ${page.status}: ${String(reason)}`)
      throw reason
    },
  }
}

async function exactly(wire: Uint8Array, raw: number): Promise<Buffer> {
  const bytes = await gunzipAtMost(wire, raw)
  if (bytes.length === raw) return bytes
  throw new SunhallError('E-LENGTH', `Expected ${raw} bytes, got ${bytes.length}`)
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 4_096) controller.enqueue(bytes.slice(at, at + 4_096))
      controller.close()
    },
  })
}

function brokenGzip(wire: Uint8Array, other: Uint8Array, bombs: readonly Uint8Array[], random: Random): Uint8Array {
  const bomb = bombs[random.below(bombs.length)] ?? wire
  switch (random.below(6)) {
    case 0:
      return joined(wire, other)
    case 1:
      return joined(wire, bomb)
    case 2:
      return joined(bomb, wire)
    case 3:
      return random.chance(0.5) ? bomb : joined(wire, new Uint8Array(1 + random.below(5_000)))
    default:
      return mutateBytes(wire, other, random)
  }
}
