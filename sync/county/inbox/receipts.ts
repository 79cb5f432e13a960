// What the office signs for a message with its Ed25519 key: that it is kept, or that it never will be (compact JWS, by jose).
import { createPublicKey, type KeyObject } from 'node:crypto'
import { CompactSign, compactVerify } from 'jose'
import { type OfficeRefusal, RECEIPT_TYPE, REFUSAL_TYPE } from '../../contract/inbox.ts'
import type { OfficeReceipt } from '../../contract/report.ts'

export interface ReceiptSigner {
  receipt(content: OfficeReceipt): Promise<string>
  refusal(content: OfficeRefusal): Promise<string>
  /** False for what an older office key has signed: terminals that know the new one take it no more. */
  isOwn(jws: string): Promise<boolean>
}

export function receiptSigner(key: KeyObject): ReceiptSigner {
  const sign = (content: object, typ: string): Promise<string> =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'EdDSA', typ })
      .sign(key)
  return {
    receipt: (content) => sign(content, RECEIPT_TYPE),
    refusal: (content) => sign(content, REFUSAL_TYPE),
    isOwn: (jws) =>
      compactVerify(jws, createPublicKey(key), { algorithms: ['EdDSA'] }).then(
        () => true,
        () => false,
      ),
  }
}
