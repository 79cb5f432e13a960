// Publication: source → blocks → tree → proof → files → signatures, in that order. Until the timestamp is renamed into
// place nothing of the new release is published, and a crash leaves the old one (P1, P2).
//
//   stageRelease    all but the timestamp, into the distribution folder itself or a folder aside (an approved draft)
//   publishRelease  the same with the timestamp at once
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../contract/errors.ts'
import { DELTA_DISTANCES, MAX_RECORD_BYTES } from '../contract/limits.ts'
import { type ReleaseRecord, releaseRecord } from '../contract/release.ts'
import type { Hash } from '../contract/rows.ts'
import { DATASETS, FORMAT_VERSION } from '../contract/tree.ts'
import { canonicalJson } from '../core/canonical.ts'
import { decodeBlock } from '../core/codec.ts'
import { buildBlocks } from './build.ts'
import { missingCharacters } from './characters.ts'
import { writeDelta, writeMedia, writePacks, writeSingleBlocks } from './distribution.ts'
import { writeWhole } from './files.ts'
import { KeptVillages } from './kept-villages.ts'
import type { Signer } from './keys.ts'
import { writePatch } from './patches.ts'
import type { BuiltBlock, Prove } from './prove.ts'
import type { ReleaseSource } from './source.ts'
import { type BuiltTree, buildTree } from './tree.ts'
import { nextSnapshotVersion, pointTo, seriesIn, signSnapshot, writeRoot } from './tuf.ts'

export interface StageOptions {
  source: ReleaseSource
  /** Distribution folder: what any web server may serve as it is. */
  dist: string
  /** Where the new release's files are written: `dist` itself, or a folder aside in the same layout. */
  into: string
  keys: { root: string; release: Signer }
  /** 第 N 期: higher than the one before. */
  number: number
  /** Record of the release that is published now; null before the first. */
  previous: ReleaseRecord | null
  /** When it is signed. */
  now: Date
  /** The office's clock, to hold `now` against; the machine's where not given. */
  clock?: Date
  prove?: Prove
  /** Head of the office's audit chain; asked for after the proof, so that what was decided until then is covered. */
  auditHead?: () => string
  /** Releases that this one withdraws, with all that were before: terminals drop them as soon as they show this one. */
  withdrawn?: readonly number[]
  /** The office's own file, outside `dist`, that lets villages be taken from the release before (`kept-villages.ts`). */
  prints?: string
}
export interface PublishOptions extends Omit<StageOptions, 'into' | 'keys'> {
  keys: { root: string; release: Signer; timestamp: Signer }
}
export interface StagedRelease {
  record: ReleaseRecord
  figures: PublishFigures
  /** Version of the signed snapshot that leads to the record. */
  snapshot: number
}
export interface PublishFigures {
  /** From the first row read to the timestamp in place, without proof. */
  ms: number
  buildMs: number
  proofMs: number
  filesMs: number
  rows: number
  blocks: number
  /** Blocks that no earlier release in the folder had. */
  newBlocks: number
  rawBytes: number
  /** All packs, gzipped. */
  wireBytes: number
  /** Characters of published texts that the shipped fonts lack: they would be drawn in another face. */
  missingCharacters: string[]
}

/** Publishes a release: `stageRelease` into the distribution folder, then the timestamp. Errors: those of `stageRelease`. */
export async function publishRelease(
  options: PublishOptions,
): Promise<{ record: ReleaseRecord; figures: PublishFigures }> {
  const { dist, now } = options
  const { record, figures, snapshot } = await stageRelease({ ...options, into: dist })
  const start = performance.now()
  pointTo(dist, snapshot, options.keys.timestamp, now)
  return { record, figures: { ...figures, ms: figures.ms + Math.round(performance.now() - start) } }
}

/**
 * Builds, proves, writes and signs a release, all but the timestamp: nobody is shown it yet. Errors: E-CLOCK for a date
 * before the last release or ahead of the clock, E-NUMBER for a number that isn't higher, E-INPUT and E-FORMAT for rows,
 * whatever `prove` throws, E-LENGTH over a limit.
 */
