// The office's web server: static files of the distribution folder, GET /status, the console and what terminals send
// (`http/app.ts`), and a timestamp that is signed anew daily while it runs, so that terminals know that nothing newer is
// held back.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { TIMESTAMP_LIFETIME_DAYS } from '../../contract/limits.ts'
import type { Signer } from '../../publish/keys.ts'
import { refreshTimestamp } from '../../publish/tuf.ts'
import { tryHoldPointer } from '../release/pointer.ts'
import { publishedRelease } from '../release/published.ts'
import { answer, serveFile } from './static-files.ts'

export interface ServeOptions {
  dist: string
  host: string
  /** 0 for any free port. */
  port: number
  /** Null where the timestamp key isn't here: then nothing is signed. */
  timestampKey: (() => Signer) | null
  now: () => Date
  /** One line a request; null for silence. */
  log: ((line: string) => void) | null
  warn: (line: string) => void
  /** Answers for the console and what terminals send (`http/app.ts`); null where only files are served. */
  app?: ((request: IncomingMessage, response: ServerResponse) => void) | null
}
export interface Serving {
  url: string
  port: number
  close(): Promise<void>
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Listens. Errors: E-PORT naming the port that is taken. */
export async function serveOffice(options: ServeOptions): Promise<Serving> {
  const dist = resolve(options.dist)
  const server = createServer((request, response) => {
    if (options.log !== null) logWhenDone(request, response, options)
    try {
      if (options.app != null && isForApp(request.url ?? '')) options.app(request, response)
      else if (request.url === '/status') status(dist, response)
      else serveFile(dist, request, response)
    } catch (error) {
      options.warn(`E-SERVER: ${messageOf(error)}`)
      if (!response.headersSent) answer(response, 500, 'The office could not read that file')
    }
  })
  const port = await listen(server, options)
  refresh(options)
  const timer = setInterval(() => refresh(options), HOUR_MS)
  timer.unref()
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}/`,
    port,
    async close() {
      clearInterval(timer)
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** The console and terminals' messages; everything else is a file. */
function isForApp(url: string): boolean {
  return /^\/(console|terminal)([/?]|$)/.test(url)
}

/** Signs the timestamp anew when it is a day old. A failure is said and tried again in an hour. */
export function refresh({
  dist,
  timestampKey,
  now,
  warn,
}: Pick<ServeOptions, 'dist' | 'timestampKey' | 'now' | 'warn'>): boolean {
  let held: ReturnType<typeof tryHoldPointer> = null
  try {
    if (timestampKey === null || !isDue(dist, now())) return false
    // Whoever publishes just now signs a new one anyway.
    held = tryHoldPointer(dist)
    if (held === null || !isDue(dist, now())) return false
    refreshTimestamp(dist, timestampKey(), now())
    return true
  } catch (error) {
    warn(`E-KEYS: the timestamp was not signed anew: ${messageOf(error)}`)
    return false
  } finally {
    held?.release()
  }
}

function isDue(dist: string, now: Date): boolean {
  const published = publishedRelease(dist)
  if (published === null) return false
  const signed = Date.parse(published.timestampExpires) - TIMESTAMP_LIFETIME_DAYS * DAY_MS
  return now.getTime() - signed >= DAY_MS - HOUR_MS
}

async function listen(server: Server, { host, port }: ServeOptions): Promise<number> {
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      failed(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new SunhallError(
              'E-PORT',
              `Expected port ${port} of ${host} to be free, but it is ${error.code === 'EACCES' ? 'not allowed' : 'taken'}; stop the other program or choose another with --port`,
              { cause: error },
            )
          : error,
      )
    })
    server.listen(port, host, done)
  })
  const address = server.address()
  return isAddress(address) ? address.port : port
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

function status(dist: string, response: ServerResponse): void {
  const published = publishedRelease(dist)
  const body =
    published === null
      ? { ok: true, release: null }
      : {
          ok: true,
          release: published.record.number,
          root: published.record.root,
          signedAt: published.record.signedAt,
          dataUntil: published.record.dataUntil,
          timestampExpires: published.timestampExpires,
          sample: published.record.sample,
        }
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify(body)}\n`)
}

/** Time, method, path, status, bytes asked for: nothing of who asked. */
function logWhenDone(request: IncomingMessage, response: ServerResponse, options: ServeOptions): void {
  response.on('finish', () => {
    options.log?.(
      `${options.now().toISOString()} ${request.method ?? ''} ${request.url ?? ''} ${response.statusCode} ${String(response.getHeader('content-length') ?? '-')}`,
    )
  })
}
