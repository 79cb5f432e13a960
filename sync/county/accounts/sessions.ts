// Sessions of the console and one-time tickets for work that a child process does in somebody's name. Tokens are 256
// random bits; the database holds only their hashes.
import { createHash, randomBytes } from 'node:crypto'
import { SunhallError } from '../../contract/errors.ts'
import type { Service } from '../service/service.ts'
import { type Account, findAccount } from './account-list.ts'

/** A session ends this long after its last request, in ms. */
export const IDLE_MS = 30 * 60_000
/** And this long after signing in, whatever happens. */
export const ABSOLUTE_MS = 12 * 3_600_000
/** `seen_at` is written at most this often: a page that polls doesn't write each time. */
const SEEN_STEP_MS = 60_000
const TICKET_MS = 60_000
const TOKEN_BYTES = 32

export interface Session {
  account: Account
  /** Every changing request carries it in a header: a foreign page can't read it. */
  csrf: string
  tokenHash: string
}

/** Returns the cookie's token: the only copy. Sessions that have ended are swept out. */
export async function openSession(
  service: Service,
  login: string,
  now: Date,
): Promise<{ token: string; csrf: string }> {
  const at = now.toISOString()
  await service.deleteFrom('sessions').where('seen_at', '<', before(now, IDLE_MS)).execute()
  await service.deleteFrom('sessions').where('created_at', '<', before(now, ABSOLUTE_MS)).execute()
  const token = newToken()
  const csrf = newToken()
  await service
    .insertInto('sessions')
    .values({ token_hash: hashOf(token), login, csrf, created_at: at, seen_at: at })
    .execute()
  return { token, csrf }
}

/** The session of a cookie; null where it has ended, or its account is closed. Roles are those of this moment. */
export async function findSession(service: Service, token: string, now: Date): Promise<Session | null> {
  const tokenHash = hashOf(token)
  const row = await service.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
  if (row === undefined) return null
  const account = await findAccount(service, row.login)
  const over = row.seen_at < before(now, IDLE_MS) || row.created_at < before(now, ABSOLUTE_MS)
  if (over || account === null || account.disabled) {
    await endSession(service, tokenHash)
    return null
  }
  if (row.seen_at < before(now, SEEN_STEP_MS))
    await service
      .updateTable('sessions')
      .set({ seen_at: now.toISOString() })
      .where('token_hash', '=', tokenHash)
      .execute()
  return { account, csrf: row.csrf, tokenHash }
}

export async function endSession(service: Service, tokenHash: string): Promise<void> {
  await service.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
}

export async function endSessionsOf(service: Service, login: string): Promise<void> {
  await service.deleteFrom('sessions').where('login', '=', login).execute()
}

/** A ticket for one child process, good for one use within a minute. */
export async function issueTicket(service: Service, login: string, now: Date): Promise<string> {
  await service.deleteFrom('tickets').where('expires_at', '<', now.toISOString()).execute()
  const ticket = newToken()
  const expires_at = new Date(now.getTime() + TICKET_MS).toISOString()
  await service
    .insertInto('tickets')
    .values({ ticket_hash: hashOf(ticket), login, expires_at })
    .execute()
  return ticket
}

/** Whose ticket it is; it is void from then on. Errors: E-LOGIN for one that is used, old or unknown. */
export async function redeemTicket(service: Service, ticket: string, now: Date): Promise<Account> {
  const row = await service
    .deleteFrom('tickets')
    .where('ticket_hash', '=', hashOf(ticket))
    .where('expires_at', '>=', now.toISOString())
    .returning('login')
    .executeTakeFirst()
  const account = row === undefined ? null : await findAccount(service, row.login)
  if (account !== null && !account.disabled) return account
  throw new SunhallError(
    'E-LOGIN',
    'Expected a ticket that is good once within a minute, got another; start the work again',
  )
}

const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
const before = (now: Date, ms: number): string => new Date(now.getTime() - ms).toISOString()
