// One contract for the office's service database, held by SQLite and by PostgreSQL alike.
import { expect, it, vi } from 'vitest'
import { addAccount, authenticate } from '../../sync/county/accounts/accounts.ts'
import { FREE_TRIES } from '../../sync/county/accounts/lockout.ts'
import { findSession, issueTicket, openSession, redeemTicket } from '../../sync/county/accounts/sessions.ts'
import { appendAudit, auditHead, entryHash } from '../../sync/county/audit/audit.ts'
import { listAlarms, settleAlarms } from '../../sync/county/fleet/alarms.ts'
import { issueToken, waitingToken } from '../../sync/county/fleet/tokens.ts'
import { readUsage, storeUsage } from '../../sync/county/fleet/usage.ts'
import { readSetting, writeSetting } from '../../sync/county/service/service.ts'
import { eachService } from '../county/services.ts'

// scrypt is slow on purpose.
vi.setConfig({ testTimeout: 120_000 })

const now = new Date('2026-11-24T08:00:00Z')

const later = (ms: number): Date => new Date(now.getTime() + ms)
const li = {
  login: 'li',
  name: '李示例',
  password: 'correct-horse-42',
  roles: ['technician'],
  township: null,
  mustChange: false,
}

eachService((open) => {
  it('keeps settings, the last one said', async () => {
    const service = await open()
    expect(await readSetting(service, 'silent-after-hours')).toBeUndefined()
    await writeSetting(service, 'silent-after-hours', 24)
    await writeSetting(service, 'silent-after-hours', { hours: 48, why: '“冬天”停电' })
    expect(await readSetting(service, 'silent-after-hours')).toEqual({ hours: 48, why: '“冬天”停电' })
  })

  it('chains audit entries that are appended at the same moment, without a gap', async () => {
    const service = await open()
    const names = ['li', 'yang', 'su', 'long', 'ming', 'wu']
    await Promise.all(names.map((actor) => appendAudit(service, { actor, action: 'login', object: actor }, now)))
    const rows = await service.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(rows.every((row) => row.hash === entryHash(row))).toBe(true)
    expect(rows.map(({ before }) => before)).toEqual(['', ...rows.map(({ hash }) => hash).slice(0, -1)])
    expect(await auditHead(service)).toBe(rows.at(-1)?.hash)
  })

  it('takes a login once, counts wrong passwords that come at once, and makes the next wait', async () => {
    const service = await open()
    await addAccount(service, li, 'system', now)
    await expect(addAccount(service, li, 'system', now)).rejects.toMatchObject({ code: 'E-STATE' })
    expect((await authenticate(service, 'li', li.password, now)).name).toBe('李示例')
    const wrong = Array.from({ length: FREE_TRIES + 3 }, () => authenticate(service, 'li', 'not-the-password', now))
    await Promise.allSettled(wrong)
    await expect(authenticate(service, 'li', li.password, now)).rejects.toThrow('请在')
    expect((await authenticate(service, 'li', li.password, later(3_600_000))).login).toBe('li')
  })

  it('ends sessions after half an hour of silence, and takes a ticket once', async () => {
    const service = await open()
    await addAccount(service, li, 'system', now)
    const { token, csrf } = await openSession(service, 'li', now)
    expect((await findSession(service, token, later(20 * 60_000)))?.csrf).toBe(csrf)
    expect(await findSession(service, token, later(60 * 60_000))).toBeNull()
    const ticket = await issueTicket(service, 'li', now)
    const taken = await Promise.allSettled([redeemTicket(service, ticket, now), redeemTicket(service, ticket, now)])
    expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('lets a new enrolment token void the one before', async () => {
    const service = await open()
    const actor = { login: 'li', name: '李示例', roles: ['technician' as const], township: null }
    const first = await issueToken(service, 'HT-07', actor, now)
    const second = await issueToken(service, 'HT-07', actor, later(1_000))
    expect(second.token).not.toBe(first.token)
    expect((await waitingToken(service, 'HT-07', later(2_000)))?.issuedAt).toBe(later(1_000).toISOString())
    const free = service.selectFrom('enrolment_tokens').select('hash').where('used_at', '=', '')
    expect(await free.execute()).toHaveLength(1)
  })

  it('counts a day of use once, however often it comes', async () => {
    const service = await open()
    const hours = (at: number, count: number): number[] =>
      Array.from({ length: 24 }, (_, hour) => (hour === at ? count : 0))
    const day = {
      day: '2026-11-23',
      visits: hours(9, 4),
      screens: { home: hours(9, 4), fund: hours(10, 7) },
      over: true,
    }
    for (let time = 0; time < 3; time += 1) await storeUsage(service, 'HT-07', [day], now)
    const report = await readUsage(service, { from: '2026-11-01', to: '2026-11-24', terminals: ['HT-07', 'HT-08'] })
    expect(report.visits).toBe(4)
    expect(report.byScreen).toEqual([
      { screen: 'fund', count: 7 },
      { screen: 'home', count: 4 },
    ])
  })

  it('raises an alarm once, and closes it when its cause is gone', async () => {
    const service = await open()
    const seen = new Map([['HT-07', new Map([['silent' as const, '三天没有消息']])]])
    expect((await settleAlarms(service, seen, now)).raised).toHaveLength(1)
    expect((await settleAlarms(service, seen, later(60_000))).raised).toHaveLength(0)
    expect((await settleAlarms(service, new Map(), later(120_000))).cleared).toHaveLength(1)
    expect(await listAlarms(service, ['HT-07'])).toHaveLength(1)
  })
})
