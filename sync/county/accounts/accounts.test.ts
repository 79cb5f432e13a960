import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openService, type Service } from '../service/service.ts'
import { actorOf, findAccount, listAccounts } from './account-list.ts'
import { addAccount, authenticate, changeAccount, type NewAccount, setPassword } from './accounts.ts'
import { deviceKey, joinTokens, machineKey, makeDevice } from './devices.ts'
import { takeTry, waitAfter } from './lockout.ts'
import { makePassword } from './made-password.ts'
import { hashPassword, passwordMatches, weaknessOf } from './passwords.ts'
import { parseRoles, requirePlace, requireRole, visibleTownship } from './roles.ts'
import { ABSOLUTE_MS, findSession, IDLE_MS, issueTicket, openSession, redeemTicket } from './sessions.ts'

// A password's hash costs time by intention.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const NOW = new Date('2026-11-24T00:00:00Z')
const later = (ms: number): Date => new Date(NOW.getTime() + ms)
const PASSWORD = 'green river at dawn'
let folder = ''
let service: Service

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'))
  service = await openService(join(folder, 'service.sqlite'))
})
afterEach(async () => {
  await service.destroy()
  rmSync(folder, { recursive: true, force: true })
})

function add(login: string, more: Partial<NewAccount> = {}): Promise<void> {
  const account = { login, name: '李示例', password: PASSWORD, roles: ['operator'], township: null, mustChange: false }
  return addAccount(service, { ...account, ...more }, 'admin', NOW)
}

describe('passwords', () => {
  it('are kept as salted scrypt of at least 64 MiB, never as they are', async () => {
    const [one, other] = await Promise.all([hashPassword(PASSWORD, 'li'), hashPassword(PASSWORD, 'li')])
    const [scheme, n, r] = one.split('$')
    expect(scheme).toBe('scrypt')
    expect(Number(n)).toBeGreaterThanOrEqual(2 ** 16)
    expect(128 * Number(n) * Number(r)).toBeGreaterThanOrEqual(64 * 1024 * 1024)
    expect(one).not.toBe(other)
    expect(one).not.toContain(PASSWORD)
    expect(await passwordMatches(PASSWORD, one)).toBe(true)
    expect(await passwordMatches(`${PASSWORD} `, one)).toBe(false)
    expect(await passwordMatches(PASSWORD, null)).toBe(false)
  })

  it('match however the same characters were typed', async () => {
    const stored = await hashPassword('ＡＢＣ阳光大厅七号门', 'li')
    expect(await passwordMatches('ABC阳光大厅七号门', stored)).toBe(true)
  })

  it.each([
    ['short', '至少'],
    ['12345678901234', '全是数字'],
    ['password99', '常见'],
    ['aaaaaaaaaabb', '太少'],
    ['my-login-li-is-here', '自己的账号'],
    ['x'.repeat(200), '最多'],
  ])('refuse %s', async (password, why) => {
    expect(weaknessOf(password, 'li')).toContain(why)
    await expect(hashPassword(password, 'li')).rejects.toMatchObject({ code: 'E-INPUT' })
  })

  it('that the office makes are strong, and no two alike', () => {
    const made = Array.from({ length: 200 }, makePassword)
    expect(new Set(made).size).toBe(200)
    for (const password of made) expect(weaknessOf(password, 'li')).toBeNull()
  })
})

