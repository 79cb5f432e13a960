// Posts a batch to the office over HTTP. What comes back is read up to a limit and trusted in nothing: each receipt is
// verified by `delivery.ts`.
import { messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import type { HandOver } from '../../../sync/contract/inbox.ts'
import { retryAfter, TransportError } from '../source.ts'

/** Ms for a batch to be handed over and answered, on the slowest line. */
const POST_TIMEOUT_MS = 120_000
/** Bytes of the office's answer, at most: a receipt is under 400. */
const MAX_ANSWER_BYTES = 256 * 1024
const PATH = 'terminal/messages'

/** Signs the batch with the terminal's own key where it has been enrolled: a compact JWS; null before that. */
export type SignBatch = (batch: HandOver) => Promise<string | null>

/** Errors: TransportError (E-OFFLINE, E-BUSY, E-MISSING, E-SERVER), E-LENGTH, E-FORMAT. */
export async function postBatch(
  officeUrl: string,
  batch: HandOver,
  sign: SignBatch,
  now: () => number,
): Promise<unknown> {
  const jws = await sign(batch)
  const url = new URL(PATH, officeUrl.endsWith('/') ? officeUrl : `${officeUrl}/`)
  const response = await post(url, jws ?? JSON.stringify(batch), jws === null ? 'application/json' : 'application/jose')
  if (!response.ok) throw refusal(url, response, now())
  return parse(await readAtMost(response, MAX_ANSWER_BYTES))
}

async function post(url: URL, body: string, type: string): Promise<Response> {
  try {
    // A redirect would carry the batch to somebody else.
    const init = { method: 'POST', body, headers: { 'content-type': type }, redirect: 'error' } as const
    return await fetch(url, { ...init, signal: AbortSignal.timeout(POST_TIMEOUT_MS) })
  } catch (cause) {
    throw new TransportError('E-OFFLINE', `Expected the office at ${url.origin}, got ${messageOf(cause)}`, { cause })
  }
}

function refusal(url: URL, response: Response, now: number): TransportError {
  const { status } = response
  const asked = { status, retryAfterSeconds: retryAfter(response.headers.get('retry-after'), now) }
  const got = `Expected ${url.pathname} to take a batch, got ${status}`
  if (status === 429 || status === 503) return new TransportError('E-BUSY', `${got}; tried again later`, asked)
  if (status === 404) return new TransportError('E-MISSING', `${got}; does this office take reports?`, asked)
  return new TransportError('E-SERVER', `${got}; look into the office's log`, asked)
}

async function readAtMost(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let total = 0
  try {
    for await (const chunk of response.body ?? []) {
      total += chunk.length
      if (total > maxBytes) throw new SunhallError('E-LENGTH', `Expected at most ${maxBytes} bytes, got more`)
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof SunhallError) throw cause
    throw new TransportError('E-OFFLINE', `Expected the office's answer, got ${messageOf(cause)}`, { cause })
  }
  return Buffer.concat(chunks, total).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected JSON from the office, got something else', { cause })
  }
}
