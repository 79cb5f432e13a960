// Checks on the console: the rules that look over what was imported, what they found, and the words that justify a
// warning. Times are ISO 8601; rows are counted from 1 as a spreadsheet shows them; shapes are read by both sides.
import { z } from 'zod'

const count = z.int().nonnegative()

/** An error stops a publication until the rows are mended; a warning until somebody has given a reason. */
export const checkLevel = z.enum(['error', 'warning'])
export type CheckLevel = z.infer<typeof checkLevel>

export const finding = z.strictObject({
  /** 32 lower-case hex digits: the same for the same fault in the same rows, whichever file brings them again. */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  rule: z.string(),
  level: checkLevel,
  table: z.string(),
  import: count,
  /** File and row where it is to be mended; '' and 0 where it is a sum of many. */
  file: z.string(),
  row: count,
  place: z.string(),
  placeName: z.string(),
  /** What stands there, what was expected, both in Chinese. */
  value: z.string(),
  wanted: z.string(),
  firstAt: z.string(),
  /** Why it may stand; '' while nobody has said. */
  words: z.string(),
  justifiedName: z.string(),
  justifiedAt: z.string(),
})
export type Finding = z.infer<typeof finding>

export const ruleSummary = z.strictObject({
  id: z.string(),
  level: checkLevel,
  title: z.string(),
  /** Why the rule is there, where it is written, and what to do about a hit. */
  why: z.string(),
  source: z.string(),
  todo: z.string(),
  errors: count,
  /** Warnings that nobody has justified yet, and those that somebody has. */
  warnings: count,
  justified: count,
  /** Hits beyond those that are kept singly: they count as open. */
  unlisted: count,
})
export type RuleSummary = z.infer<typeof ruleSummary>

export const checkSettings = z.strictObject({
  /** Words of expenses that the county forbids: looked for in summary, account and class. */
  forbidden: z.array(z.string().min(1).max(20)).max(100),
  /** 'YYYY-MM': nothing may be added to this month or an earlier one; '' for none. */
  closedUntil: z.string().regex(/^(\d{4}-(0[1-9]|1[0-2]))?$/),
  /** Days after which a returned payment should have been sent again. */
  resendDays: z.int().min(1).max(3650),
  /** How many times the usual amount of a fund is unusual. */
  outlierTimes: z.int().min(2).max(10_000),
  /** Fen by which standard × quantity may be rounded. */
  rounding: z.int().min(0).max(100),
})
export type CheckSettings = z.infer<typeof checkSettings>

export const checkOverview = z.strictObject({
  /** When all rules last looked; '' where never. */
  ranAt: z.string(),
  /** True when rows have come or gone since: the counts may not hold any more. */
  stale: z.boolean(),
  errors: count,
  warnings: count,
  rules: z.array(ruleSummary),
  settings: checkSettings,
})
export type CheckOverview = z.infer<typeof checkOverview>

export const findingPage = z.strictObject({ findings: z.array(finding), total: count })
export type FindingPage = z.infer<typeof findingPage>

/** One finding by its id, or all open warnings of a rule (of one import where it is given). */
export const justifyRequest = z
  .strictObject({
    id: z.string().optional(),
    rule: z.string().optional(),
    import: count.optional(),
    words: z.string().trim().min(4).max(300),
  })
  .refine((asked) => (asked.id === undefined) !== (asked.rule === undefined), 'Expected either a finding or a rule')
export type JustifyRequest = z.infer<typeof justifyRequest>

export const justifyAnswer = z.strictObject({ justified: count })
