// The inspector's part of the sealing (P4): key file, messages and answers are opened and sealed in this page and nowhere
// else; neither key, passphrase nor plaintext ever goes to the office. All by jose and hash-wasm.
import { argon2id } from 'hash-wasm'
import { CompactEncrypt, compactDecrypt, generalDecrypt, importJWK } from 'jose'
import { MAX_KEY_ROUNDS, type OpeningKey, openingKeys } from '../../contract/inbox.ts'
import {
  ANSWER_KDF,
  answerSalt,
  type PrivateAnswer,
  privateAnswer,
  type ReportMessage,
  reportMessage,
  sealedMessage,
} from '../../contract/report.ts'
import type { AnswerRow } from '../../contract/rows.ts'
import { COUNTY } from '../../contract/tree.ts'
import { splitAnswerKey } from '../../core/report-answer.ts'
import { paddedJson, unpaddedJson } from '../../core/report-padding.ts'

/** Words for the inspector where something can't be opened. */
export class OpenError extends Error {}

/** The keys in a key file: made by "county keys inspectors make", or from two shares. */
export async function openKeyFile(file: string, passphrase: string): Promise<OpeningKey[]> {
  try {
    const secret = new TextEncoder().encode(passphrase.normalize('NFKC'))
    const { plaintext } = await compactDecrypt(file.trim(), secret, {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: MAX_KEY_ROUNDS,
    })
    return openingKeys.parse(JSON.parse(new TextDecoder().decode(plaintext))).keys
  } catch (cause) {
    throw new OpenError('口令不对，或者这不是开信钥匙文件', { cause })
  }
}

/** The message in a sealed text. Bound to its number: an envelope that was given another one is refused. */
export async function openMessage(text: string, keys: readonly OpeningKey[]): Promise<ReportMessage> {
  const { id, sealed } = sealedMessage.parse(JSON.parse(text))
  const kids = sealed.recipients.map(({ header }) => header.kid)
  const key = keys.find(({ kid }) => kids.includes(kid))
  if (key === undefined) throw new OpenError('这封信是用另一把钥匙封的，请换以前的钥匙文件，或用恢复钥匙')
  const opened = await generalDecrypt(sealed, await importJWK(key, 'ECDH-ES+A256KW'), {
    keyManagementAlgorithms: ['ECDH-ES+A256KW'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch((cause: unknown) => {
    throw new OpenError('信封被改动过，打不开，请报告技术人员', { cause })
  })
  const message = reportMessage.parse(unpaddedJson(opened.plaintext))
  const bound = new TextDecoder().decode(opened.additionalAuthenticatedData)
  if (message.id === id && bound === id) return message
  throw new OpenError('信封上的编号和信里的不一样，请报告技术人员')
}

/** A private answer under what the query code gives: label and key, about a second's work. */
export async function sealAnswer(queryCode: string, answer: PrivateAnswer): Promise<AnswerRow> {
  const derived = await argon2id({
    password: queryCode,
    salt: new TextEncoder().encode(answerSalt(COUNTY)),
    memorySize: ANSWER_KDF.memoryKiB,
    iterations: ANSWER_KDF.iterations,
    parallelism: ANSWER_KDF.parallelism,
    hashLength: ANSWER_KDF.bytes,
    outputType: 'binary',
  })
  const { key, label } = splitAnswerKey(derived)
  const sealed = await new CompactEncrypt(paddedJson(privateAnswer.parse(answer)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key)
  return { label, sealed }
}
