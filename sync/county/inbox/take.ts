// Takes batches from terminals' journals into the inbox, sealed as they are (P4): the same message twice is one message
// with the same signed receipt; an id with other bytes is refused for good, signed, and noted once. Nothing here can open a
// message.
import { createHash } from 'node:crypto'
import { codeOf, type ErrorCode, messageOf, SunhallError } from '../../contract/errors.ts'
import { FINAL_REFUSALS, type HandOver, type HandOverAnswer, type OfficeRefusal } from '../../contract/inbox.ts'
import { MAX_SEALED_BYTES, sealedMessage } from '../../contract/report.ts'
import { appendAudit } from '../audit/audit.ts'
import { localDay } from '../release/today.ts'
import type { Service } from '../service/service.ts'
import type { ReceiptSigner } from './receipts.ts'

/** Most messages that one terminal hands in on one day: a village's worth of outrage, not a flood. */
export const MAX_A_DAY = 500

type Answer = HandOverAnswer['answers'][number]
interface Taking {
  service: Service
  terminal: string
  signer: ReceiptSigner
  now: Date
  /** The office's local day. */
  day: string
}

/** Takes a batch; each message is answered by itself. Never throws for a message's fault. */
export async function takeBatch(
  service: Service,
  { terminal, messages }: HandOver,
  signer: ReceiptSigner,
  now: Date,
): Promise<HandOverAnswer> {
  const taking: Taking = { service, terminal, signer, now, day: localDay(now) }
  const answers: Answer[] = []
  for (const text of messages) {
    const sha256 = createHash('sha256').update(text).digest('hex')
    try {
      answers.push({ result: 'kept', receipt: await takeOne(taking, text, sha256) })
    } catch (error) {
      answers.push(await refuse(taking, sha256, error))
    }
  }
  return { answers }
}

async function takeOne(taking: Taking, text: string, sha256: string): Promise<string> {
  const { id } = readSealed(text)
  const known = await receiptFor(taking, id, sha256)
  if (known !== null) return known
  const { service, terminal, signer, day } = taking
  await requireRoom(service, 'messages', terminal, day)
  const receipt = await signer.receipt({ format: 1, id, sha256, day })
  // Two deliveries of one message at the same moment: the first row stays, both get its receipt.
  await service
    .insertInto('messages')
    .values({ id, terminal, day, sha256, sealed: text, receipt })
    .onConflict((on) => on.column('id').doNothing())
    .execute()
  const kept = await receiptFor(taking, id, sha256)
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
async function receiptFor({ service, signer }: Taking, id: string, sha256: string): Promise<string | null> {
  const row = await service
    .selectFrom('messages')
    .select(['sha256', 'receipt', 'day'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.sha256 !== sha256)
    throw new SunhallError('E-STATE', `Expected message ${id} as it was kept, got other content`)
  if (await signer.isOwn(row.receipt)) return row.receipt
  // The office's key was rotated before the terminal had its receipt.
  const receipt = await signer.receipt({ format: 1, id, sha256, day: row.day })
  await service.updateTable('messages').set({ receipt }).where('id', '=', id).execute()
  return receipt
}

/** Errors: E-BUSY. */
async function requireRoom(
  service: Service,
  table: 'messages' | 'refusals',
  terminal: string,
  day: string,
): Promise<void> {
  const { count } = await service
    .selectFrom(table)
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('terminal', '=', terminal)
    .where('day', '=', day)
    .executeTakeFirstOrThrow()
  if (Number(count) < MAX_A_DAY) return
  throw new SunhallError('E-BUSY', `Expected at most ${MAX_A_DAY} messages a day from ${terminal}, got more`)
}

/** A forged or damaged message is noted once, without a word of it. */
async function refuse(taking: Taking, sha256: string, error: unknown): Promise<Answer> {
  const code: ErrorCode = codeOf(error, 'E-SERVER')
  const message = code === 'E-SERVER' ? 'The office could not keep it' : messageOf(error)
  const final = FINAL_REFUSALS.find((one) => one === code)
  if (final === undefined) {
    const { terminal, day } = taking
    await noteOnce(taking, { what: `${code} ${terminal} ${day}`, code, refusal: '' })
    return { result: 'refused', code, message }
  }
  try {
    return { result: 'refused', code, message, refusal: await refusalFor(taking, sha256, final) }
  } catch (busy) {
    return { result: 'refused', code: codeOf(busy, 'E-SERVER'), message: messageOf(busy) }
  }
}

/** The same refusal for the same bytes, however often they come. Errors: E-BUSY. */
async function refusalFor(taking: Taking, sha256: string, code: OfficeRefusal['code']): Promise<string> {
  const { service, signer, terminal, day } = taking
  const row = await service.selectFrom('refusals').select('refusal').where('what', '=', sha256).executeTakeFirst()
  if (row !== undefined && (await signer.isOwn(row.refusal))) return row.refusal
  await requireRoom(service, 'refusals', terminal, day)
  const refusal = await signer.refusal({ format: 1, sha256, code, day })
  await noteOnce(taking, { what: sha256, code, refusal })
  return refusal
}

async function noteOnce(
  { service, terminal, day, now }: Taking,
  { what, code, refusal }: { what: string; code: ErrorCode; refusal: string },
): Promise<void> {
  const done = await service
    .insertInto('refusals')
    .values({ what, terminal, day, refusal })
    .onConflict((on) => on.column('what').doNothing())
    .executeTakeFirst()
  if (Number(done.numInsertedOrUpdatedRows ?? 0) === 0) {
    if (refusal !== '') await service.updateTable('refusals').set({ refusal }).where('what', '=', what).execute()
    return
  }
  const entry = { actor: terminal, action: 'message-refused', object: `terminal ${terminal}`, detail: { code } }
  await appendAudit(service, entry, now)
}
