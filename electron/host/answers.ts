// Requests read and answers written in one shape: JSON, with the code of a failure in the body and a header.
import type { z } from 'zod'
import { codeOf, type ErrorCode, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { TransportError } from './source.ts'

/** Bytes of a request's body, at most. */
export const MAX_BODY_BYTES = 256 * 1024

const STATUS: Partial<Record<ErrorCode, number>> = {
  'E-FORBIDDEN': 403,
  'E-PIN': 403,
  'E-MISSING': 404,
  'E-INPUT': 400,
  'E-STATE': 409,
  'E-BUSY': 503,
  'E-OFFLINE': 504,
  'E-QUOTA': 507,
  'E-STORE': 500,
}

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } })
}

/** `{ "error": { code, message } }`, the code in `sunhall-error`, Retry-After passed on. What is not known is 502. */
export function failure(thrown: unknown): Response {
  const code = codeOf(thrown, 'E-SERVER')
  const status = STATUS[code] ?? 502
  const headers: Record<string, string> = { 'cache-control': 'no-store', 'sunhall-error': code }
  if (thrown instanceof TransportError && thrown.retryAfterSeconds !== null)
    headers['retry-after'] = String(thrown.retryAfterSeconds)
  return Response.json({ error: { code, message: messageOf(thrown) } }, { status, headers })
}

/** The body as the schema has it. Errors: E-INPUT. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const text = await request.text()
  if (text.length > MAX_BODY_BYTES)
    throw new SunhallError('E-INPUT', `Expected at most ${MAX_BODY_BYTES} bytes, got ${text.length}`)
  const read = schema.safeParse(parsed(text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new SunhallError(
    'E-INPUT',
    `Expected the body of the host's interface, got ${issue?.path.join('.')}: ${issue?.message}`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
