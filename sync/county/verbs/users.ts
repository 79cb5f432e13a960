// users: the office's accounts. The first one, an administrator, is made here and nowhere else.
import { ROLES } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Account, findAccount, hasAccounts, listAccounts } from '../accounts/account-list.ts'
import { addAccount, authenticate, changeAccount, setPassword } from '../accounts/accounts.ts'
import { ACTOR_OPTIONS, actorFor, fromFile, passwordFrom, promptFor } from '../accounts/actor.ts'
import { machineKey } from '../accounts/devices.ts'
import { textOption, textOptions, type Verb, type VerbContext } from './verb.ts'

const NEW_PASSWORD_VARIABLE = 'SUNHALL_NEW_PASSWORD'
type Result = { [key: string]: unknown }

export const usersVerb: Verb = {
  name: 'users',
  usage: 'users <list|add|change|disable|enable|password|recover> [LOGIN] [--name NAME] [--role ROLE …]',
  summary: 'keeps the accounts; the first one is an administrator, and from then on every verb asks who does it',
  example: 'county users add admin --name 王示例 --role administrator --new-password-file /run/first-password',
  options: {
    name: { type: 'string', help: 'add, change: the person’s name, as the audit trail and the screens show it' },
    role: { type: 'string', multiple: true, help: `add, change: ${ROLES.join(', ')}; may be given several times` },
    township: { type: 'string', help: 'add, change: 9-digit code of the only township this person sees, or "county"' },
    'new-password-file': {
      type: 'string',
      help: `add, password, recover: file whose first line is the new one; else ${NEW_PASSWORD_VARIABLE} or a prompt`,
    },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 1, max: 2 },
  async run(context) {
    const [action = '', login = ''] = context.positionals
    if (action !== 'list' && login === '')
      throw new SunhallError('E-INPUT', `Expected "users ${action} LOGIN", got no login`)
    if (action === 'list') return list(context)
    if (action === 'add') return add(context, login)
    if (action === 'password') return password(context, login)
    if (action === 'recover') return recover(context, login)
    if (action === 'change' || action === 'disable' || action === 'enable') return change(context, action, login)
    throw new SunhallError(
      'E-INPUT',
      `Expected list, add, change, disable, enable, password or recover, got "${action}"`,
    )
  },
}

async function list(context: VerbContext): Promise<Result> {
  await actorFor(context, 'administrator', 'auditor')
  const users = await listAccounts(await context.office.service())
  for (const { login, name, roles, township, disabled } of users)
    context.say(`${login}\t${name}\t${roles.join(' ')}\t${township ?? 'county'}\t${disabled ? 'disabled' : 'open'}`)
  if (users.length === 0) context.say('There is no account: this is a practice office, where --by names who does it')
  return { ok: true, users }
}

async function add(context: VerbContext, login: string): Promise<Result> {
  const service = await context.office.service()
  const first = !(await hasAccounts(service))
  const roles = textOptions(context.values, 'role')
  if (first && !roles.includes('administrator'))
    throw new SunhallError('E-STATE', 'Expected the first account to be an administrator: add --role administrator')
  const actor = await actorFor(context, 'administrator')
  const given = {
    login,
    name: textOption(context.values, 'name') ?? login,
    password: await newPassword(context),
    roles,
    township: townshipOption(context) ?? null,
    // The first administrator typed it; everybody else's is chosen by the administrator.
    mustChange: !first,
  }
  await addAccount(service, given, first ? login : actor.login, context.now)
  context.say(`${login} (${given.name}) may sign in as ${roles.join(', ')}${first ? '' : ' after choosing a password'}`)
  return { ok: true, login, roles, first }
}

async function change(context: VerbContext, action: string, login: string): Promise<Result> {
  const service = await context.office.service()
  const actor = await actorFor(context, 'administrator')
  const name = textOption(context.values, 'name')
  const roles = textOptions(context.values, 'role')
  const township = townshipOption(context)
  const wanted = {
    ...(name === null ? {} : { name }),
    ...(roles.length === 0 ? {} : { roles }),
    ...(township === undefined ? {} : { township }),
    ...(action === 'change' ? {} : { disabled: action === 'disable' }),
  }
  await changeAccount(service, login, wanted, actor.login, context.now)
  const user = await findAccount(service, login)
  context.say(`${login}: ${user?.roles.join(', ') ?? ''}, ${user?.disabled === true ? 'disabled' : 'open'}`)
  return { ok: true, user }
}

/** One's own with the old one; another's by the administrator. */
async function password(context: VerbContext, login: string): Promise<Result> {
  const service = await context.office.service()
  const own = context.values.as === undefined || context.values.as === login
  const by = own ? await ownAccount(context, login) : (await actorFor(context, 'administrator')).login
  await setPassword(service, login, { password: await newPassword(context), mustChange: !own }, by, context.now)
  context.say(`${login} has a new password${own ? '' : ', to be changed at the next sign-in'}; all sessions have ended`)
  return { ok: true, login }
}

async function ownAccount({ office, values, now }: VerbContext, login: string): Promise<string> {
  const service = await office.service()
  const account: Account = await authenticate(service, login, await passwordFrom(values), now, machineKey(login))
  return account.login
}

/** For a lost administrator's password: whoever may write the office's files may do this, and the trail says so. */
async function recover(context: VerbContext, login: string): Promise<Result> {
  const service = await context.office.service()
  const account = await findAccount(service, login)
  if (account === null || !account.roles.includes('administrator'))
    throw new SunhallError(
      'E-INPUT',
      `Expected an administrator's login, got "${login}"; others are set by "users password"`,
    )
  await setPassword(service, login, { password: await newPassword(context), mustChange: false }, 'system', context.now)
  context.say(`${login} has a new password; the audit trail says that it was set at the machine`)
  return { ok: true, login }
}

/** undefined where it isn't given; null for the whole county. */
function townshipOption({ values }: VerbContext): string | null | undefined {
  const given = textOption(values, 'township')
  if (given === null) return undefined
  return given === 'county' ? null : given
}

async function newPassword({ values }: VerbContext): Promise<string> {
  const file = textOption(values, 'new-password-file')
  if (file !== null) return fromFile(file)
  const given = process.env[NEW_PASSWORD_VARIABLE]
  if (given !== undefined && given !== '') return given
  if (!process.stdin.isTTY)
    throw new SunhallError(
      'E-INPUT',
      `Expected a new password in --new-password-file or ${NEW_PASSWORD_VARIABLE}, got none`,
    )
  const first = await promptFor('New password: ')
  if (first === (await promptFor('Once more: '))) return first
  throw new SunhallError('E-INPUT', 'Expected the same password twice, got two; run this again')
}
