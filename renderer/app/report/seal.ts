// Sealing in the page (P4): the plaintext exists here and nowhere else before the inspectors open it. JWE General JSON
// (RFC 7516, 7.2.1) for two recipients through jose; read only when a message is sealed, so that no start waits for it.
import { GeneralEncrypt, importJWK } from 'jose'
import {
  type Recipients,
  type ReportMessage,
  reportMessage,
  type SealedMessage,
  sealedMessage,
} from '../../../sync/contract/report.ts'
import { paddedJson } from '../../../sync/core/report-padding.ts'

const ALG = 'ECDH-ES+A256KW'

/**
 * Seals for the active and the recovery key. The header tells `enc`, each key's `kid` and its ephemeral key; nothing of
 * the message. The id is bound as additional data: an envelope can't be given another number. Errors: E-LENGTH.
 */
export async function sealMessage(message: ReportMessage, recipients: Recipients): Promise<SealedMessage> {
  const bytes = paddedJson(reportMessage.parse(message))
  const { active, recovery } = recipients
  const sealed = await new GeneralEncrypt(bytes)
    .setProtectedHeader({ enc: 'A256GCM' })
    .setAdditionalAuthenticatedData(new TextEncoder().encode(message.id))
    .addRecipient(await importJWK(active.jwk, ALG))
    .setUnprotectedHeader({ alg: ALG, kid: active.kid })
    .addRecipient(await importJWK(recovery.jwk, ALG))
    .setUnprotectedHeader({ alg: ALG, kid: recovery.kid })
    .encrypt()
  return sealedMessage.parse({ format: 1, id: message.id, sealed })
}
