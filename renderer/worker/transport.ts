// The host over HTTP, through this page's own origin: /host/* for questions, /county/* for files. What it answers is
// read with its schema, and a file is read no further than its signed length (P2).
import { z } from 'zod'
import { ERROR_CODES, type ErrorCode, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { checkResult, hostState } from '../../sync/contract/host-api.ts'
import { MAX_MEDIA_BYTES } from '../../sync/contract/limits.ts'
import { paths } from '../../sync/contract/release.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { BusyError, type FileRequest, type Transport } from '../../sync/terminal/ports.ts'
import { collect, gunzipExactly } from './gunzip.ts'

/** ms without an answer to a question of the host, and to a file, before it counts as offline. */
const ASK_MS = 120_000
const FILE_MS = 300_000
const errorBody = z.object({ error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }) })

/** `base`: the origin, '' for the page's own. */
export function createTransport(base: string): Transport {
  const tellLatest = latestOnly((status: SyncStatus) => post(`${base}/host/status`, status))
  return {
    state: (signal) => ask(`${base}/host/state`, { signal: within(signal, ASK_MS) }, hostState),
    check: (request, signal) =>
      ask(`${base}/host/check`, { ...asJson(request), signal: within(signal, ASK_MS) }, checkResult),
    file: (request) => fetchFile(`${base}/county/${request.path}`, request),
    async media(hash, signal) {
      const response = await answered(`${base}/county/${paths.media(hash)}`, { signal: within(signal, FILE_MS) })
      return collect(bodyOf(response), MAX_MEDIA_BYTES, () => undefined)
    },
    tellStatus: tellLatest,
    async tellShown(root, previous) {
      await post(`${base}/host/shown`, { root, previous })
    },
  }
}

async function fetchFile(url: string, { raw, signal, arrived }: FileRequest): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await answered(url, { signal: within(signal, FILE_MS), cache: 'no-store' })
    return await gunzipExactly(bodyOf(response), raw, arrived)
  } catch (error) {
    throw asOurs(error, url)
  }
}

async function ask<T>(url: string, init: RequestInit, schema: z.ZodType<T>): Promise<T> {
  const response = await answered(url, init)
  const read = schema.safeParse(await response.json().catch(() => null))
  if (read.success) return read.data
  throw new SunhallError('E-FORMAT', `Expected an answer of the host's interface, got ${z.prettifyError(read.error)}`)
}

async function post(url: string, body: unknown): Promise<void> {
  await answered(url, { ...asJson(body), signal: AbortSignal.timeout(ASK_MS) })
}

function asJson(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function within(signal: AbortSignal, ms: number): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ms)])
}

/** A good answer. Errors: the host's code, else E-MISSING, E-BUSY, E-SERVER by status, E-OFFLINE. */
async function answered(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw asOurs(error, url)
  })
  if (response.ok) return response
  const told = errorBody.safeParse(await response.json().catch(() => null))
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  if (response.status === 503 || response.status === 429)
    throw new BusyError(
      'Expected the office to answer, it is busy; it is asked again later',
      Number.isFinite(retryAfter) ? retryAfter : null,
    )
  if (told.success) throw new SunhallError(told.data.error.code, told.data.error.message)
  const code: ErrorCode = response.status === 404 ? 'E-MISSING' : 'E-SERVER'
  throw new SunhallError(code, `Expected ${new URL(url, location.href).pathname}, got status ${response.status}`)
}

function bodyOf(response: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (response.body !== null) return response.body
  throw new SunhallError('E-LENGTH', 'Expected a file, got an empty answer; fetch it again')
}

function asOurs(error: unknown, url: string): unknown {
  if (error instanceof SunhallError || (error instanceof DOMException && error.name === 'AbortError')) return error
  const path = new URL(url, location.href).pathname
  return new SunhallError('E-OFFLINE', `Expected the host to answer ${path}, got ${messageOf(error)}`, { cause: error })
}

/** One telling at a time; of those that come meanwhile only the last is told. A host that doesn't hear is no failure. */
function latestOnly<T>(tell: (value: T) => Promise<void>): (value: T) => void {
  let busy = false
  let next: { value: T } | null = null
  const go = async (): Promise<void> => {
    busy = true
    while (next !== null) {
      const { value } = next
      next = null
      await tell(value).catch(() => undefined)
    }
    busy = false
  }
  return (value) => {
    next = { value }
    if (!busy) void go()
  }
}
