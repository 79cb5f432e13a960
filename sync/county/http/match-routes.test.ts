// Data matching over HTTP, by role: real accounts, sessions and a real child process for the long work.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AskingPerson, type Asks, openAsks } from '../../../test/county/console-asks.ts'
import { fillPayments } from '../../../test/county/match-payments.ts'
import { jobSchema } from '../../contract/console/jobs.ts'
import { matchOverviewSchema, suspectDetailSchema, suspectsSchema } from '../../contract/console/match.ts'
import { type Office, openOffice } from '../office.ts'

const ID = '431225195003071234'
let folder = ''
let office: Office
let asks: Asks

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-match-http-'))
  office = openOffice(join(folder, 'office'), new Date())
  const people: AskingPerson[] = [
    ['shen', 'reviewer', null],
    ['jijian', 'inspector', null],
    ['jingban', 'operator', null],
    ['xiang', 'reviewer', '431225100'],
  ]
  asks = await openAsks(office, people)
  await fillPayments(office, [
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
}, 60_000)
afterAll(async () => {
  await asks.close()
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask: Asks['ask'] = (login, path, ...more) => asks.ask(login, `/match${path}`, ...more)

async function ended(response: Response): Promise<object> {
  const { id } = jobSchema.parse(await response.json())
  return await asks.jobs.whenEnded(id)
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
    expect((await ask('shen', '/registers/deceased?name=..%2F..%2Fx.exe', 'POST', Buffer.from(text))).status).toBe(422)
    const name = encodeURIComponent('../../死亡 人员.csv')
    expect(await ended(await ask('shen', `/registers/deceased?name=${name}`, 'POST', Buffer.from(text)))).toMatchObject(
      {
        state: 'done',
        result: { accepted: 1, file: '死亡 人员.csv' },
      },
    )
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
