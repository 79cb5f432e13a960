// Puts a draft into its envelope and the envelope into the host's journal. The receipt may be shown when this returns,
// and not before (P4).
import { type Recipients, receiptNumber, type SealedMessage } from '../../../sync/contract/report.ts'
import { CODE_RANDOM_BYTES, queryCodeOf } from '../../../sync/core/report-code.ts'
import { RECEIPT_RANDOM_BYTES, receiptNumberOf } from '../../../sync/core/report-number.ts'
import type { ReportDraft } from '../../navigation/report.ts'
import { type Codes, messageOf } from './compose.ts'
import { readWords } from './words.ts'

export interface Outbox {
  recipients(): Promise<Recipients>
  /** Returns after the host's fsync. Errors: E-QUOTA without room, else E-SERVER. */
  store(message: SealedMessage): Promise<void>
}
/** A draft in its envelope: tried again as it is, byte for byte, for as long as the draft stays the same. */
export interface Envelope {
  draft: ReportDraft
  codes: Codes
  message: SealedMessage
}

/** Codes from the browser's own generator. */
async function drawCodes(): Promise<Codes> {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  return {
    id: receiptNumber.parse(receiptNumberOf(random(RECEIPT_RANDOM_BYTES))),
    queryCode: queryCodeOf(random(CODE_RANDOM_BYTES), await readWords()),
  }
}

export async function putIntoEnvelope(
  draft: ReportDraft,
  recipients: Recipients,
  terminal: string,
  day: string,
): Promise<Envelope> {
  const [codes, { sealMessage }] = await Promise.all([drawCodes(), import('./seal.ts')])
  return { draft, codes, message: await sealMessage(messageOf(draft, codes, terminal, day), recipients) }
}

/** Seals where that hasn't been done, and stores. `sealed` is kept by the caller for the next try. */
export async function sendDraft(
  draft: ReportDraft,
  before: Envelope | null,
  outbox: Outbox,
  from: { terminal: string; day: string },
  sealed: (envelope: Envelope) => void,
): Promise<Codes> {
  const envelope =
    before?.draft === draft ? before : await putIntoEnvelope(draft, await outbox.recipients(), from.terminal, from.day)
  sealed(envelope)
  await outbox.store(envelope.message)
  return envelope.codes
}
