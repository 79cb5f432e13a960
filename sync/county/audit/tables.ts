// The table of the audit trail.
import type { Kysely } from 'kysely'

export interface AuditTables {
  /** Append-only. `hash` is over the entry and the hash before it (`audit.ts`). */
  audit: {
    seq: number
    /** ISO 8601. */
    at: string
    /** Login of whoever did it; 'system' for what runs by itself. */
    actor: string
    /** 'import', 'approve', 'publish', 'login', … */
    action: string
    /** What it was done to: 'import 12', 'release 7'. */
    object: string
    /** Canonical JSON. Never a secret, a password or a report's text. */
    detail: string
    before: string
    hash: string
  }
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createAuditTables(service: Kysely<any>): Promise<void> {
  await service.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('object', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('before', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute()
}
