// The audit trail as the console shows it.
import { z } from 'zod'

export const auditEntrySchema = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  object: z.string(),
  /** Canonical JSON of a flat object. */
  detail: z.string(),
  hash: z.string(),
})
export type AuditEntryView = z.infer<typeof auditEntrySchema>

/** Newest first. `more` where older ones go on. */
export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema), more: z.boolean() })

export const auditCheckSchema = z.object({
  ok: z.boolean(),
  entries: z.int(),
  /** Hash of the last entry; '' where there is none. To be noted down elsewhere. */
  head: z.string(),
  /** Release records whose head was looked for in the chain. */
  releases: z.int(),
  /** The first thing that is broken; null where nothing is. */
  broken: z
    .object({
      /** Entry, where it is one. */
      seq: z.int().nullable(),
      /** Release, where its head is not in the chain. */
      release: z.int().nullable(),
      reason: z.enum(['gap', 'link', 'hash', 'release-head', 'noted-head', 'record']),
    })
    .nullable(),
})
export type AuditCheck = z.infer<typeof auditCheckSchema>
