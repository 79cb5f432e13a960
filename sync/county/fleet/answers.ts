// What goes back to a terminal: signed by the office key where the county has one, so that nobody on the line can answer
// in the office's place.
import { CompactSign } from 'jose'
import { ANSWER_TYPE, type Answer, type Refused } from '../../contract/fleet.ts'
import { hasKey, readPrivate } from '../keys/keys.ts'
import type { Office } from '../office.ts'

export interface SentAnswer {
  status: number
  type: 'application/jose' | 'application/json'
  body: string
  answer: Answer
}

const STATUS: Record<Refused, number> = { replayed: 409, revoked: 403, unknown: 403, token: 403 }

export function refusedAnswer(
  refused: Refused,
  { terminal, sequence }: Pick<Answer, 'terminal' | 'sequence'>,
  now: Date,
  expects = 1,
): Answer {
  return { terminal, sequence, time: now.toISOString(), ok: false, refused, expects, usageDays: [], asks: [] }
}

/** A county whose keys are older than the office key answers plainly; its terminals then obey no ask. */
export async function sendable(office: Office, answer: Answer): Promise<SentAnswer> {
  const status = answer.refused === null ? 200 : STATUS[answer.refused]
  const text = JSON.stringify(answer)
  if (!hasKey(office.keys, 'office')) return { status, type: 'application/json', body: text, answer }
  const body = await new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'EdDSA', typ: ANSWER_TYPE })
    .sign(readPrivate(office.keys, 'office'))
  return { status, type: 'application/jose', body, answer }
}
