// Opens a private answer (compact JWE, `dir`, A256GCM) with the key that the five words make. Read only when one is found.
import { compactDecrypt } from 'jose'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { type PrivateAnswer, privateAnswer } from '../../../sync/contract/report.ts'
import { unpaddedJson } from '../../../sync/core/report-padding.ts'

/** Errors: E-DAMAGED where it doesn't open, E-FORMAT where it holds something else. */
export async function openAnswer(sealed: string, key: Uint8Array): Promise<PrivateAnswer> {
  const { plaintext } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch((cause: unknown) => {
    throw new SunhallError('E-DAMAGED', 'Expected an answer that its own words open, got one that they do not', {
      cause,
    })
  })
  return privateAnswer.parse(unpaddedJson(plaintext))
}
