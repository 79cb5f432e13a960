// The line to the office for what concerns this terminal itself: requests go out signed, answers come back verified
// against the office key that the county's root delegates. The terminal asks; nothing listens here.
import { compactVerify, importJWK } from 'jose'
import { readRoot } from '../../../kiosk-config/root.ts'
import { messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import { ANSWER_TYPE, type Answer, answer, MAX_HEARTBEAT_CHARS, UPLOAD_HEADER } from '../../../sync/contract/fleet.ts'

/** Ms for a whole request: a line that drips is tried again later. */
const TIMEOUT_MS = 60_000
/** Bytes of an answer, at most. */
const MAX_ANSWER_BYTES = 64 * 1024

export interface Line {
  /** Errors: E-OFFLINE, E-SERVER, E-SIGNATURE for an answer that the office didn't sign, E-FORMAT for none at all. */
  send(path: 'enrol' | 'heartbeat', jws: string): Promise<{ answer: Answer; signed: boolean }>
  upload(id: string, jws: string, bytes: Uint8Array): Promise<void>
}

/** `rootText`: the county's root trusted now. `stopped` cuts off what is under way. */
export function openLine(officeUrl: string, rootText: string, stopped: AbortSignal): Line {
  const base = officeUrl.endsWith('/') ? officeUrl : `${officeUrl}/`
  const post = async (path: string, headers: Record<string, string>, body: string | Uint8Array): Promise<string> => {
    const url = new URL(path, base)
    try {
      const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)])
      const sent = typeof body === 'string' ? body : new Uint8Array(body)
      const response = await fetch(url, { method: 'POST', body: sent, headers, signal, redirect: 'error' })
      const text = await readShort(response)
      // A refusal is an answer too: it is signed and says what to do.
      if (response.ok || response.status === 403 || response.status === 409) return text
      throw new SunhallError(
        'E-SERVER',
        `Expected ${path} to be taken, got ${response.status}; look at the office's log`,
      )
    } catch (cause) {
      if (cause instanceof SunhallError) throw cause
      throw new SunhallError(
        'E-OFFLINE',
        `Expected the office at ${url.href}, got ${messageOf(cause)}; check the line`,
        {
          cause,
        },
      )
    }
  }
  return {
    async send(path, jws) {
      if (jws.length > MAX_HEARTBEAT_CHARS)
        throw new SunhallError('E-LENGTH', `Expected at most ${MAX_HEARTBEAT_CHARS} characters, got ${jws.length}`)
      return openAnswer(await post(`terminal/${path}`, { 'content-type': 'application/jose' }, jws), rootText)
    },
    async upload(id, jws, bytes) {
      const headers = { 'content-type': 'application/octet-stream', [UPLOAD_HEADER]: jws }
      await post(`terminal/uploads/${id}`, headers, bytes)
    },
  }
}

/** A root that delegates an office key makes a plain answer a forgery. */
async function openAnswer(text: string, rootText: string): Promise<{ answer: Answer; signed: boolean }> {
  const root = readRoot(rootText)
  const key = root.ok ? root.value.officeKey : null
  // This root is older than the office's key: read, and believed no more than a plain answer.
  if (key === null) return { answer: parsed(text.startsWith('{') ? text : payloadOf(text)), signed: false }
  try {
    const x = Buffer.from(key.publicHex, 'hex').toString('base64url')
    const verifier = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')
    const { payload, protectedHeader } = await compactVerify(text.trim(), verifier, {
      algorithms: ['EdDSA', 'Ed25519'],
    })
    if (protectedHeader.typ !== ANSWER_TYPE) throw new Error(`its type is ${protectedHeader.typ ?? 'missing'}`)
    return { answer: parsed(new TextDecoder().decode(payload)), signed: true }
  } catch (cause) {
    if (cause instanceof SunhallError) throw cause
    const why = `Expected an answer signed by the county's office key, got none (${messageOf(cause)})`
    throw new SunhallError('E-SIGNATURE', `${why}; check officeUrl in the config`, { cause })
  }
}

function payloadOf(jws: string): string {
  return Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')
}

function parsed(text: string): Answer {
  try {
    return answer.parse(JSON.parse(text))
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected an answer to a heartbeat, got something else; check officeUrl', {
      cause,
    })
  }
}

async function readShort(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of response.body ?? []) {
    total += chunk.length
    if (total > MAX_ANSWER_BYTES)
      throw new SunhallError('E-LENGTH', `Expected at most ${MAX_ANSWER_BYTES} bytes, got more; check officeUrl`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, total).toString('utf8')
}
