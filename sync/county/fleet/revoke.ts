// A lost or stolen terminal: its key is refused from now on, and its token too. A new token brings one back.
import { SunhallError } from '../../contract/errors.ts'
import { type Actor, requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Service } from '../service/service.ts'
import { requireTerminal } from './places.ts'

/** Errors: E-FORBIDDEN, E-INPUT, E-STATE where it never enrolled or is revoked already. */
export async function revokeTerminal(
  service: Service,
  terminal: string,
  why: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  requireRole(actor, 'technician')
  requireTerminal(actor, terminal)
  const at = now.toISOString()
  const { numUpdatedRows } = await service
    .updateTable('terminals')
    .set({ revoked_at: at, revoked_why: why })
    .where('terminal', '=', terminal)
    .where('revoked_at', '=', '')
    .executeTakeFirst()
  if (Number(numUpdatedRows) !== 1)
    throw new SunhallError(
      'E-STATE',
      `Expected ${terminal} enrolled and not revoked, got another; see "terminals show"`,
    )
  await service
    .updateTable('enrolment_tokens')
    .set({ used_at: at })
    .where('terminal', '=', terminal)
    .where('used_at', '=', '')
    .execute()
  await appendAudit(
    service,
    { actor: actor.login, action: 'revoke', object: `terminal ${terminal}`, detail: { why } },
    now,
  )
}
