// The administrator's page: accounts made, changed, closed, and given a first password.
import { Hono } from 'hono'
import { type MadePassword, newUserSchema, userChangeSchema } from '../../contract/console/users.ts'
import { SunhallError } from '../../contract/errors.ts'
import { findAccount, listAccounts } from '../accounts/account-list.ts'
import { addAccount, changeAccount, setPassword } from '../accounts/accounts.ts'
import { makePassword } from '../accounts/made-password.ts'
import { readJson } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

export function usersRoutes({ office, now }: HttpParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const mayKeep = guarded('administrator')
  routes.get('/', mayKeep, async (context) => context.json({ users: await listAccounts(await office.service()) }))
  routes.post('/', mayKeep, async (context) => {
    const given = await readJson(context, newUserSchema)
    const password = makePassword()
    const by = context.get('actor').login
    await addAccount(await office.service(), { ...given, password, mustChange: true }, by, now())
    const made: MadePassword = { login: given.login, password }
    return context.json(made, 201)
  })
  routes.put('/:login', mayKeep, async (context) => {
    const login = context.req.param('login')
    const change = await readJson(context, userChangeSchema)
    const service = await office.service()
    await changeAccount(service, login, change, context.get('actor').login, now())
    return context.json(await findAccount(service, login))
  })
  routes.post('/:login/password', mayKeep, async (context) => {
    const login = context.req.param('login')
    const by = context.get('actor').login
    // One's own is changed with the old one beside it (session-routes.ts): an open screen is not enough.
    if (login === by) throw new SunhallError('E-STATE', '自己的密码请在“改密码”里改')
    const password = makePassword()
    await setPassword(await office.service(), login, { password, mustChange: true }, by, now())
    const made: MadePassword = { login, password }
    return context.json(made)
  })
  return routes
}
