// Carries the journal to the office: in slots, not when something was pressed, so that the line tells nobody who stood
// there; the same bytes again until the office's signed receipt has come; then, and only then, the message goes (P4).
//
//   slot ─► batch, shuffled ─POST─► answers ─ receipt verified ─► removed from the journal
//             ▲   │ more waits           ├ refused for good, signed ─► set aside
//             │   │                      └ none, wrong or refused ─► stays
//             └───┘             no line, 429, 503, 500 ─► later, with back-off
import { compactVerify, importJWK } from 'jose'
import type { DelegatedKey } from '../../../kiosk-config/root.ts'
import { codeOf, type ErrorCode, messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import {
  type HandOver,
  type HandOverAnswer,
  handOverAnswer,
  officeRefusal,
  RECEIPT_TYPE,
  REFUSAL_TYPE,
} from '../../../sync/contract/inbox.ts'
import { MAX_BATCH_BYTES, MAX_BATCH_MESSAGES } from '../../../sync/contract/limits.ts'
import { officeReceipt } from '../../../sync/contract/report.ts'
import { COUNTY } from '../../../sync/contract/tree.ts'
import type { Log } from '../log.ts'
import type { Journal, Waiting } from './journal.ts'

export interface DeliveryParts {
  journal: Journal
  /** Sends a batch and gives the office's answer, unread. Errors: TransportError. */
  send(batch: HandOver): Promise<unknown>
  terminal(): string | null
  /** The office's key in the trusted root; null where it names none. */
  officeKey(): DelegatedKey | null
  /** A draw in [0, 1). */
  random(): number
  log: Log
  /** Something left the journal. */
  changed(): void
}
export interface Delivered {
  /** Receipts that verified. */
  receipts: number
  /** Messages that the office refused, or whose receipt was none: tried again. */
  refused: number
  /** Messages that the office has signed never to take. */
  setAside: number
  /** Why the rest didn't go; null where all was tried. */
  failure: { code: ErrorCode; message: string; retryAfterSeconds: number | null } | null
}

/** Hands over everything that waits, once, batch by batch. Never throws: what fails waits for the next slot. */
export async function deliver(parts: DeliveryParts): Promise<Delivered> {
  const done: Delivered = { receipts: 0, refused: 0, setAside: 0, failure: null }
  const terminal = parts.terminal()
  const officeKey = parts.officeKey()
  if (terminal === null || officeKey === null) return done
  try {
    for (const batch of batchesOf(shuffled(parts.journal.waiting(), parts.random))) {
      const texts = batch.flatMap((entry) => withText(parts, entry))
      if (texts.length === 0) continue
      const answer = readAnswer(
        await parts.send({ county: COUNTY, terminal, messages: texts.map(({ text }) => text) }),
        texts.length,
      )
      for (const [at, { entry }] of texts.entries()) {
        const result = await resultOf(answer.answers[at], entry, officeKey, parts.log)
        if (result === 'receipts') parts.journal.remove(entry)
        if (result === 'setAside') parts.journal.setAside(entry)
        done[result] += 1
      }
      parts.changed()
    }
  } catch (error) {
    done.failure = failureOf(error)
  }
  return done
}

/** A damaged file is not sent, and not thrown away. */
function withText({ journal, log }: DeliveryParts, entry: Waiting): { entry: Waiting; text: string }[] {
  const text = journal.read(entry)
  if (text === null) log('journal-damaged', { bytes: entry.bytes })
  return text === null ? [] : [{ entry, text }]
}

/** Nothing of the order in which things were pressed goes out. */
function shuffled(entries: readonly Waiting[], random: () => number): Waiting[] {
  return entries
    .map((entry) => ({ entry, draw: random() }))
    .sort((a, b) => a.draw - b.draw)
    .map(({ entry }) => entry)
}

function batchesOf(entries: readonly Waiting[]): Waiting[][] {
  const batches: Waiting[][] = []
  let bytes = 0
  for (const entry of entries) {
    const last = batches.at(-1)
    if (last !== undefined && last.length < MAX_BATCH_MESSAGES && bytes + entry.bytes <= MAX_BATCH_BYTES) {
      last.push(entry)
      bytes += entry.bytes
    } else {
      batches.push([entry])
      bytes = entry.bytes
    }
  }
  return batches
}

function readAnswer(body: unknown, messages: number): HandOverAnswer {
  const read = handOverAnswer.safeParse(body)
  if (read.success && read.data.answers.length === messages) return read.data
  throw new SunhallError(
    'E-FORMAT',
    `Expected the office's answers to ${messages} messages, got something else; does a login page answer?`,
  )
}

/** A message leaves the queue only for what the office's own key has signed over this very message. */
async function resultOf(
  answer: HandOverAnswer['answers'][number] | undefined,
  entry: Waiting,
  key: DelegatedKey,
  log: Log,
): Promise<'receipts' | 'refused' | 'setAside'> {
  const code = answer?.result === 'kept' ? null : (answer?.code ?? 'E-FORMAT')
  try {
    if (answer?.result === 'kept') {
      const { id, sha256 } = officeReceipt.parse(await verified(answer.receipt, RECEIPT_TYPE, key))
      if (id === entry.id && sha256 === entry.sha256) return 'receipts'
      log('receipt-of-another-message')
    } else if (answer?.refusal !== undefined) {
      const { sha256 } = officeRefusal.parse(await verified(answer.refusal, REFUSAL_TYPE, key))
      log(sha256 === entry.sha256 ? 'message-set-aside' : 'refusal-of-another-message', { code })
      if (sha256 === entry.sha256) return 'setAside'
    } else log('message-refused', { code })
  } catch (error) {
    log('receipt-refused', { why: messageOf(error) })
  }
  return 'refused'
}

/** What the office's key has signed as this type. Throws for anything else. */
async function verified(jws: string, type: string, key: DelegatedKey): Promise<unknown> {
  const x = Buffer.from(key.publicHex, 'hex').toString('base64url')
  const jwk = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')
  const { payload, protectedHeader } = await compactVerify(jws, jwk, { algorithms: ['EdDSA'] })
  if (protectedHeader.typ !== type)
    throw new SunhallError('E-FORMAT', `Expected ${type}, got ${protectedHeader.typ ?? 'no type'}`)
  return JSON.parse(new TextDecoder().decode(payload))
}

function failureOf(error: unknown): NonNullable<Delivered['failure']> {
  const asked = typeof error === 'object' && error !== null ? Reflect.get(error, 'retryAfterSeconds') : null
  return {
    code: codeOf(error, 'E-SERVER'),
    message: messageOf(error),
    retryAfterSeconds: typeof asked === 'number' ? asked : null,
  }
}