describe('guessing', () => {
  it('costs a wait from the fifth wrong password on, which doubles up to a quarter of an hour', async () => {
    expect([4, 5, 6, 7, 40].map(waitAfter)).toEqual([0, 30_000, 60_000, 120_000, 900_000])
    await add('li')
    for (let guess = 0; guess < 5; guess += 1)
      await expect(authenticate(service, 'li', `guess ${guess}`, NOW)).rejects.toThrow('账号或密码不对')
    await expect(authenticate(service, 'li', PASSWORD, later(29_000))).rejects.toThrow('请在 1 秒后再试')
    expect((await authenticate(service, 'li', PASSWORD, later(30_001))).login).toBe('li')
    expect((await authenticate(service, 'li', PASSWORD, later(30_002))).login).toBe('li')
  })

  it('by a stranger makes nobody wait at a device that has signed in before, nor at the office’s own machine', async () => {
    await add('li')
    const token = await makeDevice(service, 'li', NOW)
    const from = await deviceKey(service, 'li', joinTokens(token, 'another.two'), NOW)
    expect(from).not.toBeNull()
    for (let guess = 0; guess < 9; guess += 1) await authenticate(service, 'li', 'oops', NOW).catch(() => undefined)
    await expect(authenticate(service, 'li', PASSWORD, NOW)).rejects.toThrow('请在')
    expect((await authenticate(service, 'li', PASSWORD, NOW, from)).login).toBe('li')
    expect((await authenticate(service, 'li', PASSWORD, NOW, machineKey('li'))).login).toBe('li')
    // What the owner got right tells the stranger nothing.
    await expect(authenticate(service, 'li', PASSWORD, NOW)).rejects.toThrow('请在')
  })

  it('with somebody’s device has no more tries than without, and no other login’s', async () => {
    await add('li')
    await add('su')
    const token = await makeDevice(service, 'li', NOW)
    expect(await deviceKey(service, 'su', token, NOW)).toBeNull()
    const from = await deviceKey(service, 'li', token, NOW)
    for (let guess = 0; guess < 5; guess += 1)
      await expect(authenticate(service, 'li', `guess ${guess}`, NOW, from)).rejects.toThrow('账号或密码不对')
    await expect(authenticate(service, 'li', PASSWORD, NOW, from)).rejects.toThrow('请在 30 秒后再试')
    // A new password makes everybody who knew the old one a stranger.
    await setPassword(service, 'li', { password: PASSWORD, mustChange: false }, 'admin', NOW)
    expect(await deviceKey(service, 'li', token, NOW)).toBeNull()
    expect(await deviceKey(service, 'li', await makeDevice(service, 'li', NOW), later(401 * 86_400_000))).toBeNull()
  })

  it('sixty times at one moment gets five tries, whether the login exists or not', async () => {
    const tries = await Promise.all(Array.from({ length: 60 }, () => takeTry(service, 'nobody', NOW)))
    expect(tries.filter((wait) => wait === null)).toHaveLength(5)
    expect(new Set(tries.filter((wait) => wait !== null))).toEqual(new Set([30_000]))
  })

  it('says the same of an unknown login, a wrong password and a closed account', async () => {
    await add('li')
    await add('admin', { roles: ['administrator'] })
    await changeAccount(service, 'li', { disabled: true }, 'admin', NOW)
    for (const [login, password] of [
      ['nobody', PASSWORD],
      ['li', PASSWORD],
      ['admin', 'wrong'],
    ] as const)
      await expect(authenticate(service, login, password, NOW)).rejects.toMatchObject({
        code: 'E-LOGIN',
        message: '账号或密码不对',
      })
  })

  it('leaves the trail without what was typed in place of a login', async () => {
    await add('li')
    await authenticate(service, PASSWORD, 'oops', NOW).catch(() => undefined)
    await authenticate(service, 'li', 'oops', NOW).catch(() => undefined)
    const trail = await service.selectFrom('audit').selectAll().execute()
    expect(trail.map(({ action }) => action)).toEqual(['user-add', 'login-failed'])
    expect(JSON.stringify(trail)).not.toMatch(/green river|oops/)
  })
})

