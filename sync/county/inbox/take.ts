// Takes batches from terminals' journals into the inbox, sealed as they are (P4): the same message twice is one message
// with the same signed receipt; an id with other bytes is refused and noted. Nothing here can open a message.
import { createHash, type KeyObject } from 'node:crypto'
import { CompactSign } from 'jose'
import { codeOf, type ErrorCode, messageOf, SunhallError } from '../../contract/errors.ts'
import { type HandOver, type HandOverAnswer, RECEIPT_TYPE } from '../../contract/inbox.ts'
import { MAX_SEALED_BYTES, type OfficeReceipt, sealedMessage } from '../../contract/report.ts'
import { appendAudit } from '../audit/audit.ts'
import { localDay } from '../release/today.ts'
import type { Service } from '../service/service.ts'

/** Signs a receipt: compact JWS. */
export type SignReceipt = (receipt: OfficeReceipt) => Promise<string>

/** Signs with the office's Ed25519 key. */
export function receiptSigner(key: KeyObject): SignReceipt {
  return (receipt) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(receipt)))
      .setProtectedHeader({ alg: 'EdDSA', typ: RECEIPT_TYPE })
      .sign(key)
}

/** Most messages that one terminal hands in on one day: a village's worth of outrage, not a flood. */
export const MAX_A_DAY = 500

/** Takes a batch; each message is answered by itself. `day`: the office's local day. Never throws for a message's fault. */
export async function takeBatch(
  service: Service,
  batch: HandOver,
  sign: SignReceipt,
  now: Date,
): Promise<HandOverAnswer> {
  const answers: HandOverAnswer['answers'] = []
  for (const text of batch.messages) {
    try {
      answers.push({ result: 'kept', receipt: await takeOne(service, batch.terminal, text, sign, now) })
    } catch (error) {
      answers.push(await refusal(service, batch.terminal, error, now))
    }
  }
  return { answers }
}

async function takeOne(
  service: Service,
  terminal: string,
  text: string,
  sign: SignReceipt,
  now: Date,
): Promise<string> {
  const { id } = readSealed(text)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const known = await receiptFor(service, id, sha256)
  if (known !== null) return known
  const day = localDay(now)
  await requireRoom(service, terminal, day)
  const receipt = await sign({ format: 1, id, sha256, day })
  // Two deliveries of one message at the same moment: the first row stays, both get its receipt.
  await service
    .insertInto('messages')
    .values({ id, terminal, day, sha256, sealed: text, receipt })
    .onConflict((on) => on.column('id').doNothing())
    .execute()
  const kept = await receiptFor(service, id, sha256)
  if (kept === null) throw new SunhallError('E-SERVER', `Expected message ${id} to be kept, found none; try again`)
  // No audit entry: it would keep the time of arrival, which the envelope leaves out. Row and receipt are the record.
  return kept
}

function readSealed(text: string) {
  if (Buffer.byteLength(text) > MAX_SEALED_BYTES)
    throw new SunhallError('E-LENGTH', `Expected a message of at most ${MAX_SEALED_BYTES} bytes, got more`)
  try {
    return sealedMessage.parse(JSON.parse(text))
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected a sealed message, got something else', { cause })
  }
}

/** The receipt of a message that is here; null where it isn't. Errors: E-STATE where this id has other content. */
async function receiptFor(service: Service, id: string, sha256: string): Promise<string | null> {
  const row = await service.selectFrom('messages').select(['sha256', 'receipt']).where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  if (row.sha256 === sha256) return row.receipt
  throw new SunhallError('E-STATE', `Expected message ${id} as it was kept, got other content`)
}

async function requireRoom(service: Service, terminal: string, day: string): Promise<void> {
  const { count } = await service
    .selectFrom('messages')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('terminal', '=', terminal)
    .where('day', '=', day)
    .executeTakeFirstOrThrow()
  if (Number(count) < MAX_A_DAY) return
  throw new SunhallError('E-BUSY', `Expected at most ${MAX_A_DAY} messages a day from ${terminal}, got more`)
}

/** A forged or damaged message is noted without a word of it. */
async function refusal(
  service: Service,
  terminal: string,
  error: unknown,
  now: Date,
): Promise<HandOverAnswer['answers'][number]> {
  const code: ErrorCode = codeOf(error, 'E-SERVER')
  await appendAudit(
    service,
    { actor: terminal, action: 'message-refused', object: `terminal ${terminal}`, detail: { code } },
    now,
  )
  return { result: 'refused', code, message: code === 'E-SERVER' ? 'The office could not keep it' : messageOf(error) }
}
