// The audit trail: append-only, each entry hashed together with the one before, the head in every release record. Who
// changes or drops an entry breaks the chain from there on, and every published head after it.
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../core/canonical.ts'
import type { Service } from '../service/service.ts'

export interface AuditEntry {
  /** Login of whoever did it; 'system' for what runs by itself. */
  actor: string
  /** 'import', 'approve', 'publish', … */
  action: string
  /** 'import 12', 'release 7'. */
  object: string
  /** Facts worth keeping. Never a secret, a password or a report's text. */
  detail?: { readonly [name: string]: string | number | boolean | null }
}

/** Appends one entry and gives back the new head (64 hex digits). Safe against others that append at the same moment. */
export async function appendAudit(service: Service, entry: AuditEntry, now: Date): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const last = await lastEntry(service)
    const row = {
      seq: (last?.seq ?? 0) + 1,
      at: now.toISOString(),
      actor: entry.actor,
      action: entry.action,
      object: entry.object,
      detail: canonicalJson(entry.detail ?? {}),
      before: last?.hash ?? '',
    }
    const hash = entryHash(row)
    try {
      await service
        .insertInto('audit')
        .values({ ...row, hash })
        .execute()
      return hash
    } catch (error) {
      // Somebody else took that number: the chain goes on after theirs.
      if (attempt >= 20 || !(await isTaken(service, row.seq))) throw error
    }
  }
}

/** Head of the chain; '' before the first entry. */
export async function auditHead(service: Service): Promise<string> {
  return (await lastEntry(service))?.hash ?? ''
}

export interface AuditRow {
  seq: number
  at: string
  actor: string
  action: string
  object: string
  detail: string
  before: string
}

/** SHA-256 over the canonical JSON of the entry with its predecessor's hash. */
export function entryHash({ seq, at, actor, action, object, detail, before }: AuditRow): string {
  return createHash('sha256').update(canonicalJson({ seq, at, actor, action, object, detail, before })).digest('hex')
}

function lastEntry(service: Service): Promise<{ seq: number; hash: string } | undefined> {
  return service.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
}

async function isTaken(service: Service, seq: number): Promise<boolean> {
  return (await service.selectFrom('audit').select('seq').where('seq', '=', seq).executeTakeFirst()) !== undefined
}
