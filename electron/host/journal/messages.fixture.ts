// Sealed messages by number: the shape of real ones, of the size of a real one, with nothing inside.
import type { SealedMessage } from '../../../sync/contract/report.ts'

const jwk = { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) } as const
const recipient = (kid: string) =>
  ({ encrypted_key: 'k'.repeat(54), header: { alg: 'ECDH-ES+A256KW', kid, epk: jwk } }) as const

/** The same number is the same message; `content` makes it another one of the same id. */
export function messageOf(number: number, content = 'c'): SealedMessage {
  const id = String(number).padStart(11, '0')
  const ciphertext = `${number}${content}`.padEnd(2_731, 'c')
  return {
    format: 1,
    id,
    sealed: {
      protected: 'eyJ9',
      aad: 'YWFk',
      iv: 'aXY',
      ciphertext,
      tag: 'dGFn',
      recipients: [recipient('active'), recipient('recovery')],
    },
  }
}
