// Who may talk to the browser shell: requests to our own name, from our own page, with the cookie that the launch link
// gave it. Everything else on this machine, and every web page open elsewhere, gets 403.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { SunhallError } from '../../sync/contract/errors.ts'

export const COOKIE = 'sunhall'

export interface Guard {
  /** A path with a launch secret, to be opened once (again and again in developer mode). */
  launchPath(): string
  /** The cookie to set for a right launch secret; null where the request carries none. Errors: E-FORBIDDEN. */
  launch(url: URL): string | null
  /** Errors: E-FORBIDDEN for a wrong Host, Origin, Sec-Fetch-Site or cookie. */
  check(request: IncomingMessage): void
}

export function createGuard(port: () => number, developer: boolean): Guard {
  const cookieSecret = randomBytes(32).toString('base64url')
  const launchSecrets = new Set<string>()
  return {
    launchPath() {
      const secret = randomBytes(32).toString('base64url')
      launchSecrets.add(secret)
      return `/?launch=${secret}`
    },
    launch(url) {
      const given = url.searchParams.get('launch')
      if (given === null) return null
      const secret = [...launchSecrets].find((known) => same(known, given))
      if (secret === undefined) throw forbidden('a launch link that is still good; start the terminal again')
      if (!developer) launchSecrets.delete(secret)
      return `${COOKIE}=${cookieSecret}; HttpOnly; SameSite=Strict; Path=/`
    },
    check(request) {
      checkName(request, port())
      const cookie = cookieOf(request.headers.cookie ?? '')
      if (!same(cookieSecret, cookie)) throw forbidden('the cookie of the launch link; open the link that was printed')
    },
  }
}

/** Host and Origin, also for the launch itself: no foreign page, and no rebound name, reaches the host. */
export function checkName(request: IncomingMessage, port: number): void {
  const host = `127.0.0.1:${port}`
  if (request.headers.host !== host) throw forbidden(`Host ${host}`)
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`) throw forbidden(`Origin http://${host}`)
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw forbidden('a request from its own page')
  if (request.method !== 'GET' && request.method !== 'HEAD' && origin === undefined)
    throw forbidden('an Origin with a request that changes something')
}

function forbidden(expected: string): SunhallError {
  return new SunhallError('E-FORBIDDEN', `Expected ${expected}`)
}

function cookieOf(header: string): string {
  const pairs = header.split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([name]) => name === COOKIE)?.[1] ?? ''
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
