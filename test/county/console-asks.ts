// Asking the console's HTTP as people of the office do, each signed in: what every test of its routes stands on.
import { CSRF_HEADER, type Role } from '../../sync/contract/console/session.ts'
import { addAccount } from '../../sync/county/accounts/accounts.ts'
import { createApp } from '../../sync/county/http/app.ts'
import { createJobs, type JobRunner } from '../../sync/county/jobs/runner.ts'
import { ticketFor } from '../../sync/county/jobs/ticket.ts'
import type { Office } from '../../sync/county/office.ts'

const HOST = '127.0.0.1:8080'
const PASSWORD = 'Ein langer Satz 2026'

export type AskingPerson = readonly [login: string, role: Role, township: string | null]

export interface Asks {
  jobs: JobRunner
  /**
   * Asks `path` below `/console/api` as `login`, or as nobody where there is no such person. Bytes go as they are, anything
   * else as JSON.
   */
  ask(login: string, path: string, method?: string, body?: Uint8Array | object): Promise<Response>
  close(): Promise<void>
}

/** Makes the accounts, named 示例 and their login, and signs them in. */
export async function openAsks(office: Office, people: readonly AskingPerson[]): Promise<Asks> {
  const now = (): Date => new Date()
  const warn = (): void => undefined
  const jobs = createJobs({ folder: office.folder, ticket: (actor) => ticketFor(office, actor, now()), now, warn })
  const app = createApp({ office, now, jobs, consoleFolder: office.folder, names: [], warn })
  const origin = `http://${HOST}`
  const signedIn = new Map<string, Record<string, string>>()
  for (const [login, role, township] of people) {
    const account = { login, name: `示例${login}`, password: PASSWORD, roles: [role], township, mustChange: false }
    await addAccount(await office.service(), account, 'test', now())
    const response = await app.request(`${origin}/console/api/session`, {
      method: 'POST',
      headers: { host: HOST, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: PASSWORD }),
    })
    const { csrf } = (await response.json()) as { csrf: string }
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    signedIn.set(login, { cookie, [CSRF_HEADER]: csrf })
  }
  return {
    jobs,
    async ask(login, path, method = 'GET', body) {
      const raw = body instanceof Uint8Array
      const type = raw ? 'application/octet-stream' : 'application/json'
      const headers = { host: HOST, origin, 'content-type': type, ...signedIn.get(login) }
      const given = body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }
      return await app.request(`${origin}/console/api${path}`, { method, headers, ...given })
    },
    close: () => jobs.close(),
  }
}
