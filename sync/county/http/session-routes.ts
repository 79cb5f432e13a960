// Signing in and out, and one's own password.
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { loginSchema, passwordChangeSchema, type SessionAnswer } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Account, actorOf, findAccount, hasAccounts } from '../accounts/account-list.ts'
import { authenticate, setPassword } from '../accounts/accounts.ts'
import { DEVICE_DAYS, deviceKey, joinTokens, makeDevice } from '../accounts/devices.ts'
import { endSession, openSession } from '../accounts/sessions.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Service } from '../service/service.ts'
import { readJson } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { isSecure, requireSession, SESSION_COOKIE } from './protect.ts'

/** The cookie goes to nobody but the console's own addresses. */
const COOKIE_PATH = '/console'
/** Says who has signed in from here before; opens nothing (`accounts/devices.ts`). */
const DEVICE_COOKIE = 'sunhall-device'
const DAY_SECONDS = 86_400

export function sessionRoutes(parts: HttpParts): Hono<HttpEnv> {
  const { office, now } = parts
  const routes = new Hono<HttpEnv>()
  routes.get('/', async (context) => {
    const session = context.get('session')
    const answer = session === null ? null : answerOf(session.account, session.csrf)
    return context.json({ session: answer, hasAccounts: await hasAccounts(await office.service()) })
  })
  routes.post('/', async (context) => {
    const { login, password } = await readJson(context, loginSchema)
    const service = await office.service()
    const from = await deviceKey(service, login, getCookie(context, DEVICE_COOKIE), now())
    const account = await authenticate(service, login, password, now(), from)
    // Whoever was signed in here no longer is: no session is taken over by the next person.
    const before = context.get('session')
    if (before !== null) await endSession(service, before.tokenHash)
    await appendAudit(service, { actor: account.login, action: 'login', object: `user ${account.login}` }, now())
    return context.json(await signIn(context, parts, account))
  })
  routes.delete('/', async (context) => {
    const session = requireSession(context)
    const service = await office.service()
    await endSession(service, session.tokenHash)
    deleteCookie(context, SESSION_COOKIE, { path: COOKIE_PATH })
    const { login } = session.account
    await appendAudit(service, { actor: login, action: 'logout', object: `user ${login}` }, now())
    return context.json({ ok: true })
  })
  routes.put('/password', async (context) => {
    const { login } = requireSession(context).account
    const { old, password } = await readJson(context, passwordChangeSchema)
    const service = await office.service()
    await authenticate(
      service,
      login,
      old,
      now(),
      await deviceKey(service, login, getCookie(context, DEVICE_COOKIE), now()),
    )
    if (old === password) throw new SunhallError('E-INPUT', '新密码和旧密码一样，请换一个')
    await setPassword(service, login, { password, mustChange: false }, login, now())
    const account = await findAccount(service, login)
    if (account === null) throw new SunhallError('E-LOGIN', '请先登录')
    // Every session has ended, this one too: it goes on under a new token.
    return context.json(await signIn(context, parts, account))
  })
  return routes
}

async function signIn(context: Context<HttpEnv>, parts: HttpParts, account: Account): Promise<SessionAnswer> {
  const service = await parts.office.service()
  const { token, csrf } = await openSession(service, account.login, parts.now())
  setCookie(context, SESSION_COOKIE, token, {
    path: COOKIE_PATH,
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(context),
  })
  await markDevice(context, service, account.login, parts.now())
  return answerOf(account, csrf)
}

/** From now on this person's tries from here are counted apart from those of strangers. */
async function markDevice(context: Context<HttpEnv>, service: Service, login: string, now: Date): Promise<void> {
  const before = getCookie(context, DEVICE_COOKIE)
  if ((await deviceKey(service, login, before, now)) !== null) return
  setCookie(context, DEVICE_COOKIE, joinTokens(await makeDevice(service, login, now), before), {
    ...{ path: `${COOKIE_PATH}/api/session`, httpOnly: true, sameSite: 'Strict', secure: isSecure(context) },
    maxAge: DEVICE_DAYS * DAY_SECONDS,
  })
}

function answerOf(account: Account, csrf: string): SessionAnswer {
  return { actor: actorOf(account), csrf, mustChange: account.mustChange }
}
