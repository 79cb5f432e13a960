// Who runs a verb of the command line: an account with its password, a child process with a ticket, or in a practice
// office (one without any account) whoever gives a name.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { ParseArgsOptionDescriptor } from 'node:util'
import { ROLES } from '../../contract/console/session.ts'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import type { Office } from '../office.ts'
import type { OptionValues } from '../verbs/verb.ts'
import { actorOf, hasAccounts } from './account-list.ts'
import { authenticate } from './accounts.ts'
import { machineKey } from './devices.ts'
import { type Actor, type Role, requireRole } from './roles.ts'
import { redeemTicket } from './sessions.ts'

/** Environment of a child process of the server: its ticket. */
export const TICKET_VARIABLE = 'SUNHALL_TICKET'
export const PASSWORD_VARIABLE = 'SUNHALL_PASSWORD'

/** Options of every verb that asks who does it: spread them into the verb's own. */
export const ACTOR_OPTIONS: { readonly [name: string]: ParseArgsOptionDescriptor & { help: string } } = {
  as: { type: 'string', help: `login; the password comes from ${PASSWORD_VARIABLE}, --password-file or a prompt` },
  'password-file': { type: 'string', help: 'file whose first line is the password' },
  by: { type: 'string', help: 'who does it, in a practice office without accounts' },
}

interface ActorContext {
  office: Office
  values: OptionValues
  now: Date
}

/**
 * Who does it, with one of these roles (none given: any account). An office without accounts lets everybody do all under
 * the name of `--by`. Errors: E-LOGIN for nobody or a wrong password, E-FORBIDDEN for another role.
 */
export async function actorFor(context: ActorContext, ...roles: readonly Role[]): Promise<Actor> {
  const service = await context.office.service()
  if (!(await hasAccounts(service))) return practiceActor(context.values)
  const actor = await namedActor(context)
  if (roles.length > 0) requireRole(actor, ...roles)
  return actor
}

function practiceActor(values: OptionValues): Actor {
  const name = typeof values.by === 'string' ? values.by : typeof values.as === 'string' ? values.as : ''
  return { login: name, name, roles: [...ROLES], township: null }
}

async function namedActor({ office, values, now }: ActorContext): Promise<Actor> {
  const service = await office.service()
  const ticket = process.env[TICKET_VARIABLE]
  if (ticket !== undefined && ticket !== '') return actorOf(await redeemTicket(service, ticket, now))
  const login = values.as
  if (typeof login !== 'string')
    throw new SunhallError('E-LOGIN', 'Expected --as LOGIN, since this office has accounts; say who does this')
  const account = await authenticate(service, login, await passwordFrom(values), now, machineKey(login))
  if (account.mustChange)
    throw new SunhallError(
      'E-LOGIN',
      `Expected a password that ${login} chose, got one that somebody else set; change it with "users password"`,
    )
  return actorOf(account)
}

/** From the environment, the file or, at a terminal, a prompt without echo. Errors: E-INPUT. */
export async function passwordFrom(values: OptionValues): Promise<string> {
  const file = values['password-file']
  if (typeof file === 'string') return fromFile(file)
  const given = process.env[PASSWORD_VARIABLE]
  if (given !== undefined && given !== '') return given
  if (process.stdin.isTTY) return promptFor('Password: ')
  throw new SunhallError('E-INPUT', `Expected a password in ${PASSWORD_VARIABLE} or --password-file, got none`)
}

/** First line of the file. Errors: E-INPUT where it can't be read or is empty. */
export function fromFile(file: string): string {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new SunhallError('E-INPUT', `Expected a password in ${file}, got: ${messageOf(cause)}`, { cause })
  }
  const [line = ''] = text.split(/\r?\n/)
  if (line !== '') return line
  throw new SunhallError('E-INPUT', `Expected a password in the first line of ${file}, got an empty one`)
}

export async function promptFor(question: string): Promise<string> {
  // What is typed is not shown: the terminal's own echo ends here, and only then is anything asked for.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(question)
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
