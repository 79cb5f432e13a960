// The office's people: made, changed, disabled; and who a login with a password is.
import { LOGIN_PATTERN, NAME_MAX } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Service } from '../service/service.ts'
import { type Account, findAccount, listAccounts } from './account-list.ts'
import { forgetDevices, type TryKey } from './devices.ts'
import { forgetTries, takeTry } from './lockout.ts'
import { hashPassword, passwordMatches } from './passwords.ts'
import { parseRoles, type Role } from './roles.ts'
import { endSessionsOf } from './sessions.ts'

export interface NewAccount {
  login: string
  name: string
  password: string
  roles: readonly string[]
  township: string | null
  /** The password was chosen by somebody else. */
  mustChange: boolean
}

/** Errors: E-INPUT for a wrong login, name, role, township or weak password; E-STATE for a login that is taken. */
export async function addAccount(service: Service, account: NewAccount, by: string, now: Date): Promise<void> {
  const { login, name, township } = account
  if (!LOGIN_PATTERN.test(login))
    throw new SunhallError(
      'E-INPUT',
      `Expected a login of 2 to 32 small letters, digits, dots or dashes, got "${login}"`,
    )
  const roles = parseRoles(account.roles)
  requireName(name)
  requireTownship(township, roles)
  const password = await hashPassword(account.password, login)
  const at = now.toISOString()
  const { numInsertedOrUpdatedRows } = await service
    .insertInto('accounts')
    .values({
      login,
      name,
      password,
      must_change: account.mustChange ? 1 : 0,
      roles: JSON.stringify(roles),
      township,
      disabled: 0,
      created_at: at,
      password_at: at,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirstOrThrow()
  if (Number(numInsertedOrUpdatedRows ?? 0) !== 1)
    throw new SunhallError('E-STATE', `Expected a login that is free, got "${login}", which is taken; choose another`)
  const detail = { name, roles: roles.join(' '), township }
  await appendAudit(service, { actor: by, action: 'user-add', object: `user ${login}`, detail }, now)
}

/** Name, roles, township or whether the account is open. Errors: E-INPUT, E-STATE for the last open administrator. */
export async function changeAccount(
  service: Service,
  login: string,
  change: { name?: string; roles?: readonly string[]; township?: string | null; disabled?: boolean },
  by: string,
  now: Date,
): Promise<void> {
  const before = await requireAccount(service, login)
  const name = change.name ?? before.name
  const roles = change.roles === undefined ? before.roles : parseRoles(change.roles)
  const township = change.township === undefined ? before.township : change.township
  const disabled = change.disabled ?? before.disabled
  requireName(name)
  requireTownship(township, roles)
  if (disabled || !roles.includes('administrator')) await requireOtherAdministrator(service, login)
  await service
    .updateTable('accounts')
    .set({ name, roles: JSON.stringify(roles), township, disabled: disabled ? 1 : 0 })
    .where('login', '=', login)
    .execute()
  if (disabled) await endSessionsOf(service, login)
  const detail = { name, roles: roles.join(' '), township, disabled }
  await appendAudit(service, { actor: by, action: 'user-change', object: `user ${login}`, detail }, now)
}

/** Ends every session of the account. `mustChange` where somebody else chose it. Errors: E-INPUT. */
export async function setPassword(
  service: Service,
  login: string,
  given: { password: string; mustChange: boolean },
  by: string,
  now: Date,
): Promise<void> {
  await requireAccount(service, login)
  const password = await hashPassword(given.password, login)
  await service
    .updateTable('accounts')
    .set({ password, must_change: given.mustChange ? 1 : 0, password_at: now.toISOString() })
    .where('login', '=', login)
    .execute()
  await endSessionsOf(service, login)
  for (const key of [login, ...(await forgetDevices(service, login))]) await forgetTries(service, key)
  await appendAudit(service, { actor: by, action: 'password', object: `user ${login}` }, now)
}

/**
 * Who this is. `from`: what a known device's tries are counted by (`devices.ts`); a stranger's are by the login. Errors:
 * E-LOGIN for a wrong pair, a disabled account or a wait; the same words for the first two.
 */
export async function authenticate(
  service: Service,
  login: string,
  password: string,
  now: Date,
  from: TryKey | null = null,
): Promise<Account> {
  const key = from ?? login
  const wait = await takeTry(service, key, now)
  if (wait !== null) {
    const seconds = Math.ceil(wait / 1000)
    throw new SunhallError('E-LOGIN', `密码错误次数太多，请在 ${seconds} 秒后再试`)
  }
  const row = await service.selectFrom('accounts').select('password').where('login', '=', login).executeTakeFirst()
  const right = await passwordMatches(password, row?.password ?? null)
  const account = right ? await findAccount(service, login) : null
  if (account === null || account.disabled) {
    // The trail keeps known logins only: what is typed into that field by mistake may be a password.
    if (row !== undefined)
      await appendAudit(service, { actor: login, action: 'login-failed', object: `user ${login}` }, now)
    throw new SunhallError('E-LOGIN', '账号或密码不对')
  }
  await forgetTries(service, key)
  return account
}

async function requireAccount(service: Service, login: string): Promise<Account> {
  const account = await findAccount(service, login)
  if (account !== null) return account
  throw new SunhallError('E-INPUT', `Expected the login of an account, got "${login}"; see "users list"`)
}

function requireName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (name.trim() !== '' && [...name].length <= NAME_MAX && !/[\u0000-\u001f<>]/.test(name)) return
  throw new SunhallError('E-INPUT', `Expected a name of 1 to ${NAME_MAX} characters without < and >, got "${name}"`)
}

/** Only who imports or checks works for one township. */
function requireTownship(township: string | null, roles: readonly Role[]): void {
  if (township === null) return
  if (!/^431225\d{3}$/.test(township))
    throw new SunhallError('E-INPUT', `Expected the 9-digit code of a township of the county, got "${township}"`)
  const other = roles.find((role) => role !== 'operator' && role !== 'reviewer')
  if (other === undefined) return
  throw new SunhallError('E-INPUT', `Expected operator or reviewer for a township's account, got ${other}`)
}

async function requireOtherAdministrator(service: Service, login: string): Promise<void> {
  const accounts = await listAccounts(service)
  const open = accounts.filter((account) => account.roles.includes('administrator') && !account.disabled)
  if (open.length !== 1 || open[0]?.login !== login) return
  throw new SunhallError(
    'E-STATE',
    `Expected another open administrator beside ${login}, found none; make one first with "users add"`,
  )
}
