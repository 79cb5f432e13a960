// The office's people as they are kept.
import type { Service } from '../service/service.ts'
import { type Actor, parseRoles } from './roles.ts'

export interface Account extends Actor {
  disabled: boolean
  mustChange: boolean
  createdAt: string
  passwordAt: string
}
export async function hasAccounts(service: Service): Promise<boolean> {
  return (await service.selectFrom('accounts').select('login').limit(1).executeTakeFirst()) !== undefined
}

export async function listAccounts(service: Service): Promise<Account[]> {
  const rows = await service.selectFrom('accounts').selectAll().orderBy('login').execute()
  return rows.map((row) => ({
    login: row.login,
    name: row.name,
    roles: parseRoles(JSON.parse(row.roles)),
    township: row.township,
    disabled: row.disabled === 1,
    mustChange: row.must_change === 1,
    createdAt: row.created_at,
    passwordAt: row.password_at,
  }))
}

/** Null where there is none. */
export async function findAccount(service: Service, login: string): Promise<Account | null> {
  return (await listAccounts(service)).find((account) => account.login === login) ?? null
}

export function actorOf({ login, name, roles, township }: Account): Actor {
  return { login, name, roles, township }
}
