// node:http around the host: the browser shell's origin on 127.0.0.1, with a fixed port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { SunhallError } from '../../sync/contract/errors.ts'
import { failure, MAX_BODY_BYTES } from '../host/answers.ts'
import { errnoOf } from '../host/files.ts'
import type { Host } from '../host/host.ts'
import { pageFile, SECURITY_HEADERS } from '../host/page-files.ts'
import { checkName, createGuard } from './guard.ts'

export interface ServerOptions {
  host: Host
  /** Folder of the built renderer. */
  renderer: string
  /** 0 for any free one. */
  port: number
  developer: boolean
}
export interface Server {
  /** 'http://127.0.0.1:47117' */
  origin: string
  /** An address with a fresh launch secret. */
  launchUrl(): string
  close(): Promise<void>
}

/** Errors: E-PORT naming a port that is taken. */
export async function startServer(options: ServerOptions): Promise<Server> {
  let port = options.port
  const guard = createGuard(() => port, options.developer)
  const server = createServer((request, response) => {
    answer(request)
      .catch(failure)
      .then((made) => send(request, response, made))
      .catch(() => response.destroy())
  })
  const answer = async (request: IncomingMessage): Promise<Response> => {
    checkName(request, port)
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
    const cookie = url.pathname === '/' ? guard.launch(url) : null
    if (cookie !== null) {
      const lang = url.searchParams.get('lang')
      const location = lang === null ? '/' : `/?lang=${encodeURIComponent(lang)}`
      return new Response(null, {
        status: 303,
        headers: { 'set-cookie': cookie, location, 'cache-control': 'no-store' },
      })
    }
    guard.check(request)
    if (/^\/(host|county)\//.test(url.pathname)) return options.host.handle(await toRequest(request, url))
    if (request.method === 'GET' || request.method === 'HEAD') return pageFile(options.renderer, url.pathname)
    throw new SunhallError('E-MISSING', `Expected GET, got ${request.method} ${url.pathname}`)
  }
  port = await listen(server, options.port)
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    launchUrl: () => origin + guard.launchPath(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const why = errnoOf(cause) === 'EADDRINUSE' ? 'it is taken by another program' : errnoOf(cause)
      reject(
        new SunhallError('E-PORT', `Expected port ${port} to be free, got ${why}; stop it or give --port`, { cause }),
      )
    })
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function toRequest(request: IncomingMessage, url: URL): Promise<Request> {
  const method = request.method ?? 'GET'
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method })
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    total += chunk.length
    if (total > MAX_BODY_BYTES) throw new SunhallError('E-INPUT', `Expected at most ${MAX_BODY_BYTES} bytes, got more`)
    chunks.push(chunk)
  }
  return new Request(url, { method, body: new Uint8Array(Buffer.concat(chunks)) })
}

async function send(request: IncomingMessage, response: ServerResponse, made: Response): Promise<void> {
  response.writeHead(made.status, { ...Object.fromEntries(made.headers), ...SECURITY_HEADERS })
  if (made.body === null || request.method === 'HEAD') {
    response.end()
    return
  }
  await pipeline(Readable.fromWeb(made.body as NodeStream), response)
}
