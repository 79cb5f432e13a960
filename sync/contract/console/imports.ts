// Imports on the console: a file is sent up, looked into, mapped, looked over as a whole, and taken whole or in part.
// Times are ISO 8601; rows are counted from 1 as a spreadsheet shows them; money is in fen. Read by both sides.
import { z } from 'zod'
import { reasonSchema } from './reasons.ts'

const count = z.int().nonnegative()

/** Bytes of the largest file that is taken: 2 GB. */
export const UPLOAD_LIMIT = 2 * 1024 ** 3

export const importTableSchema = z.object({
  name: z.string(),
  /** '资金发放'. */
  title: z.string(),
  fields: z.array(z.object({ name: z.string(), title: z.string(), required: z.boolean() })),
})
export type ImportTable = z.infer<typeof importTableSchema>

export const importEntrySchema = z.object({
  id: count,
  table: z.string(),
  file: z.string(),
  rows: count,
  refused: count,
  duplicates: count,
  at: z.string(),
  by: z.string(),
  sample: z.boolean(),
  published: count.nullable(),
  undone: z.string().nullable(),
  /** The try that it came from, whose refused rows can be fetched; null for those without. */
  try: count.nullable(),
})
export type ImportEntryView = z.infer<typeof importEntrySchema>

export const tryStateSchema = z.enum(['running', 'taken', 'looked', 'refused', 'failed', 'broken'])
export const importTrySchema = z.object({
  id: count,
  table: z.string(),
  file: z.string(),
  startedAt: z.string(),
  by: z.string(),
  state: tryStateSchema,
  message: z.string(),
  /** False while it is at work, and where its file is gone. */
  resumable: z.boolean(),
  /** How it was to be taken; 'none' only looked. */
  take: z.enum(['whole', 'part', 'none']),
})
export type ImportTry = z.infer<typeof importTrySchema>

export const importListSchema = z.object({
  imports: z.array(importEntrySchema),
  tries: z.array(importTrySchema),
  senders: z.array(z.string()),
  tables: z.array(importTableSchema),
})

export const uploadSchema = z.object({
  /** Name of our own under which the file lies. */
  upload: z.string(),
  name: z.string(),
  bytes: count,
})
export type Upload = z.infer<typeof uploadSchema>

/** A file with everything chosen for it. */
export const importOrderSchema = z.strictObject({
  upload: z.string().regex(/^[0-9a-f-]{36}\.[a-z.]{3,8}$/),
  name: z.string().min(1).max(200),
  table: z.string().max(40),
  sender: z.string().max(60),
  /** None for the only one that suits. */
  sheets: z.array(z.string().max(120)).max(500),
  map: z.array(z.tuple([z.string().max(300), z.string().max(60)])).max(300),
  set: z.array(z.tuple([z.string().max(60), z.string().max(2000)])).max(60),
  take: z.enum(['whole', 'part', 'none', 'peek']),
})
export type ImportOrder = z.infer<typeof importOrderSchema>

/** What the first lines of a file say: the result of a job with take 'peek'. */
export const peekSchema = z.object({
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  /** None where the file has none, or some must be chosen. */
  chosen: z.array(z.string()),
  /** Null where a sheet must be chosen first. */
  headings: z
    .array(
      z.object({
        heading: z.string(),
        /** '' is left out; null is known by nobody. */
        field: z.string().nullable(),
        how: z.enum(['name', 'map', 'remembered']).nullable(),
        samples: z.array(z.string()),
      }),
    )
    .nullable(),
  titles: z.array(z.string()),
  unit: z.enum(['元', '万元']).nullable(),
})
export type Peek = z.infer<typeof peekSchema>

/** What a look or an import says: the result of a job with another take. */
export const importReportSchema = z.object({
  import: count,
  run: count,
  table: z.string(),
  file: z.string(),
  encoding: z.string(),
  taken: z.boolean(),
  accepted: count,
  refused: count,
  duplicates: count,
  skipped: count,
  ignored: z.array(z.string()),
  refusedFile: z.string().nullable(),
  refusedWorkbook: z.string().nullable(),
  sameFileAs: count.nullable(),
  sheet: z.string(),
  sheets: z.array(z.object({ sheet: z.string(), accepted: count, refused: count, duplicates: count, skipped: count })),
  unit: z.enum(['元', '万元']).nullable(),
  headings: z.array(z.object({ heading: z.string(), field: z.string(), how: z.enum(['name', 'map', 'remembered']) })),
  refusedCells: z.array(
    z.object({
      sheet: z.string(),
      row: count,
      column: z.string(),
      heading: z.string(),
      value: z.string(),
      reason: reasonSchema,
    }),
  ),
  skippedLines: z.array(z.object({ sheet: z.string(), row: count, kind: z.string(), text: z.string() })),
  totals: z.array(
    z.object({
      sheet: z.string(),
      row: count,
      scope: z.enum(['whole', 'part']),
      label: z.string(),
      figures: z.array(z.object({ heading: z.string(), text: z.string(), said: z.int().nullable(), summed: z.int() })),
      /** Rows above whose sums are lacking. */
      refused: count,
      duplicates: count,
    }),
  ),
  warnings: z.array(reasonSchema),
})
export type ImportReportView = z.infer<typeof importReportSchema>
