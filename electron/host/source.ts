// Where the office's files come from: a web server or a folder (a stick). Every read names how many bytes it takes at
// most and stops there; nothing read here is trusted yet.
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type ErrorCode, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { errnoOf } from './files.ts'

export interface Source {
  readonly kind: 'office' | 'stick'
  /** 'http://…' or the folder, for the log. */
  readonly name: string
  /** Bytes of a file by its path below the distribution folder. Errors: TransportError, E-LENGTH. */
  read(path: string, maxBytes: number): Promise<Buffer>
  /** True for bytes that came over a line whose sender never said how many they would be: their end may be a cut. */
  isUnmeasured?(bytes: Buffer): boolean
  /** Aborted where everything under way is given up, since a technician has come with a stick. */
  readonly left?: AbortSignal | undefined
}

/** Not fetched; tried again later. `retryAfterSeconds` where the office asked for it, `status` where it answered. */
export class TransportError extends SunhallError {
  readonly retryAfterSeconds: number | null
  readonly status: number | null
  constructor(
    code: ErrorCode,
    message: string,
    more: { retryAfterSeconds?: number | null; status?: number; cause?: unknown } = {},
  ) {
    super(code, message, { cause: more.cause })
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
    this.status = more.status ?? null
  }
}

export interface HttpLimits {
  /** Ms until the first byte, and between two of them. */
  idleMs: number
  /** Slowest average in bytes a second once `idleMs` are over: a drip is given up soon, however much may still come. */
  minBytesPerSecond: number
}
export const HTTP_LIMITS: HttpLimits = { idleMs: 20_000, minBytesPerSecond: 2_000 }

/**
 * A web server that serves the distribution folder at `baseUrl`. `now` in ms, to read a dated Retry-After; `left` ends
 * what is under way.
 */
export function httpSource(
  baseUrl: string,
  now: () => number,
  limits: HttpLimits = HTTP_LIMITS,
  left?: AbortSignal,
): Source {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  const unmeasured = new WeakSet<Buffer>()
  return {
    kind: 'office',
    name: base,
    left,
    isUnmeasured: (bytes) => unmeasured.has(bytes),
    async read(path, maxBytes) {
      const stop = new AbortController()
      const watch = watchdog(stop, limits)
      try {
        // identity: what is fetched is the .gz file itself, not what a helpful server unpacks.
        const headers = { 'accept-encoding': 'identity' }
        const signal = left === undefined ? stop.signal : AbortSignal.any([stop.signal, left])
        const response = await fetch(new URL(path, base), { signal, headers })
        if (!response.ok) throw statusError(path, response, now())
        const bytes = await readBody(path, response, maxBytes, watch.got)
        if (response.status === 200 && !response.headers.has('content-length')) unmeasured.add(bytes)
        return bytes
      } catch (cause) {
        if (cause instanceof SunhallError) throw cause
        const why = stop.signal.aborted ? 'nothing in time; check cable and office' : lineFault(cause)
        if (left?.aborted === true)
          throw new TransportError('E-OFFLINE', `Expected ${path} from ${base}, got a stick, which goes first`, {
            cause,
          })
        throw new TransportError('E-OFFLINE', `Expected ${path} from ${base}, got ${why}`, { cause })
      } finally {
        watch.end()
        stop.abort()
      }
    },
  }
}

/** What breaks a line, by its errno or else its words, and what to do. */
const LINE_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_)/, 'no such name; check officeUrl in the config, and DNS'],
  [/^ECONNREFUSED/, 'nobody listens there; check officeUrl in the config, and whether the office serves'],
  [/CERT|SELF_SIGNED|UNABLE_TO_/, 'its certificate isn’t believed; check this machine’s date and the certificate'],
  [/^bad port/, 'fetch never uses this port; serve the office on another, such as 8431'],
  [/^(ERR_SSL|EPROTO)/, 'it speaks no TLS; is officeUrl meant to begin with http://'],
]

/** fetch says only "fetch failed"; what the technician can mend stands in its cause. */
function lineFault(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const why = errnoOf(cause) || messageOf(cause)
  return `${why}: ${LINE_FAULTS.find(([pattern]) => pattern.test(why))?.[1] ?? 'check cable and office'}`
}

