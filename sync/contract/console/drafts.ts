// Drafts on the console: what a reviewer sees, and what is asked and answered. Money in fen; moments ISO 8601; shapes are
// read by both sides.
import { z } from 'zod'

const count = z.int().nonnegative()
const row = z.record(z.string(), z.unknown())

/** One row that differs from what is public, as a terminal would show it; people by name. */
export const rowChange = z.strictObject({
  change: z.enum(['added', 'changed', 'removed']),
  kind: z.string(),
  /** Name of the village, township or county. */
  place: z.string(),
  /** Fen: after minus before; 0 where the row carries no money. */
  money: z.int(),
  before: row.nullable(),
  after: row.nullable(),
})
export type RowChange = z.infer<typeof rowChange>

const changes = { added: count, changed: count, removed: count }
const totals = { before: z.int(), after: z.int() }

/** How one fund is masked; funds with open names have no rule. */
export const fundRule = z.strictObject({
  fund: z.string(),
  disclosure: z.enum(['masked', 'totals']),
  /** Why, as everyone may read it. */
  reason: z.string(),
})
export type FundRule = z.infer<typeof fundRule>
const disclosed = z.enum(['none', 'open', 'masked', 'totals'])

export const difference = z.strictObject({
  /** Rows by kind of block; kinds that are derived from others (sums, indexes) are left out. */
  kinds: z.array(z.strictObject({ kind: z.string(), ...changes, listed: count })),
  /** What households received, by fund: open payments and masked rows that changed, and the fund's totals. */
  funds: z.array(z.strictObject({ fund: z.string(), name: z.string(), ...changes, ...totals })),
  /** The same by village (the rows of every kind, the totals of open payments). */
  villages: z.array(
    z.strictObject({ village: z.string(), name: z.string(), township: z.string(), ...changes, ...totals }),
  ),
  /** The largest changes of money first. */
  largest: z.array(rowChange),
  /** Funds whose disclosure is new or changed, with the rows that appear and disappear by it. */
  disclosure: z.array(
    z.strictObject({
      fund: z.string(),
      name: z.string(),
      before: disclosed,
      after: disclosed,
      reason: z.string(),
      openAdded: count,
      openRemoved: count,
      maskedAdded: count,
      maskedRemoved: count,
      /** Villages whose rows of it appear or disappear. 'totals': no row of theirs, at most a part of a total. */
      villages: z
        .array(z.strictObject({ village: z.string(), name: z.string(), before: disclosed, after: disclosed }))
        .default([]),
    }),
  ),
  /** The masking rules of the draft. */
  rules: z.array(fundRule).default([]),
})
export type Difference = z.infer<typeof difference>

export const draftSummary = z.strictObject({
  id: z.int().positive(),
  kind: z.enum(['ordinary', 'withdrawal', 'republish']),
  state: z.enum(['proposed', 'approved', 'published', 'rejected', 'replaced']),
  number: z.int().positive(),
  base: count,
  fingerprint: z.string(),
  withdraws: z.array(z.int()),
  why: z.string(),
  proposedName: z.string(),
  proposedAt: z.string(),
  decidedName: z.string(),
  decidedAt: z.string(),
  words: z.string(),
  publishAt: z.string(),
  publishedAt: z.string(),
})
export type DraftSummary = z.infer<typeof draftSummary>

export const importInDraft = z.strictObject({
  id: z.int().nonnegative(),
  table: z.string(),
  file: z.string(),
  rows: count,
  by: z.string(),
  at: z.string(),
})
export type ImportInDraft = z.infer<typeof importInDraft>

/** Versions of the masking rules: of what is public (0 for none), and of the draft. */
export const draftRules = z.strictObject({ inForce: count, applies: z.int().positive() })
export type DraftRules = z.infer<typeof draftRules>

export const draftView = z.strictObject({
  draft: draftSummary,
  rules: draftRules,
  imports: z.array(importInDraft),
  difference: difference.nullable(),
  /** Why this person can't approve it, in Chinese; empty where they can. */
  refusals: z.array(z.string()),
  needsPassphrase: z.boolean(),
})
export type DraftView = z.infer<typeof draftView>

export const releaseInList = z.strictObject({
  number: z.int().positive(),
  signedAt: z.string(),
  dataUntil: z.string(),
  reviewed: z.boolean(),
  withdrawn: z.boolean(),
  rows: count,
  imports: z.array(importInDraft),
})
export type ReleaseInList = z.infer<typeof releaseInList>
export const draftsAnswer = z.strictObject({
  drafts: z.array(draftSummary),
  releases: z.array(releaseInList),
  /** True where nobody has to look first: sample keys and no account. */
  practice: z.boolean(),
})
export type DraftsAnswer = z.infer<typeof draftsAnswer>

/** Rows of one kind: of the difference, or of a place in the preview. */
export const rowsAnswer = z.strictObject({ total: count, rows: z.array(rowChange) })
export type RowsAnswer = z.infer<typeof rowsAnswer>
export const previewAnswer = z.strictObject({
  total: count,
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
})
export type PreviewAnswer = z.infer<typeof previewAnswer>
/** Where rows lie in the candidate. */
export const previewPlaces = z.strictObject({
  places: z.array(
    z.strictObject({
      part: z.string(),
      village: z.string(),
      name: z.string(),
      kinds: z.array(z.strictObject({ kind: z.string(), rows: count })),
    }),
  ),
})
export type PreviewPlaces = z.infer<typeof previewPlaces>

export const approveRequest = z.strictObject({
  /** What was looked at. */
  fingerprint: z.string(),
  /** Of the release key; '' where it has none. Goes to the signing process's standard input and nowhere else. */
  passphrase: z.string().max(1_000),
})
export const rejectRequest = z.strictObject({ words: z.string().trim().min(1).max(2_000) })
/** `at`: not before this moment; null: now. */
export const publishRequest = z.strictObject({ at: z.iso.datetime().nullable() })
export const withdrawRequest = z.strictObject({
  release: z.int().positive(),
  imports: z.array(z.int().positive()),
  why: z.string().trim().min(1).max(2_000),
})
export const republishRequest = z.strictObject({ release: z.int().positive() })
/** The job that does it: its progress is asked for under /console/api/jobs. */
export const jobAnswer = z.strictObject({ job: z.string() })
