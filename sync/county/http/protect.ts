// What stands before every route of the console: the server's own name, its headers, the session, and proof that a
// changing request comes from our own page.
import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { CSRF_HEADER, type Role } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'
import { actorOf } from '../accounts/account-list.ts'
import { requireRole } from '../accounts/roles.ts'
import { findSession } from '../accounts/sessions.ts'
import type { HttpEnv, HttpParts } from './parts.ts'

export const SESSION_COOKIE = 'sunhall-office'
const SAFE_METHODS = ['GET', 'HEAD']

/** Nothing from elsewhere, nothing inline, in no frame. WebAssembly is for Argon2id, which opens the inspectors' key file. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function headers(): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    await next()
    const { headers: answer } = context.res
    if (!answer.has('content-security-policy')) answer.set('content-security-policy', POLICY)
    answer.set('x-content-type-options', 'nosniff')
    answer.set('referrer-policy', 'no-referrer')
    answer.set('x-frame-options', 'DENY')
    answer.set('cross-origin-opener-policy', 'same-origin')
    answer.set('cross-origin-resource-policy', 'same-origin')
    answer.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), usb=(), payment=()')
    if (!answer.has('cache-control')) answer.set('cache-control', 'no-store')
  }
}

/** A foreign name that points here (DNS rebinding) is refused; bare addresses can't be rebound. */
export function ownHost(names: readonly string[]): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const host = hostOf(context)
    const bare = host
      .replace(/:\d+$/, '')
      .replaceAll(/^\[|\]$/g, '')
      .toLowerCase()
    if (bare !== 'localhost' && isIP(bare) === 0 && !names.includes(bare))
      throw new SunhallError(
        'E-FORBIDDEN',
        `Expected this server's own name, got the host "${bare.slice(0, 100)}"; start it with --name if it is one`,
      )
    await next()
  }
}

/** Finds the session of the cookie, and refuses a changing request that isn't from our own page. */
export function session({ office, now }: HttpParts): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const token = getCookie(context, SESSION_COOKIE)
    const found = token === undefined ? null : await findSession(await office.service(), token, now())
    context.set('session', found)
    if (!SAFE_METHODS.includes(context.req.method)) {
      requireOwnOrigin(context)
      if (found !== null) requireToken(context, found.csrf)
    }
    await next()
  }
}

/** Passes for an account with one of these roles (none given: any). Sets `actor`. Errors: E-LOGIN, E-FORBIDDEN. */
export function guarded(...roles: readonly Role[]): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const { account } = requireSession(context)
    if (account.mustChange) throw new SunhallError('E-FORBIDDEN', '请先换掉别人给您设的密码')
    const actor = actorOf(account)
    if (roles.length > 0) requireRole(actor, ...roles)
    context.set('actor', actor)
    await next()
  }
}

/** Errors: E-LOGIN. */
export function requireSession(context: Context<HttpEnv>) {
  const found = context.get('session')
  if (found !== null && found !== undefined) return found
  throw new SunhallError('E-LOGIN', '请先登录')
}

function requireOwnOrigin(context: Context<HttpEnv>): void {
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site')
  const own = origin !== undefined && URL.canParse(origin) && new URL(origin).host === hostOf(context)
  if (own && (site === undefined || site === 'same-origin')) return
  throw new SunhallError(
    'E-FORBIDDEN',
    `Expected a request from the console's own page, got one from ${origin ?? 'nowhere'}`,
  )
}

function requireToken(context: Context<HttpEnv>, expected: string): void {
  const got = Buffer.from(context.req.header(CSRF_HEADER) ?? '')
  const wanted = Buffer.from(expected)
  if (got.length === wanted.length && timingSafeEqual(got, wanted)) return
  throw new SunhallError('E-FORBIDDEN', `Expected the session's token in the header ${CSRF_HEADER}, got another`)
}

/** The Host header as the browser sent it. */
function hostOf(context: Context<HttpEnv>): string {
  return context.req.header('host') ?? ''
}

/** True where the browser's side of the line is TLS, also behind a proxy that says so. */
export function isSecure(context: Context<HttpEnv>): boolean {
  return context.req.header('x-forwarded-proto') === 'https' || context.req.url.startsWith('https:')
}
