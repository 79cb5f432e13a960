// What the fleet keeps, held alike by SQLite and PostgreSQL: counts that count once, alarms raised once, asks told again.
import { expect, it } from 'vitest'
import { listAlarms, settleAlarms } from '../../sync/county/fleet/alarms.ts'
import { pendingAsks } from '../../sync/county/fleet/asks.ts'
import { issueToken, waitingToken } from '../../sync/county/fleet/tokens.ts'
import { readUsage, storeUsage } from '../../sync/county/fleet/usage.ts'
import { eachService } from '../county/services.ts'
import { TECHNICIAN } from './fleet-office.ts'

const NOW = new Date('2026-11-24T08:00:00Z')
const hours = (at: number, count: number): number[] =>
  Array.from({ length: 24 }, (_, hour) => (hour === at ? count : 0))
const day = (visits: number, name = '2026-11-23') => ({
  day: name,
  visits: hours(9, visits),
  screens: { home: hours(9, 1) },
  over: true,
})

eachService((open) => {
  it('replaces a day that comes again, never counts it twice, and never takes away from it', async () => {
    const service = await open()
    const visits = async () =>
      (await readUsage(service, { from: '2026-11-01', to: '2026-11-30', terminals: ['HT-17'] })).visits
    for (const [count, counted] of [
      [3, 3],
      [3, 3],
      [5, 5],
      [1, 5],
    ] as const) {
      expect(await storeUsage(service, 'HT-17', [day(count)], NOW)).toEqual(['2026-11-23'])
      expect(await visits()).toBe(counted)
    }
    // A day that can't be true is acknowledged, so that the terminal drops it, and not kept.
    expect(await storeUsage(service, 'HT-17', [day(9, '2016-01-01')], NOW)).toEqual(['2016-01-01'])
    expect(await service.selectFrom('usage_counts').select('day').where('day', '<', '2026').execute()).toEqual([])
  })

  it('raises an alarm once, clears it once, and raises a new one when it comes back', async () => {
    const service = await open()
    const seen = new Map([['HT-05', new Map([['silent', '24 h'] as const])]])
    expect((await settleAlarms(service, seen, NOW)).raised).toHaveLength(1)
    expect((await settleAlarms(service, seen, NOW)).raised).toHaveLength(0)
    expect((await settleAlarms(service, new Map(), NOW)).cleared).toHaveLength(1)
    expect((await settleAlarms(service, new Map(), NOW)).cleared).toHaveLength(0)
    await settleAlarms(service, seen, NOW)
    expect((await listAlarms(service, ['HT-05'])).map(({ clearedAt }) => clearedAt === null)).toEqual([true, false])
  })

  it('tells an ask until it has come, and gives it up after a week', async () => {
    const service = await open()
    const id = 'abcdefghijklmnop'
    const nothing = { told_at: '', came_at: '', bytes: 0, sha256: '' }
    const asked = { id, terminal: 'HT-17', kind: 'log', asked_at: NOW.toISOString(), asked_by: 'tech', ...nothing }
    await service.insertInto('asks').values(asked).execute()
    expect(await pendingAsks(service, 'HT-17', NOW)).toEqual([{ id, kind: 'log' }])
    expect(await pendingAsks(service, 'HT-17', NOW)).toEqual([{ id, kind: 'log' }])
    expect(await pendingAsks(service, 'HT-17', new Date(NOW.getTime() + 7 * 86_400_000))).toEqual([])
  })

  it('lets one token wait for a terminal, the newest, for thirty days', async () => {
    const service = await open()
    await issueToken(service, 'HT-17', TECHNICIAN, new Date(NOW.getTime() - 86_400_000))
    const { until } = await issueToken(service, 'HT-17', TECHNICIAN, NOW)
    expect(await waitingToken(service, 'HT-17', NOW)).toEqual({ issuedAt: NOW.toISOString(), until })
    expect(await waitingToken(service, 'HT-17', new Date(until))).toBeNull()
  })
})
