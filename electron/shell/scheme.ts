// app://kiosk: the page out of the package, and the host behind the same origin. There is no other address.
//
//   app://kiosk/county/*, /host/* ─► host.handle(Request)
//   app://kiosk/*                 ─► file of the packaged page
import { SunhallError } from '../../sync/contract/errors.ts'
import { failure } from '../host/answers.ts'
import type { Host } from '../host/host.ts'
import { pageFile, SECURITY_HEADERS } from '../host/page-files.ts'
import { type ElectronApi, isOwn, PAGE_ORIGIN, SCHEME } from './electron-api.ts'

/** Must run before the app is ready. Service workers stay off: Cache.put refuses this scheme's addresses. */
export function registerScheme(electron: Pick<ElectronApi, 'protocol'>): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, allowServiceWorkers: false }
  electron.protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

export interface SchemeParts {
  host: Pick<Host, 'handle'>
  /** Folder of the built page. */
  pageFolder: string
}

/** Answers every request of the scheme. Never throws. */
export function createSchemeHandler(parts: SchemeParts): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return withHeaders(await answer(parts, request))
    } catch (error) {
      return withHeaders(failure(error))
    }
  }
}

async function answer({ host, pageFolder }: SchemeParts, request: Request): Promise<Response> {
  checkSender(request)
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/county/') || pathname.startsWith('/host/')) return host.handle(request)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new SunhallError('E-FORBIDDEN', `Expected GET for a file of the page, got ${request.method}`)
  }
  return pageFile(pageFolder, pathname)
}

/** Only the page itself asks, and what changes something names its origin. */
function checkSender(request: Request): void {
  if (!isOwn(request.url)) throw new SunhallError('E-FORBIDDEN', `Expected an address of ${PAGE_ORIGIN}`)
  const origin = request.headers.get('origin')
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (origin === PAGE_ORIGIN || (origin === null && reads)) return
  throw new SunhallError('E-FORBIDDEN', `Expected Origin ${PAGE_ORIGIN}, got ${origin ?? 'none'}`)
}

function withHeaders(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