describe('sessions', () => {
  beforeEach(() => add('li'))

  it('end after 30 idle minutes, and after 12 hours however busy', async () => {
    const { token } = await openSession(service, 'li', NOW)
    let at = NOW
    while (at.getTime() + IDLE_MS - 1 < later(ABSOLUTE_MS).getTime()) {
      at = new Date(at.getTime() + IDLE_MS - 1)
      expect(await findSession(service, token, at)).not.toBeNull()
    }
    expect(await findSession(service, token, later(ABSOLUTE_MS + 1))).toBeNull()
    const idle = await openSession(service, 'li', NOW)
    expect(await findSession(service, idle.token, later(IDLE_MS + 1))).toBeNull()
    expect(await findSession(service, idle.token, later(1))).toBeNull()
  })

  it('are kept by their hash alone, and never twice the same', async () => {
    const one = await openSession(service, 'li', NOW)
    const other = await openSession(service, 'li', NOW)
    expect(one.token).not.toBe(other.token)
    expect(Buffer.from(one.token, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await service.selectFrom('sessions').selectAll().execute())).not.toContain(one.token)
  })

  it('end when the password changes, and when the account is closed', async () => {
    await add('admin', { roles: ['administrator'] })
    const { token } = await openSession(service, 'li', NOW)
    await setPassword(service, 'li', { password: 'another long one', mustChange: false }, 'li', NOW)
    expect(await findSession(service, token, NOW)).toBeNull()
    const again = await openSession(service, 'li', NOW)
    await changeAccount(service, 'li', { disabled: true }, 'admin', NOW)
    expect(await findSession(service, again.token, NOW)).toBeNull()
  })

  it('have the roles of this moment', async () => {
    const { token } = await openSession(service, 'li', NOW)
    await changeAccount(service, 'li', { roles: ['reviewer'] }, 'admin', NOW)
    expect((await findSession(service, token, NOW))?.account.roles).toEqual(['reviewer'])
  })

  it('give a child one ticket for one use within a minute', async () => {
    const ticket = await issueTicket(service, 'li', NOW)
    const [first, second] = await Promise.allSettled([
      redeemTicket(service, ticket, NOW),
      redeemTicket(service, ticket, NOW),
    ])
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected'])
    const late = await issueTicket(service, 'li', NOW)
    await expect(redeemTicket(service, late, later(60_001))).rejects.toMatchObject({ code: 'E-LOGIN' })
  })
})

describe('accounts', () => {
  it('keep who keeps accounts and who reads the trail apart from the work', () => {
    expect(parseRoles(['operator', 'publisher', 'operator'])).toEqual(['operator', 'publisher'])
    for (const roles of [
      ['administrator', 'reviewer'],
      ['auditor', 'operator'],
      ['administrator', 'auditor'],
      ['king'],
      [],
    ])
      expect(() => parseRoles(roles)).toThrow(/Expected/)
  })

  it('never lose the last open administrator', async () => {
    await add('admin', { roles: ['administrator'] })
    const last = { code: 'E-STATE' }
    await expect(changeAccount(service, 'admin', { disabled: true }, 'admin', NOW)).rejects.toMatchObject(last)
    await expect(changeAccount(service, 'admin', { roles: ['operator'] }, 'admin', NOW)).rejects.toMatchObject(last)
    await add('second', { roles: ['administrator'] })
    await changeAccount(service, 'admin', { disabled: true }, 'second', NOW)
    expect((await findAccount(service, 'admin'))?.disabled).toBe(true)
  })

  it('of a township see its places only, and have no county-wide role', async () => {
    await add('tang', { township: '431225100' })
    const actor = actorOf((await findAccount(service, 'tang')) ?? expect.fail('no account'))
    expect(visibleTownship(actor)).toBe('431225100')
    requirePlace(actor, '431225100201')
    expect(() => requirePlace(actor, '431225101201')).toThrow(/431225100/)
    expect(() => requireRole(actor, 'reviewer', 'publisher')).toThrow(/reviewer or publisher/)
    await expect(add('pub', { township: '431225100', roles: ['publisher'] })).rejects.toMatchObject({ code: 'E-INPUT' })
  })

  it.each([
    { login: 'Li' },
    { login: '../x' },
    { login: 'a b' },
    { name: '<img src=x>' },
    { name: ' ' },
    { name: 'x'.repeat(41) },
    { township: '../../etc' },
    { township: '430000000' },
  ])('refuse %o', async (wrong) => {
    await expect(add('li', wrong)).rejects.toMatchObject({ code: 'E-INPUT' })
    expect(await listAccounts(service)).toEqual([])
  })

  it('have one login each, also when two are made at once', async () => {
    const made = await Promise.allSettled([add('li'), add('li', { name: '别人' })])
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
