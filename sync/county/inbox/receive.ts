// What a terminal hands in over HTTP: signed by its own key where the office has taken it, plain before that. An enrolled
// terminal's name can't be used without its key, and a revoked one is heard no more.

import { SunhallError } from '../../contract/errors.ts'
import { BATCH_TYPE, type HandOver, type HandOverAnswer, handOver } from '../../contract/inbox.ts'
import { COUNTY } from '../../contract/tree.ts'
import { findTerminal } from '../fleet/receive.ts'
import { isSignedBy, unverified } from '../fleet/signed.ts'
import { readPrivate } from '../keys/keys.ts'
import type { Office } from '../office.ts'
import type { Service } from '../service/service.ts'
import { receiptSigner } from './receipts.ts'
import { takeBatch } from './take.ts'

/** Bytes of a request, at most: a full batch in base64url. */
export const MAX_HAND_OVER_BYTES = 512 * 1024

/**
 * Takes a batch. `jws`: a compact JWS where true, else plain JSON. Errors: E-FORMAT, E-FORBIDDEN for another county's, an
 * unsigned batch of an enrolled terminal or a revoked one, E-SIGNATURE, E-KEYS for an office without its receipt key.
 */
export async function receiveBatch(office: Office, body: string, jws: boolean, now: Date): Promise<HandOverAnswer> {
  const batch = jws ? unverified(body, BATCH_TYPE, handOver) : plain(body)
  const service = await office.service()
  await requireItself(service, batch.terminal, jws ? body : null)
  return await takeBatch(service, batch, receiptSigner(readPrivate(office.keys, 'office')), now)
}

function plain(body: string): HandOver {
  try {
    const batch = handOver.parse(JSON.parse(body))
    if (batch.county === COUNTY) return batch
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected a batch of sealed messages, got something else', { cause })
  }
  throw new SunhallError('E-FORBIDDEN', `Expected a terminal of county ${COUNTY}, got another county's`)
}

async function requireItself(service: Service, terminal: string, jws: string | null): Promise<void> {
  const known = await findTerminal(service, terminal)
  if (known === undefined && jws === null) return
  if (known === undefined || known.revoked_at !== '')
    throw new SunhallError('E-FORBIDDEN', `Expected a terminal that the office has taken, got ${terminal}; enrol it`)
  if (jws === null)
    throw new SunhallError('E-FORBIDDEN', `Expected a batch signed by ${terminal}'s own key, got an unsigned one`)
  if (await isSignedBy(jws, JSON.parse(known.key))) return
  throw new SunhallError('E-SIGNATURE', `Expected a batch signed by ${terminal}'s own key, got another key's`)
}
