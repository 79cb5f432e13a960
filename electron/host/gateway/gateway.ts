// Serves /county/* to the host's own page: from the mirror, else made from what the mirror has, else from stick or
// office; each time verified first, and what came from outside is stored before it is served.
//
//   ask ─► mirror ─ damaged or absent ─► rebuild ─ can't ─► stick ─ can't ─► office
//            └──── verified ──────────────┴── verified, stored ──┴──────────────┘─► page
//
// Invariants: unverified bytes are never served (P2); one file is fetched once at a time; with the office dead the
// mirror answers (P3); the body is exactly the .gz or .webp file.
import { type ErrorCode, messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import { MAX_BLOCK_BYTES, MAX_MEDIA_BYTES } from '../../../sync/contract/limits.ts'
import { paths, type ReleaseRecord } from '../../../sync/contract/release.ts'
import type { Hash, PlaceCode } from '../../../sync/contract/rows.ts'
import { COUNTY } from '../../../sync/contract/tree.ts'
import type { VerifiedNodes } from '../../../sync/core/tree.ts'
import { type Source, TransportError } from '../source.ts'
import { type CountyFile, readCountyPath } from './county-path.ts'
import { mediaOf, packedBlock } from './inside.ts'
import type { Mirror } from './mirror.ts'
import { rebuildParts } from './rebuild.ts'
import {
  isCutGzip,
  packLength,
  verifyDelta,
  verifyMedia,
  verifyPack,
  verifyPatch,
  verifySingleBlock,
  verifyTree,
} from './verify.ts'

export interface Gateway {
  /** The verified file at a path below /county/. Errors: trust and transport codes, E-QUOTA. */
  serve(path: string): Promise<Buffer>
  /** Makes the mirror hold all packs of the shown release, whole, then drops what no root in use needs. */
  shown(root: Hash, previous: Hash | null, trusted: Hash | null): Promise<void>
}
export interface GatewayOptions {
  mirror: Mirror
  /** In the order in which they are asked. */
  sources(): readonly Source[]
  log(event: string, detail: Record<string, unknown>): void
}

export function createGateway(options: GatewayOptions): Gateway {
  const { mirror, log } = options
  const underWay = new Map<string, Promise<Buffer>>()
  const countyNodes = new Map<Hash, VerifiedNodes>()
  const cuts = rememberCuts()

  const recordOf = (root: Hash): ReleaseRecord => {
    const record = mirror.record(root)
    if (record !== null) return record
    throw new SunhallError('E-MISSING', `Expected the root of a release that this terminal trusts, got ${root}`)
  }

  /** Root and dataset nodes, against which a township's pack is verified; the county's pack has them. */
  const nodesFor = async (root: Hash): Promise<VerifiedNodes> => {
    if (!countyNodes.has(root)) await once(paths.pack(root, COUNTY))
    const nodes = countyNodes.get(root)
    if (nodes === undefined) throw new SunhallError('E-STATE', `Expected the county's nodes of ${root}, got none`)
    return nodes
  }

  const verify = async (file: CountyFile, wire: Buffer): Promise<void> => {
    if (file.kind === 'block') await verifySingleBlock(wire, file.hash)
    else if (file.kind === 'media') verifyMedia(wire, file.hash)
    else if (file.kind === 'tree') await verifyTree(wire, recordOf(file.root))
    else if (file.kind === 'delta') await verifyDelta(wire, recordOf(file.root), file.from)
    else if (file.kind === 'patch') await verifyPatch(wire, recordOf(file.root), file.from)
    else await verifyOnePack(file.root, file.part, wire)
  }

  const verifyOnePack = async (root: Hash, part: PlaceCode, wire: Buffer): Promise<void> => {
    const county = part === COUNTY ? null : await nodesFor(root)
    const { nodes } = await verifyPack(wire, recordOf(root), part, county)
    if (part === COUNTY) countyNodes.set(root, nodes)
  }

  const fromMirror = async (file: CountyFile): Promise<Buffer | null> => {
    const wire = mirror.read(file)
    if (wire === null) return null
    // Hung off the county's nodes; without those it can't be judged, and stays.
    if (file.kind === 'pack' && file.part !== COUNTY) await nodesFor(file.root)
    try {
      await verify(file, wire)
      return wire
    } catch (error) {
      // P10: damaged data is found, dropped and fetched again singly.
      log('mirror-damaged', { file, why: messageOf(error) })
      mirror.remove(file)
      return null
    }
  }

  const fromOwn = async (file: CountyFile): Promise<Buffer | null> => {
    if (file.kind === 'block') return packedBlock(mirror, file.hash)
    if (file.kind !== 'pack' || mirror.roots().length < 2) return null
    const wire = (await rebuildParts(mirror, recordOf(file.root), [file.part])).get(file.part) ?? null
    return wire === null ? null : stored(file, wire).catch(() => null)
  }

  const stored = async (file: CountyFile, wire: Buffer): Promise<Buffer> => {
    await verify(file, wire)
    mirror.put(file, wire)
    return wire
  }

  const fetched = async (source: Source, path: string, file: CountyFile): Promise<Buffer> => {
    const wire = await source.read(path, wireLimit(file, recordOf))
    try {
      return await stored(file, wire)
    } catch (error) {
      if (!isCutGzip(error) || source.isUnmeasured?.(wire) !== true || cuts.isAgain(path, wire.length)) throw error
      throw cutLine(path, wire.length, error)
    }
  }

  const fromOutside = async (path: string, file: CountyFile): Promise<Buffer> => {
    const failures: unknown[] = []
    const sources = options.sources()
    for (const source of sources) {
      try {
        return await fetched(source, path, file)
      } catch (error) {
        log('fetch-failed', { path, from: source.name, why: messageOf(error) })
        failures.push(error)
      }
    }
    // Given up for a stick that has come meanwhile: it is asked now.
    if (sources.some(({ left }) => left?.aborted === true)) return fromOutside(path, file)
    throw tellingFailure(failures, path)
  }

  const once = (path: string): Promise<Buffer> => {
    const waiting = underWay.get(path)
    if (waiting !== undefined) return waiting
    const file = readCountyPath(path)
    const answer = (async () => (await fromMirror(file)) ?? (await fromOwn(file)) ?? (await fromOutside(path, file)))()
    const done = answer.finally(() => underWay.delete(path))
    underWay.set(path, done)
    return done
  }

  /** Parts whose packs aren't here, or not whole any more: when all else is gone the mirror must have them (P10). */
  const lackingParts = async ({ root, packs }: ReleaseRecord): Promise<PlaceCode[]> => {
    const lacking: PlaceCode[] = []
    for (const part of [COUNTY, ...Object.keys(packs).filter((other) => other !== COUNTY)]) {
      const isWhole = (await fromMirror({ kind: 'pack', root, part }).catch(() => null)) !== null
      if (!isWhole) lacking.push(part)
    }
    return lacking
  }

  const complete = async (record: ReleaseRecord): Promise<void> => {
    const lacking = await lackingParts(record)
    if (lacking.length === 0) return
    const made = await rebuildParts(mirror, record, lacking)
    for (const part of [COUNTY, ...lacking.filter((other) => other !== COUNTY)]) {
      const wire = made.get(part)
      if (wire !== undefined) await stored({ kind: 'pack', root: record.root, part }, wire)
      else if (lacking.includes(part)) await once(paths.pack(record.root, part))
    }
  }

  /** Those that are here and damaged are fetched again; the next time tries anew where that fails. */
  const mendPictures = async (pictures: ReadonlySet<Hash>): Promise<void> => {
    for (const hash of pictures) {
      const file = { kind: 'media', hash } as const
      if (!mirror.has(file) || (await fromMirror(file)) !== null) continue
      await once(paths.media(hash)).catch((error: unknown) => log('picture-lost', { hash, why: messageOf(error) }))
    }
  }

  return {
    serve: async (path) => once(path),
    async shown(root, previous, trusted) {
      const record = recordOf(root)
      await complete(record)
      mirror.dropLoose(root)
      const kept = new Set([root, ...(previous === null ? [] : [previous]), ...(trusted === null ? [] : [trusted])])
      mirror.keepOnly(kept)
      for (const known of countyNodes.keys()) if (!kept.has(known)) countyNodes.delete(known)
      const pictures = await mediaOf(mirror, [...kept])
      mirror.keepMedia(pictures)
      await mendPictures(pictures)
    },
  }
}

/** Where files were cut. A line is cut somewhere else each time; a copy that ends at the same byte is a broken copy. */
function rememberCuts(): { isAgain(path: string, length: number): boolean } {
  const lengths = new Map<string, number>()
  return {
    isAgain(path, length) {
      const before = lengths.get(path)
      lengths.set(path, length)
      return before === length
    },
  }
}

/** A file that ended without a word that it would: asked for again, rather than given up for a longer way. */
function cutLine(path: string, length: number, cause: unknown): TransportError {
  const message = `Expected all of ${path}, got ${length} bytes and the end of the line; check cable and proxy`
  return new TransportError('E-OFFLINE', message, { cause })
}

function wireLimit(file: CountyFile, recordOf: (root: Hash) => ReleaseRecord): number {
  if (file.kind === 'block') return MAX_BLOCK_BYTES
  if (file.kind === 'media') return MAX_MEDIA_BYTES
  const record = recordOf(file.root)
  if (file.kind === 'tree') return record.tree.wire
  if (file.kind === 'pack') return packLength(record, file.part).wire
  const changes = file.kind === 'delta' ? record.deltas : (record.patches ?? [])
  return changes.find(({ root }) => root === file.from)?.wire ?? 0
}

const MERELY_ABSENT: readonly ErrorCode[] = ['E-MISSING', 'E-OFFLINE']

/** Of several sources' failures, the one that tells most: a refusal before an absence. */
function tellingFailure(failures: readonly unknown[], path: string): unknown {
  const refusal = failures.find((error) => error instanceof SunhallError && !MERELY_ABSENT.includes(error.code))
  return refusal ?? failures.at(-1) ?? new SunhallError('E-OFFLINE', `Expected a source for ${path}, got none`)
}
