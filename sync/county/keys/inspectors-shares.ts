// The recovery key in three shares of which any two open everything (Shamir, by shamir-secret-sharing, an audited
// implementation): one with the head of the inspection, one in the archive's safe, one with the level above.
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { combine, split } from 'shamir-secret-sharing'
import { z } from 'zod'
import { SunhallError } from '../../contract/errors.ts'
import type { OpeningKey } from '../../contract/inbox.ts'

export const SHARES = 3
export const SHARES_NEEDED = 2

const share = z.strictObject({
  format: z.literal(1),
  what: z.literal('sunhall-recovery-share'),
  kid: z.string(),
  /** The public half: what two shares give is held against it. */
  x: z.string().regex(/^[\w-]{43}$/),
  number: z.int().min(1).max(SHARES),
  share: z.string().regex(/^[\w-]+$/),
})
export type Share = z.infer<typeof share>

export async function splitKey(key: OpeningKey): Promise<Share[]> {
  const parts = await split(new Uint8Array(Buffer.from(key.d, 'base64url')), SHARES, SHARES_NEEDED)
  return parts.map((part, at) => ({
    format: 1,
    what: 'sunhall-recovery-share',
    kid: key.kid,
    x: key.x,
    number: at + 1,
    share: Buffer.from(part).toString('base64url'),
  }))
}

/** A share's file. Errors: E-KEYS. */
export function readShare(text: string): Share {
  try {
    return share.parse(JSON.parse(text))
  } catch (cause) {
    throw new SunhallError('E-KEYS', 'Expected a share of the recovery key, got another file', { cause })
  }
}

/** The recovery key from two shares or three. Errors: E-KEYS for too few, of different keys, or damaged. */
export async function combineShares(shares: readonly Share[]): Promise<OpeningKey> {
  const [first] = shares
  const different = new Map(shares.map((one) => [one.number, one]))
  if (first === undefined || different.size < SHARES_NEEDED)
    throw new SunhallError(
      'E-KEYS',
      `Expected ${SHARES_NEEDED} different shares, got ${different.size}; give --share FILE for each`,
    )
  if (shares.some(({ kid }) => kid !== first.kid))
    throw new SunhallError('E-KEYS', 'Expected shares of one recovery key, got shares of different ones')
  const parts = [...different.values()].map((one) => new Uint8Array(Buffer.from(one.share, 'base64url')))
  const secret = await combine(parts).catch(() => new Uint8Array())
  const d = Buffer.from(secret).toString('base64url')
  if (publicOf(d, first.x) !== first.x)
    throw new SunhallError('E-KEYS', 'Expected shares that give the recovery key, got a damaged one; try another pair')
  return { kty: 'OKP', crv: 'X25519', x: first.x, d, kid: first.kid }
}

/** Public half that belongs to a private one: Node derives it from `d` and doesn't look at the given `x`. */
function publicOf(d: string, x: string): string | undefined {
  try {
    const key = createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', d, x }, format: 'jwk' })
    return createPublicKey(key).export({ format: 'jwk' }).x
  } catch {
    return undefined
  }
}