export async function stageRelease(options: StageOptions): Promise<StagedRelease> {
  const { source, dist, into, now } = options
  requireLater(options)
  const start = performance.now()
  const kept = options.prints === undefined ? null : new KeptVillages(options.prints, dist, source.openYear)
  const blocks = await buildBlocks(source, kept)
  const tree = buildTree(blocks)
  const built = performance.now()
  await options.prove?.(blocks)
  const proved = performance.now()
  const { files, newBlocks } = await writeBlocks(options, tree, blocks)
  const deltas = await deltasTo(options, tree, blocks)
  const patches = await patchesTo(options, tree, blocks, deltas)
  const media = mediaOf(blocks)
  await writeMedia(into, media, (hash) => source.media(hash), dist)
  const record = recordOf(options, tree, blocks, { ...files, deltas, patches, media })
  const text = canonicalJson(record)
  if (Buffer.byteLength(text) > MAX_RECORD_BYTES) {
    throw new SunhallError(
      'E-LENGTH',
      `Expected a record of at most ${MAX_RECORD_BYTES} bytes, got ${Buffer.byteLength(text)}`,
    )
  }
  // Kept for later deltas; whoever reads it there without the signature knows nothing that the target doesn't say.
  writeWhole(into, recordPath(record.number), text)
  writeRoot(into, options.keys.root)
  const snapshot = nextSnapshotVersion(dist)
  signSnapshot(into, text, options.keys.release, snapshot, now)
  kept?.save(record.root)
  const times = { start, built, proved, end: performance.now() }
  return { record, snapshot, figures: { ...timesOf(times), ...sizesOf(blocks, record), newBlocks } }
}

/** Packs are compressed in other threads, single blocks in this one: at the same time. Neither runs on when the other fails. */
async function writeBlocks({ dist, into }: StageOptions, tree: BuiltTree, blocks: readonly BuiltBlock[]) {
  const packs = writePacks(into, tree, blocks)
  const singles = writeSingleBlocks(into, blocks, dist)
  await Promise.allSettled([packs, singles])
  return { files: await packs, newBlocks: await singles }
}

function timesOf(at: { start: number; built: number; proved: number; end: number }) {
  return {
    ms: Math.round(at.end - at.start - (at.proved - at.built)),
    buildMs: Math.round(at.built - at.start),
    proofMs: Math.round(at.proved - at.built),
    filesMs: Math.round(at.end - at.proved),
  }
}

function sizesOf(blocks: readonly BuiltBlock[], record: ReleaseRecord) {
  return {
    rows: blocks.reduce((sum, { leaf }) => sum + leaf[3], 0),
    blocks: blocks.length,
    rawBytes: blocks.reduce((sum, { leaf }) => sum + leaf[5], 0),
    wireBytes: Object.values(record.packs).reduce((sum, { wire }) => sum + wire, 0),
    missingCharacters: missingCharacters(blocks),
  }
}

