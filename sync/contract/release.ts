// The release record: the one TUF target that matters (`release.json`). Everything a terminal shows hangs off its
// hashes, and its lengths are where readers stop (P2).
import { z } from 'zod'
import { DATASETS, FORMAT_VERSION } from './tree.ts'

/** Name of the record among the TUF targets. */
export const RECORD_TARGET = 'release.json'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** Compressed and raw bytes of a file that hangs off the record. */
const fileLength = z.strictObject({ wire: count, raw: count })
export type FileLength = z.infer<typeof fileLength>

export const releaseRecord = z.strictObject({
  format: z.literal(FORMAT_VERSION),
  county: z.string(),
  /** 第 N 期, counted from 1. */
  number: z.int().positive(),
  /**
   * Which count of numbers this is, as the county's root says (x-sunhall.series); left out for 0. It rises only when
   * stolen release keys are rotated, so that a thief who signed release 1,000,000 doesn't shut the county out.
   */
  series: z.int().positive().optional(),
  root: hash,
  rootLength: count,
  /** When the office signed it, ISO 8601 in UTC. */
  signedAt: z.iso.datetime(),
  /** 数据截至: the last day the data reaches. */
  dataUntil: day,
  /** True for invented data: the screens say 示例数据. */
  sample: z.boolean(),
  /** False where it was published without a second person: the screens say 未经复核. */
  reviewed: z.boolean(),
  /** Rows by dataset. */
  datasets: z.record(z.enum(DATASETS), count),
  /** Rows by block kind, for the technician's view. */
  kinds: z.record(z.string(), count),
  tree: fileLength,
  /** One pack for the county and one a township, by part code. */
  packs: z.record(z.string(), fileLength),
  /** Whole-block deltas from earlier releases. */
  deltas: z.array(z.strictObject({ number: z.int().positive(), root: hash, wire: count, raw: count })),
  /**
   * Row patches from earlier releases, where they are smaller than the delta; left out where there is none. `hash` names
   * the raw bytes, so that the host can check one before it serves it.
   */
  patches: z
    .array(z.strictObject({ number: z.int().positive(), root: hash, hash, wire: count, raw: count }))
    .optional(),
  /** Pictures: how many and how many bytes in all. */
  media: z.strictObject({ count, bytes: count }),
  /** Head of the audit chain; '' until the office keeps one. */
  auditHead: z.string(),
  /** Numbers of the releases that were ever withdrawn; left out where none was. Who comes from one of them drops it. */
  withdrawn: z.array(z.int().positive()).optional(),
})
export type ReleaseRecord = z.infer<typeof releaseRecord>

/** Paths below the office's distribution folder and below `/county/` alike. All but metadata contain a root or a hash. */
export const paths = {
  pack: (root: string, part: string): string => `packs/${root}/${part}.gz`,
  tree: (root: string): string => `packs/${root}/tree.gz`,
  delta: (root: string, from: string): string => `deltas/${root}/${from}.gz`,
  patch: (root: string, from: string): string => `patches/${root}/${from}.gz`,
  block: (blockHash: string): string => `blocks/${blockHash.slice(0, 2)}/${blockHash}.gz`,
  media: (mediaHash: string): string => `media/${mediaHash.slice(0, 2)}/${mediaHash}.webp`,
} as const
