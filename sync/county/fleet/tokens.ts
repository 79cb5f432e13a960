// One-time enrolment tokens: 128 random bits that a technician carries to one terminal, kept here as a hash only, void
// once used, once a newer one is made for the same terminal, or after 30 days.
import { createHash, randomBytes } from 'node:crypto'
import type { IssuedToken } from '../../contract/console/fleet.ts'
import { type Actor, requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Service } from '../service/service.ts'
import { requireTerminal } from './places.ts'

const TOKEN_BYTES = 16
export const TOKEN_DAYS = 30
const DAY_MS = 86_400_000

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** ISO 8601 of the end of a token issued then. */
export function tokenUntil(issuedAt: string): string {
  return new Date(Date.parse(issuedAt) + TOKEN_DAYS * DAY_MS).toISOString()
}

/** A new token for a terminal; an older one that waits is void from now on. Errors: E-INPUT, E-FORBIDDEN. */
export async function issueToken(service: Service, terminal: string, actor: Actor, now: Date): Promise<IssuedToken> {
  requireRole(actor, 'technician')
  requireTerminal(actor, terminal)
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const at = now.toISOString()
  await service.transaction().execute(async (all) => {
    await all
      .updateTable('enrolment_tokens')
      .set({ used_at: at })
      .where('terminal', '=', terminal)
      .where('used_at', '=', '')
      .execute()
    await all
      .insertInto('enrolment_tokens')
      .values({ hash: hashToken(token), terminal, issued_at: at, issued_by: actor.login, used_at: '', used_by: '' })
      .execute()
  })
  const until = tokenUntil(at)
  await appendAudit(
    service,
    { actor: actor.login, action: 'token', object: `terminal ${terminal}`, detail: { until } },
    now,
  )
  return { terminal, token, until }
}

/** The token that waits for a terminal; null where there is none, or it is too old. */
export async function waitingToken(service: Service, terminal: string, now: Date): Promise<TerminalToken | null> {
  const row = await service
    .selectFrom('enrolment_tokens')
    .select('issued_at')
    .where('terminal', '=', terminal)
    .where('used_at', '=', '')
    .executeTakeFirst()
  if (row === undefined) return null
  const until = tokenUntil(row.issued_at)
  return Date.parse(until) > now.getTime() ? { issuedAt: row.issued_at, until } : null
}
export interface TerminalToken {
  issuedAt: string
  until: string
}
