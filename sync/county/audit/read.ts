// Reading the audit trail: a page for the console, the whole of it in order for a check or an export.
import type { Service } from '../service/service.ts'
import type { AuditRow } from './audit.ts'

export interface StoredEntry extends AuditRow {
  hash: string
}
export interface AuditFilter {
  /** Entries below this number. */
  below?: number
  actor?: string
  action?: string
  /** 'release 7', as a whole. */
  object?: string
}

const STEP = 1_000

/** Newest first, at most `limit`. */
export async function readAudit(service: Service, filter: AuditFilter, limit: number): Promise<StoredEntry[]> {
  let query = service.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit)
  if (filter.below !== undefined) query = query.where('seq', '<', filter.below)
  if (filter.actor !== undefined) query = query.where('actor', '=', filter.actor)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.object !== undefined) query = query.where('object', '=', filter.object)
  return query.execute()
}

/** Oldest first, a thousand at a time: a trail of years need not fit into memory. */
export async function* allEntries(service: Service): AsyncGenerator<StoredEntry> {
  let after: number | null = null
  for (;;) {
    let query = service.selectFrom('audit').selectAll().orderBy('seq').limit(STEP)
    if (after !== null) query = query.where('seq', '>', after)
    const rows: StoredEntry[] = await query.execute()
    yield* rows
    after = rows.at(-1)?.seq ?? null
    if (rows.length < STEP) return
  }
}