/** Record of an earlier release in the folder; null where there is none. Unsigned: for deltas and lists only. */
export function keptRecord(dist: string, number: number): ReleaseRecord | null {
  const file = join(dist, recordPath(number))
  return existsSync(file) ? releaseRecord.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

/** Where a release's record is kept in the distribution folder. */
export function recordPath(number: number): string {
  return `records/${number}.json`
}

function requireLater({ previous, number, now, clock = new Date(), source }: StageOptions): void {
  if (now.getTime() > clock.getTime() + 1_000) {
    throw new SunhallError(
      'E-CLOCK',
      `Expected a date up to ${clock.toISOString()}, got ${now.toISOString()}; set the clock`,
    )
  }
  if (source.dataUntil > localDay(now)) {
    throw new SunhallError(
      'E-CLOCK',
      `Expected data up to ${localDay(now)}, got ${source.dataUntil}; set the clock or correct the data`,
    )
  }
  if (previous === null) return
  if (now.getTime() < Date.parse(previous.signedAt)) {
    throw new SunhallError(
      'E-CLOCK',
      `Expected a date after release ${previous.number} of ${previous.signedAt}, got ${now.toISOString()}; set the clock`,
    )
  }
  if (number <= previous.number) {
    throw new SunhallError('E-NUMBER', `Expected a number above ${previous.number}, got ${number}`)
  }
}

/** The day in China, where it begins eight hours before UTC's. */
function localDay(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

async function deltasTo(
  { dist, into, number }: StageOptions,
  tree: BuiltTree,
  blocks: readonly BuiltBlock[],
): Promise<ReleaseRecord['deltas']> {
  const deltas: ReleaseRecord['deltas'] = []
  for (const distance of DELTA_DISTANCES) {
    const from = keptRecord(dist, number - distance)
    const delta = from === null ? null : await writeDelta({ dist, into }, tree, blocks, from)
    if (delta !== null && !deltas.some(({ root }) => root === delta.root)) deltas.push(delta)
  }
  return deltas
}

/** A patch from each release that has a delta, where it is the smaller of the two. */
async function patchesTo(
  options: StageOptions,
  tree: BuiltTree,
  blocks: readonly BuiltBlock[],
  deltas: ReleaseRecord['deltas'],
): Promise<Pick<ReleaseRecord, 'patches'>> {
  const { dist, into } = options
  const patches: NonNullable<ReleaseRecord['patches']> = []
  // From a withdrawn release none: it tells by how much a figure changed, and so what it was.
  const withdrawn = new Set(withdrawnOf(options).withdrawn)
  for (const delta of deltas.filter(({ number }) => !withdrawn.has(number))) {
    const patch = await writePatch({ dist, into }, tree, blocks, delta, delta.wire)
    if (patch !== null) patches.push(patch)
  }
  return patches.length === 0 ? {} : { patches }
}

function mediaOf(blocks: readonly BuiltBlock[]): Map<Hash, number> {
  const rows = blocks.filter(({ leaf }) => leaf[0] === 'media').flatMap(({ bytes }) => decodeBlock('media', bytes))
  return new Map(rows.map(({ hash, length }) => [hash, length]))
}

interface Files {
  packs: ReleaseRecord['packs']
  tree: ReleaseRecord['tree']
  deltas: ReleaseRecord['deltas']
  patches: Pick<ReleaseRecord, 'patches'>
  media: ReadonlyMap<Hash, number>
}

function recordOf(options: StageOptions, tree: BuiltTree, blocks: readonly BuiltBlock[], files: Files): ReleaseRecord {
  const { source } = options
  const kinds: Record<string, number> = {}
  for (const { leaf } of blocks) kinds[leaf[0]] = (kinds[leaf[0]] ?? 0) + leaf[3]
  const rowsOf = (dataset: string): number =>
    blocks.reduce((sum, block) => (block.dataset === dataset ? sum + block.leaf[3] : sum), 0)
  const datasets = Object.fromEntries(
    DATASETS.map((dataset) => [dataset, rowsOf(dataset)]),
  ) as ReleaseRecord['datasets']
  return {
    format: FORMAT_VERSION,
    county: source.county,
    number: options.number,
    root: tree.root.hash,
    rootLength: tree.root.length,
    signedAt: options.now.toISOString(),
    dataUntil: source.dataUntil,
    sample: source.sample,
    reviewed: source.reviewed,
    datasets,
    kinds,
    tree: files.tree,
    packs: files.packs,
    deltas: files.deltas,
    ...files.patches,
    media: { count: files.media.size, bytes: [...files.media.values()].reduce((sum, length) => sum + length, 0) },
    auditHead: options.auditHead?.() ?? '',
    ...withdrawnOf(options),
    ...seriesIn(options.keys.root),
  }
}

/** Every release that was ever withdrawn: a terminal may come from any of them. Left out where there is none. */
function withdrawnOf({ previous, withdrawn = [] }: StageOptions): Pick<ReleaseRecord, 'withdrawn'> {
  const all = [...new Set([...(previous?.withdrawn ?? []), ...withdrawn])].sort((a, b) => a - b)
  return all.length === 0 ? {} : { withdrawn: all }
}
