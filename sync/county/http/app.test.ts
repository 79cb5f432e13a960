import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CSRF_HEADER, type Role } from '../../contract/console/session.ts'
import { addAccount, setPassword } from '../accounts/accounts.ts'
import { createJobs } from '../jobs/runner.ts'
import { type Office, openOffice } from '../office.ts'
import { type Serving, serveOffice } from '../serve/server.ts'
import { createApp } from './app.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const PASSWORD = 'green river at dawn'
const ROLES: readonly Role[] = ['administrator', 'operator', 'auditor']
let folder = ''
let office: Office
let serving: Serving
let now = new Date('2026-11-24T00:00:00Z')
const warnings: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-'))
  const consoleFolder = join(folder, 'built')
  mkdirSync(join(consoleFolder, 'assets'), { recursive: true })
  writeFileSync(join(consoleFolder, 'index.html'), '<title>console</title>')
  writeFileSync(join(consoleFolder, 'assets', 'main.js'), 'let x')
  writeFileSync(join(folder, 'secret.pem'), 'secret')
  office = openOffice(join(folder, 'office'), now)
  const service = await office.service()
  for (const role of ROLES) {
    const account = { login: role, name: role, password: PASSWORD, roles: [role], township: null, mustChange: false }
    await addAccount(service, account, 'administrator', now)
  }
  const warn = (line: string) => void warnings.push(line)
  const jobs = createJobs({ folder, ticket: async () => null, now: () => now, warn })
  const app = createApp({ office, now: () => now, jobs, consoleFolder, names: ['office.example'], warn })
  const options = { dist: office.dist, host: '127.0.0.1', port: 0, timestampKey: null, now: () => now, log: null, warn }
  serving = await serveOffice({ ...options, app: getRequestListener(app.fetch) })
})
afterAll(async () => {
  await serving.close()
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Got {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: Record<string, unknown>
}
const home = (): string => `http://127.0.0.1:${serving.port}`

/** Raw requests: fetch would tidy paths and set headers of its own. */
function ask(
  method: string,
  path: string,
  given: { body?: string; headers?: Record<string, string> } = {},
): Promise<Got> {
  const headers = { origin: home(), 'content-type': 'application/json', ...given.headers }
  return new Promise((done, failed) => {
    const sent = request({ host: '127.0.0.1', port: serving.port, method, path, headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      response.on('end', () => {
        const json = text.startsWith('{') ? JSON.parse(text) : {}
        done({ status: response.statusCode ?? 0, headers: response.headers, text, json })
      })
    })
    sent.on('error', failed)
    sent.end(given.body)
  })
}

interface SignedIn {
  cookie: string
  csrf: string
  headers: Record<string, string>
}
async function signIn(login: string, password = PASSWORD): Promise<SignedIn> {
  const got = await ask('POST', '/console/api/session', { body: JSON.stringify({ login, password }) })
  expect(got.status, got.text).toBe(200)
  const cookie = String(got.headers['set-cookie']?.[0]).split(';')[0] ?? ''
  const csrf = String(got.json.csrf)
  return { cookie, csrf, headers: { cookie, [CSRF_HEADER]: csrf } }
}
const NEW_USER = JSON.stringify({ login: 'zhao', name: '赵示例', roles: ['reviewer'], township: null })

describe('signing in', () => {
  it('gives a cookie that no script reads and no other site sends', async () => {
    const body = JSON.stringify({ login: 'operator', password: PASSWORD })
    const { headers, json } = await ask('POST', '/console/api/session', { body })
    expect(headers['set-cookie']?.[0]).toMatch(/; Path=\/console; HttpOnly; SameSite=Strict$/)
    expect(json).toMatchObject({ actor: { login: 'operator', roles: ['operator'] }, mustChange: false })
    const secure = await ask('POST', '/console/api/session', { body, headers: { 'x-forwarded-proto': 'https' } })
    expect(secure.headers['set-cookie']?.[0]).toContain('; Secure')
    expect(JSON.stringify(json)).not.toContain(String(headers['set-cookie']?.[0]).slice(16, 40))
  })

  it('refuses a wrong password in words that may be shown, and signs nobody in', async () => {
    const body = JSON.stringify({ login: 'operator', password: 'wrong' })
    const got = await ask('POST', '/console/api/session', { body })
    expect(got).toMatchObject({ status: 401, json: { code: 'E-LOGIN', message: '账号或密码不对' } })
    expect(got.headers['set-cookie']).toBeUndefined()
  })

  it('ends at signing out, and after half an hour without a request', async () => {
    const one = await signIn('operator')
    expect((await ask('DELETE', '/console/api/session', one)).status).toBe(200)
    expect((await ask('GET', '/console/api/jobs', one)).status).toBe(401)
    const two = await signIn('operator')
    const before = now
    now = new Date(now.getTime() + 31 * 60_000)
    expect((await ask('GET', '/console/api/jobs', two)).status).toBe(401)
    now = before
  })

  it('with a password that somebody else chose opens nothing but the change of it', async () => {
    const admin = await signIn('administrator')
    const made = await ask('POST', '/console/api/users', { ...admin, body: NEW_USER })
    expect(made.status).toBe(201)
    const zhao = await signIn('zhao', String(made.json.password))
    expect(await ask('GET', '/console/api/jobs', zhao)).toMatchObject({ status: 403, json: { code: 'E-FORBIDDEN' } })
    const change = { old: String(made.json.password), password: 'tea oil on the hill' }
    const changed = await ask('PUT', '/console/api/session/password', { ...zhao, body: JSON.stringify(change) })
    expect(changed.json).toMatchObject({ mustChange: false })
    // The old session has ended with the old password.
    expect((await ask('GET', '/console/api/jobs', zhao)).status).toBe(401)
    expect((await ask('GET', '/console/api/jobs', await signIn('zhao', change.password))).status).toBe(200)
  })
})

describe('a changing request', () => {
  it.each([
    ['without the token', { [CSRF_HEADER]: '' }],
    ['with another token', { [CSRF_HEADER]: 'x'.repeat(43) }],
    ['from another site', { origin: 'https://evil.example' }],
    ['from nowhere', { origin: 'null' }],
    ['that the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused', async (_, wrong) => {
    const admin = await signIn('administrator')
    const body = JSON.stringify({ login: 'forged', name: '假', roles: ['operator'], township: null })
    const got = await ask('POST', '/console/api/users', { body, headers: { ...admin.headers, ...wrong } })
    expect(got).toMatchObject({ status: 403, json: { code: 'E-FORBIDDEN' } })
    expect((await ask('GET', '/console/api/users', admin)).text).not.toContain('forged')
  })
})

describe('roles', () => {
  it('guard every route: nobody, another role, the right one', async () => {
    const [admin, operator, auditor] = await Promise.all(ROLES.map((role) => signIn(role)))
    const statuses = async (path: string) =>
      (await Promise.all([{}, operator, auditor, admin].map((who) => ask('GET', path, who)))).map(
        ({ status }) => status,
      )
    expect(await statuses('/console/api/users')).toEqual([401, 403, 403, 200])
    expect(await statuses('/console/api/audit')).toEqual([401, 403, 200, 403])
  })

  it('no route of the console answers without a session', async () => {
    for (const room of [
      'users',
      'audit',
      'jobs',
      'imports',
      'drafts',
      'fleet',
      'inbox',
      'match',
      'checks',
      'pictures',
    ]) {
      const got = await ask('GET', `/console/api/${room}`)
      expect([room, [401, 404].includes(got.status)]).toEqual([room, true])
    }
  })

  it('taken away count at once, and an administrator can’t reset the own password from an open screen', async () => {
    const admin = await signIn('administrator')
    await ask('POST', '/console/api/users', { ...admin, body: NEW_USER.replace('zhao', 'qian') })
    const service = await office.service()
    await setPassword(service, 'qian', { password: PASSWORD, mustChange: false }, 'administrator', now)
    const qian = await signIn('qian')
    expect((await ask('GET', '/console/api/jobs', qian)).status).toBe(200)
    const off = JSON.stringify({ name: '钱示例', roles: ['reviewer'], township: null, disabled: true })
    expect((await ask('PUT', '/console/api/users/qian', { ...admin, body: off })).json).toMatchObject({
      disabled: true,
    })
    expect((await ask('GET', '/console/api/jobs', qian)).status).toBe(401)
    const own = await ask('POST', '/console/api/users/administrator/password', { ...admin, body: '{}' })
    expect(own.status).toBe(409)
  })
})

describe('bad input', () => {
  it.each([
    ['a huge body', JSON.stringify({ login: 'x'.repeat(400_000), password: 'x' }), 413, {}],
    ['no JSON', '{"login":', 422, {}],
    ['another shape', '{"login":["a"],"password":{}}', 422, {}],
    ['another content type', 'login=a&password=b', 422, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['__proto__', '{"__proto__":{"login":"a"}}', 422, {}],
  ])('%s ends in a clear error', async (_, body, status, headers) => {
    const got = await ask('POST', '/console/api/session', { body, headers })
    expect(got.status).toBe(status)
    expect(got.json).toMatchObject({ code: expect.stringMatching(/^E-/), message: expect.stringMatching(/[一-龥]/) })
  })

  it('HTML in a name is refused, and a name in SQL is a name', async () => {
    const admin = await signIn('administrator')
    const add = (login: string, name: string) =>
      ask('POST', '/console/api/users', {
        ...admin,
        body: JSON.stringify({ login, name, roles: ['operator'], township: null }),
      })
    expect((await add('html', '<img src=x onerror=alert(1)>')).status).toBe(422)
    expect((await add('sql', "'); DROP TABLE accounts; --")).status).toBe(201)
    expect((await ask('GET', '/console/api/users', admin)).text).toContain('DROP TABLE')
  })

  it.each([
    '/console/../../secret.pem',
    '/console/..%2f..%2fsecret.pem',
    '/console/%2e%2e/secret.pem',
    '/console/..\\secret.pem',
    '/console/.hidden',
    '/console/assets/%00.js',
    '/console/%E0%A4%A',
    '/console/assets/none.js',
    '/console/api/../../secret.pem',
  ])('the path %s shows nothing of ours', async (path) => {
    const got = await ask('GET', path)
    expect([400, 404]).toContain(got.status)
    expect(got.text).not.toContain('secret')
  })

  it('a body that is promised and never ends is cut off, and the server goes on', async () => {
    const admin = await signIn('administrator')
    const head = `POST /console/api/users HTTP/1.1\r\nHost: 127.0.0.1:${serving.port}\r\nOrigin: ${home()}\r\nCookie: ${admin.cookie}\r\n${CSRF_HEADER}: ${admin.csrf}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
    const answer = await new Promise<string>((done) => {
      const socket = connect(serving.port, '127.0.0.1', () => {
        socket.write(head)
        const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
        for (let part = 0; part < 8; part += 1) socket.write(chunk)
      })
      socket.on('error', () => done('closed'))
      socket.once('data', (data: Buffer) => {
        done(data.toString())
        socket.destroy()
      })
    })
    expect(answer).toMatch(/ 413 |closed/)
    expect((await ask('GET', '/status')).status).toBe(200)
  })

  it('a name that points here from elsewhere is refused; the server’s own is not', async () => {
    const host = (name: string) => ask('GET', '/console/api/session', { headers: { host: name } })
    expect((await host('evil.example')).status).toBe(403)
    expect((await host('office.example')).status).toBe(200)
    expect((await host('192.168.1.7:8431')).status).toBe(200)
    expect((await host('[::1]:8431')).status).toBe(200)
  })
})

describe('the console’s files', () => {
  it('are the page for its own addresses, and everything stands under one strict policy', async () => {
    for (const path of ['/console', '/console/', '/console/users', '/console/audit/7']) {
      const got = await ask('GET', path)
      expect([path, got.status, got.text]).toEqual([path, 200, '<title>console</title>'])
    }
    const script = await ask('GET', '/console/assets/main.js')
    expect([script.text, script.headers['cache-control']]).toEqual(['let x', 'public, max-age=31536000, immutable'])
    const refused = await ask('GET', '/console/api/users')
    for (const { headers } of [script, refused]) {
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe-inline')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-frame-options']).toBe('DENY')
    }
    expect(refused.headers['cache-control']).toBe('no-store')
  })

  it('leave the published files as they are', async () => {
    expect((await ask('GET', '/status')).json).toMatchObject({ ok: true })
    expect((await ask('GET', '/secret.pem')).status).toBe(404)
  })
})

it('ends with an audit trail that the auditor finds whole, and a server that met no error of its own', async () => {
  const auditor = await signIn('auditor')
  const check = await ask('POST', '/console/api/audit/check', { ...auditor, body: '{}' })
  expect(check.json).toMatchObject({ ok: true, broken: null })
  const page = await ask('GET', '/console/api/audit?actor=auditor', auditor)
  expect(page.text).toContain('audit-check')
  expect(page.text).not.toContain('"actor":"operator"')
  const copy = await ask('GET', '/console/api/audit/export/csv', auditor)
  expect(copy.headers['content-disposition']).toMatch(/^attachment; filename="audit-2026-11-24.csv"$/)
  expect(copy.text).toContain('login-failed')
  expect(copy.text).not.toContain(PASSWORD)
  expect(warnings).toEqual([])
})
