// Takes what terminals send of themselves: enrolments, and heartbeats in their sequence. Nothing unsigned, replayed,
// revoked or foreign changes anything.
//
//   enrolment ─ signed by the key it carries ─ token waits ─► key taken, sequence from the start
//        └─ the same key with the same token again: the answer was lost, it is given again
//   heartbeat ─ signed by the terminal's key ─ not revoked ─ sequence higher than the last ─► kept
import { calculateJwkThumbprint, type JWK } from 'jose'
import {
  type Answer,
  ENROLMENT_TYPE,
  enrolment,
  HEARTBEAT_TYPE,
  type Heartbeat,
  heartbeat,
  type Refused,
} from '../../contract/fleet.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import type { Service } from '../service/service.ts'
import { refusedAnswer, type SentAnswer, sendable } from './answers.ts'
import { pendingAsks } from './asks.ts'
import { carriedKey, isSignedBy, unverified } from './signed.ts'
import { hashToken, tokenUntil } from './tokens.ts'
import { storeUsage } from './usage.ts'

/** Errors: E-FORMAT, E-SIGNATURE, E-FORBIDDEN for another county's. */
export async function receiveEnrolment(office: Office, jws: string, now: Date): Promise<SentAnswer> {
  const { terminal, token } = unverified(jws, ENROLMENT_TYPE, enrolment)
  const key = await carriedKey(jws)
  const thumbprint = await calculateJwkThumbprint(key)
  const service = await office.service()
  const taken = await spendToken(service, { hash: hashToken(token), terminal, thumbprint }, now)
  if (taken === 'refused') return sendable(office, refusedAnswer('token', { terminal, sequence: 0 }, now))
  if (taken === 'spent') {
    await takeKey(service, terminal, key, thumbprint, now)
    const detail = { key: thumbprint }
    await appendAudit(service, { actor: 'system', action: 'enrol', object: `terminal ${terminal}`, detail }, now)
  }
  return sendable(office, takenAnswer(terminal, 0, now))
}

interface Spending {
  hash: string
  terminal: string
  thumbprint: string
}

/** One statement decides who spends it, whoever comes at the same moment. */
async function spendToken(service: Service, given: Spending, now: Date): Promise<'spent' | 'again' | 'refused'> {
  const row = await service
    .selectFrom('enrolment_tokens')
    .selectAll()
    .where('hash', '=', given.hash)
    .where('terminal', '=', given.terminal)
    .executeTakeFirst()
  if (row === undefined) return 'refused'
  if (row.used_at !== '') return (await isCurrentKey(service, given, row.used_by)) ? 'again' : 'refused'
  if (Date.parse(tokenUntil(row.issued_at)) <= now.getTime()) return 'refused'
  const { numUpdatedRows } = await service
    .updateTable('enrolment_tokens')
    .set({ used_at: now.toISOString(), used_by: given.thumbprint })
    .where('hash', '=', given.hash)
    .where('used_at', '=', '')
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1 ? 'spent' : 'refused'
}

/** The terminal didn't hear the first answer: the key that spent the token is the one in use, and not revoked. */
async function isCurrentKey(service: Service, { terminal, thumbprint }: Spending, usedBy: string): Promise<boolean> {
  const known = await findTerminal(service, terminal)
  return usedBy === thumbprint && known?.thumbprint === thumbprint && known.revoked_at === ''
}

/** A new key takes the place of the old one, and of a revocation: a technician carried the token there. */
async function takeKey(service: Service, terminal: string, key: JWK, thumbprint: string, now: Date): Promise<void> {
  const fresh = {
    ...{ key: JSON.stringify(key), thumbprint, enrolled_at: now.toISOString(), revoked_at: '', revoked_why: '' },
    ...{ sequence: 0, heard_at: '', heartbeat: '' },
  }
  await service
    .insertInto('terminals')
    .values({ terminal, ...fresh })
    .onConflict((on) => on.column('terminal').doUpdateSet(fresh))
    .execute()
}

/** Errors: E-FORMAT, E-FORBIDDEN for another county's. */
export async function receiveHeartbeat(office: Office, jws: string, now: Date): Promise<SentAnswer> {
  const beat = unverified(jws, HEARTBEAT_TYPE, heartbeat)
  const service = await office.service()
  const verdict = await judge(service, jws, beat)
  if (verdict !== null) return sendable(office, refusedAnswer(verdict.refused, beat, now, verdict.expects))
  if (!(await keep(service, beat, now)))
    return sendable(office, refusedAnswer('replayed', beat, now, (await lastSequence(service, beat.terminal)) + 1))
  const usageDays = await storeUsage(service, beat.terminal, beat.usage, now)
  const asks = await pendingAsks(service, beat.terminal, now)
  return sendable(office, { ...takenAnswer(beat.terminal, beat.sequence, now), usageDays, asks })
}

async function judge(
  service: Service,
  jws: string,
  { terminal, sequence }: Heartbeat,
): Promise<{ refused: Refused; expects: number } | null> {
  const known = await findTerminal(service, terminal)
  if (known === undefined || !(await isSignedBy(jws, JSON.parse(known.key)))) return { refused: 'unknown', expects: 1 }
  if (known.revoked_at !== '') return { refused: 'revoked', expects: 1 }
  const expects = known.sequence + 1
  return sequence < expects ? { refused: 'replayed', expects } : null
}

/** False where another one of the same or a later sequence came in between. */
async function keep(service: Service, beat: Heartbeat, now: Date): Promise<boolean> {
  const { usage: _, ...rest } = beat
  const at = now.toISOString()
  const { numUpdatedRows } = await service
    .updateTable('terminals')
    .set({ sequence: beat.sequence, heard_at: at, heartbeat: JSON.stringify(rest) })
    .where('terminal', '=', beat.terminal)
    .where('sequence', '<', beat.sequence)
    .executeTakeFirst()
  if (Number(numUpdatedRows) !== 1) return false
  await service
    .insertInto('heartbeats')
    .values({
      terminal: beat.terminal,
      at,
      release: beat.shown?.number ?? null,
      disk_free: beat.diskFreeBytes,
      clock_offset_ms: beat.clockOffsetMs,
      refusal: beat.refusal?.code ?? '',
      error: beat.lastError?.code ?? '',
    })
    .onConflict((on) => on.doNothing())
    .execute()
  return true
}

export function findTerminal(service: Service, terminal: string) {
  return service.selectFrom('terminals').selectAll().where('terminal', '=', terminal).executeTakeFirst()
}

async function lastSequence(service: Service, terminal: string): Promise<number> {
  return (await findTerminal(service, terminal))?.sequence ?? 0
}

function takenAnswer(terminal: string, sequence: number, now: Date): Answer {
  const nothing = { refused: null, usageDays: [], asks: [] }
  return { terminal, sequence, time: now.toISOString(), ok: true, expects: sequence + 1, ...nothing }
}
