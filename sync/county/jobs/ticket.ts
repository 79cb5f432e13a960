// The ticket with which a job's child process says in whose name it works.
import { hasAccounts } from '../accounts/account-list.ts'
import type { Actor } from '../accounts/roles.ts'
import { issueTicket } from '../accounts/sessions.ts'
import type { Office } from '../office.ts'

/** Null in a practice office, where the child gets --by. */
export async function ticketFor(office: Office, actor: Actor, now: Date): Promise<string | null> {
  const service = await office.service()
  return (await hasAccounts(service)) ? issueTicket(service, actor.login, now) : null
}