/** A folder that holds a release: a stick, or the office's own distribution folder. */
export function folderSource(folder: string): Source {
  return {
    kind: 'stick',
    name: folder,
    async read(path, maxBytes) {
      const parts = path.split('/').map(decodeURIComponent)
      if (parts.some((part) => part === '..' || /[\\/\0]/.test(part)))
        throw new SunhallError('E-FORMAT', `Expected a path inside the folder, got ${path}`)
      return readFolderFile(join(folder, ...parts), path, maxBytes)
    },
  }
}

/** A pipe that nobody writes to is opened at once, not waited for; Windows knows no such pipes in folders. */
const READ_NOW = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

async function readFolderFile(file: string, path: string, maxBytes: number): Promise<Buffer> {
  try {
    const handle = await open(file, READ_NOW)
    try {
      const stat = await handle.stat()
      // A device on a prepared stick has no size and no end: only a file counts as one.
      if (!stat.isFile()) throw noFile(path)
      if (stat.size > maxBytes) throw tooLong(path, maxBytes)
      return await readAtMost(handle, stat.size)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    if (cause instanceof SunhallError) throw cause
    const gone = ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errnoOf(cause))
    if (gone) throw noFile(path, cause)
    throw new TransportError(
      'E-OFFLINE',
      `Expected to read ${path}, got ${messageOf(cause)}; is the stick plugged in?`,
      {
        cause,
      },
    )
  }
}

function noFile(path: string, cause?: unknown): TransportError {
  return new TransportError('E-MISSING', `Expected ${path} in the folder, got none`, { status: 404, cause })
}

/** The bytes that the file had when it was opened, fewer where it was cut since; one that grows meanwhile isn't followed. */
async function readAtMost(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size)
  let at = 0
  while (at < size) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return bytes.subarray(0, at)
}

/** Aborts after a silence, and as soon as the average falls below the slowest acceptable line, whatever the limit. */
function watchdog(stop: AbortController, limits: HttpLimits): { got(bytes: number): void; end(): void } {
  const startedAt = Date.now()
  let total = 0
  let lastAt = startedAt
  const look = setInterval(() => {
    const now = Date.now()
    const due = ((now - startedAt - limits.idleMs) / 1000) * limits.minBytesPerSecond
    if (now - lastAt > limits.idleMs || total < due) stop.abort()
  }, limits.idleMs / 10)
  return {
    got(bytes) {
      total += bytes
      lastAt = Date.now()
    },
    end: () => clearInterval(look),
  }
}

async function readBody(
  path: string,
  response: Response,
  maxBytes: number,
  got: (bytes: number) => void,
): Promise<Buffer> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLong(path, maxBytes)
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of response.body ?? []) {
    got(chunk.length)
    total += chunk.length
    // P2: readers stop at the signed length, whatever a server sends.
    if (total > maxBytes) throw tooLong(path, maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, total)
}

function tooLong(path: string, maxBytes: number): SunhallError {
  return new SunhallError('E-LENGTH', `Expected at most ${maxBytes} bytes of ${path}, got more; tell the office`)
}

function statusError(path: string, response: Response, now: number): TransportError {
  const { status } = response
  const retryAfterSeconds = retryAfter(response.headers.get('retry-after'), now)
  if (status === 429 || status === 503) {
    return new TransportError('E-BUSY', `Expected ${path}, got ${status}: the office is busy; tried again later`, {
      status,
      retryAfterSeconds,
    })
  }
  if (status === 404 || status === 410)
    return new TransportError(
      'E-MISSING',
      `Expected ${path}, got ${status}: not served there; check the address or publish`,
      {
        status,
      },
    )
  return new TransportError('E-SERVER', `Expected ${path}, got ${status}; look into the office's log`, {
    status,
    retryAfterSeconds,
  })
}

/** Seconds of a Retry-After header, which is a number of seconds or a date (RFC 9110, 10.2.3); null where unreadable. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header.trim())) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000))
}
