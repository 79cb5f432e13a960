// Data matching over HTTP, by role: real accounts, sessions and a real child process for the long work.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillPayments } from '../../../test/county/match-payments.ts'
import { jobSchema } from '../../contract/console/jobs.ts'
import { matchOverviewSchema, suspectDetailSchema, suspectsSchema } from '../../contract/console/match.ts'
import { CSRF_HEADER } from '../../contract/console/session.ts'
import { addAccount } from '../accounts/accounts.ts'
import { createJobs, type JobRunner } from '../jobs/runner.ts'
import { ticketFor } from '../jobs/ticket.ts'
import { type Office, openOffice } from '../office.ts'
import { createApp } from './app.ts'

const HOST = '127.0.0.1:8080'
const PASSWORD = 'Ein langer Satz 2026'
const ID = '431225195003071234'
let folder = ''
let office: Office
let jobs: JobRunner
let app: ReturnType<typeof createApp>
const cookies = new Map<string, { cookie: string; csrf: string }>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-match-http-'))
  office = openOffice(join(folder, 'office'), new Date())
  const service = await office.service()
  const people: [string, string, string | null][] = [
    ['shen', 'reviewer', null],
    ['jijian', 'inspector', null],
    ['jingban', 'operator', null],
    ['xiang', 'reviewer', '431225100'],
  ]
  for (const [login, role, township] of people) {
    const account = { login, name: '示例', password: PASSWORD, roles: [role], township, mustChange: false }
    await addAccount(service, account, 'test', new Date())
  }
  const now = () => new Date()
  const warn = () => undefined
  jobs = createJobs({ folder: office.folder, ticket: (actor) => ticketFor(office, actor, now()), now, warn })
  app = createApp({ office, now, jobs, consoleFolder: folder, names: [], warn })
  fillPayments(office, [
    {
      fund: 'F055',
      village: '431225100201',
      group: '3组',
      payee: '杨示例',
      idNumber: ID,
      batch: '2026-03',
      amount: 42_000,
      date: '2026-03-20',
      status: '已发',
    },
  ])
  for (const [login] of people) cookies.set(login, await signIn(login))
}, 60_000)
afterAll(async () => {
  await jobs.close()
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

async function signIn(login: string): Promise<{ cookie: string; csrf: string }> {
  const response = await app.request(`http://${HOST}/console/api/session`, {
    method: 'POST',
    headers: { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  })
  const answer = (await response.json()) as { csrf: string }
  return { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '', csrf: answer.csrf }
}

async function ask(login: string, path: string, method = 'GET', body?: string | object): Promise<Response> {
  const { cookie, csrf } = cookies.get(login) ?? { cookie: '', csrf: '' }
  const headers: Record<string, string> = { host: HOST, origin: `http://${HOST}`, cookie, [CSRF_HEADER]: csrf }
  headers['content-type'] = typeof body === 'object' ? 'application/json' : 'application/octet-stream'
  const given = body === undefined ? {} : { body: typeof body === 'object' ? JSON.stringify(body) : body }
  return await app.request(`http://${HOST}/console/api/match${path}`, { method, headers, ...given })
}

async function ended(response: Response): Promise<object> {
  const { id } = jobSchema.parse(await response.json())
  return await jobs.whenEnded(id)
}

describe('data matching in the console', () => {
  it('is closed to operators, to a township’s reviewer and to nobody at all', async () => {
    for (const path of ['', '/suspects', '/suspects/1', '/suspects.csv']) {
      expect((await ask('jingban', path)).status, path).toBe(403)
      expect((await ask('xiang', path)).status, path).toBe(403)
      expect((await ask('nobody', path)).status, path).toBe(401)
    }
    expect((await ask('xiang', '/runs', 'POST')).status).toBe(403)
  })

  it('goes from a register’s file through a run to a decision, and leaves no file behind', async () => {
    const text = `姓名,身份证号,死亡日期\n杨示例,${ID},2025-08-24\n`
    expect((await ask('shen', '/registers/deceased?name=..%2F..%2Fx.exe', 'POST', text)).status).toBe(422)
    const name = encodeURIComponent('../../死亡 人员.csv')
    expect(await ended(await ask('shen', `/registers/deceased?name=${name}`, 'POST', text))).toMatchObject({
      state: 'done',
      result: { accepted: 1, file: '死亡 人员.csv' },
    })
    const uploads = join(office.folder, 'uploads')
    expect(existsSync(uploads) ? readdirSync(uploads) : []).toEqual([])
    expect(await ended(await ask('jijian', '/runs', 'POST'))).toMatchObject({ state: 'done', result: { suspects: 1 } })
    const { suspects, total } = suspectsSchema.parse(await (await ask('jijian', '/suspects?state=open')).json())
    expect([total, suspects[0]?.name, suspects[0]?.score]).toEqual([1, '杨示例', 100])
    const path = `/suspects/${suspects[0]?.id}`
    expect((await ask('jijian', `${path}/decision`, 'POST', { state: 'cleared', words: ' ' })).status).toBe(422)
    const decided = await ask('jijian', `${path}/decision`, 'POST', { state: 'passed-on', words: '移交办案' })
    expect(suspectDetailSchema.parse(await decided.json())).toMatchObject({ state: 'passed-on', decidedBy: 'jijian' })
    const overview = matchOverviewSchema.parse(await (await ask('shen', '')).json())
    expect(overview).toMatchObject({ counts: { open: 0, 'passed-on': 1 }, registers: [{ rows: 1, by: 'shen' }] })
    const csv = await ask('shen', '/suspects.csv?state=passed-on')
    expect((await csv.text()).split('\r\n')[1]).toContain('杨示例')
  }, 60_000)

  it('keeps a rule that somebody changed, and refuses one that is none', async () => {
    const { rules } = matchOverviewSchema.parse(await (await ask('shen', '')).json())
    const [first] = rules
    const changed = { ...first, minScore: 75 }
    expect((await ask('shen', `/rules/${first?.id}`, 'PUT', changed)).status).toBe(200)
    const after = matchOverviewSchema.parse(await (await ask('shen', '')).json())
    expect(after.rules[0]).toEqual(changed)
    expect((await ask('shen', `/rules/${first?.id}`, 'PUT', { ...changed, minScore: 101 })).status).toBe(422)
  })
})
