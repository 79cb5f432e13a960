// Opens what a terminal signed: bounded, of the right type, by the key that the office learnt at enrolment.
import { compactVerify, decodeProtectedHeader, EmbeddedJWK, importJWK, type JWK } from 'jose'
import { z } from 'zod'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { MAX_HEARTBEAT_CHARS } from '../../contract/fleet.ts'
import { COUNTY } from '../../contract/tree.ts'

const ALGORITHMS = { algorithms: ['EdDSA', 'Ed25519'] }
const publicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().regex(/^[\w-]{43}$/) })

/** A payload that nobody has vouched for yet: good for looking up whose key to ask. Errors: E-FORMAT. */
export function unverified<T extends { county: string }>(jws: string, typ: string, schema: z.ZodType<T>): T {
  if (jws.length > MAX_HEARTBEAT_CHARS) throw wrongForm(`more than ${MAX_HEARTBEAT_CHARS} characters`)
  let value: T
  try {
    const given = decodeProtectedHeader(jws).typ
    if (given !== typ) throw new Error(`type ${given ?? 'missing'}`)
    value = schema.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')))
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : []
    throw wrongForm(issue === undefined ? messageOf(cause) : `${issue.path.join('.')}: ${issue.message}`, cause)
  }
  if (value.county === COUNTY) return value
  throw new SunhallError(
    'E-FORBIDDEN',
    `Expected a terminal of county ${COUNTY}, got ${value.county}; check officeUrl in its config`,
  )
}

/** True where this very key signed it (RFC 7515, 5.2). */
export async function isSignedBy(jws: string, key: JWK): Promise<boolean> {
  try {
    await compactVerify(jws, await importJWK(key, 'EdDSA'), ALGORITHMS)
    return true
  } catch {
    return false
  }
}

/** The key that a message carries in its own header, once that key has been seen to sign it. Errors: E-SIGNATURE. */
export async function carriedKey(jws: string): Promise<JWK> {
  try {
    const { protectedHeader } = await compactVerify(jws, EmbeddedJWK, ALGORITHMS)
    return publicKey.parse(protectedHeader.jwk)
  } catch (cause) {
    const why = `Expected an enrolment signed by the key it carries, got ${messageOf(cause)}; enrol again`
    throw new SunhallError('E-SIGNATURE', why, { cause })
  }
}

function wrongForm(got: string, cause?: unknown): SunhallError {
  return new SunhallError('E-FORMAT', `Expected a signed message of a terminal, got ${got}; update the terminal`, {
    cause,
  })
}
