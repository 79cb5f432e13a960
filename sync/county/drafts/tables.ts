// Tables of drafts in the service database.
import type { Kysely } from 'kysely'

export interface DraftTables {
  /** What was proposed as the next release, and what became of it. The content lies in DIR/drafts/<id>. */
  drafts: {
    id: number
    /** 'ordinary' | 'withdrawal' | 'republish'. */
    kind: string
    /** 'proposed' | 'approved' | 'published' | 'rejected' | 'replaced'. */
    state: string
    /** Release number that it would get. */
    number: number
    /** Release that it was compared with: number (0 for none) and root ('' for none). */
    base: number
    baseRoot: string
    root: string
    /** Root of the tree with all approvals blanked: what the reviewer looked at (`fingerprint.ts`). */
    fingerprint: string
    /** JSON list: imports that nobody had approved when it was proposed. */
    imports: string
    /** JSON list: imports that a withdrawal takes back; those that a republication leaves out. */
    without: string
    /** JSON list: releases that it withdraws. */
    withdraws: string
    /** Why, in words: of a withdrawal; '' elsewhere. */
    why: string
    proposedBy: string
    proposedName: string
    proposedAt: string
    /** Who approved or rejected it; '' until then. */
    decidedBy: string
    decidedName: string
    decidedAt: string
    /** Why it was rejected; '' elsewhere. */
    words: string
    /** Not before this moment (ISO 8601); '' where it waits for a hand. */
    publishAt: string
    publishedBy: string
    publishedAt: string
    /** Version of the signed snapshot, 0 until approved. */
    snapshot: number
    /** Canonical JSON of the signed release record; '' until approved. */
    record: string
  }
}

const TEXTS = [
  'kind',
  'state',
  'baseRoot',
  'root',
  'fingerprint',
  'imports',
  'without',
  'withdraws',
  'why',
  'proposedBy',
  'proposedName',
  'proposedAt',
  'decidedBy',
  'decidedName',
  'decidedAt',
  'words',
  'publishAt',
  'publishedBy',
  'publishedAt',
  'record',
] as const

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createDraftTables(service: Kysely<any>): Promise<void> {
  let table = service.schema.createTable('drafts').addColumn('id', 'integer', (column) => column.primaryKey())
  for (const name of TEXTS) table = table.addColumn(name, 'text', (column) => column.notNull())
  for (const name of ['number', 'base', 'snapshot'])
    table = table.addColumn(name, 'integer', (column) => column.notNull())
  await table.execute()
}
