// The browser shell's origin over real HTTP: who gets in, and with which headers.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHost, type Host } from '../host/host.ts'
import { SECURITY_HEADERS } from '../host/page-files.ts'
import { kioskFlags } from './kiosk.ts'
import { type Server, startServer } from './server.ts'

let folder: string
let host: Host
let server: Server
let cookie: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-shell-'))
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Sunhall</title>')
  writeFileSync(join(folder, 'renderer', 'sw.js'), '//')
  writeFileSync(join(folder, 'renderer', 'assets', 'index-B1x9aZ3q.js'), '//')
  host = await createHost({
    dataFolder: join(folder, 'data'),
    clock: () => new Date(),
    shell: 'browser',
    appVersion: '0.1.0',
    production: false,
    stickPlaces: [],
  })
  server = await startServer({ host, renderer: join(folder, 'renderer'), port: 0, developer: false })
  cookie = (await ask(new URL(server.launchUrl()))).cookie
})
afterEach(async () => {
  await server.close()
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  cookie: string
  body: string
}
/** node:http, because fetch doesn't let a test set Host and Origin. */
function ask(url: URL, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const [set = ''] = response.headers['set-cookie'] ?? []
        const answer = {
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }
        resolve({ ...answer, cookie: set })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
const at = (path: string): URL => new URL(path, server.origin)
const own = () => ({ cookie: cookie.split(';')[0] ?? '' })

describe('the launch link', () => {
  it('gives its page an HttpOnly, SameSite=Strict cookie and the page', async () => {
    const launched = await ask(new URL(server.launchUrl()))
    expect(launched).toMatchObject({ status: 303, headers: { location: '/' } })
    expect(launched.cookie).toMatch(/^sunhall=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(await ask(at('/'), own())).toMatchObject({ status: 200, body: expect.stringContaining('Sunhall') })
  })
  it('works once', async () => {
    const url = new URL(server.launchUrl())
    expect((await ask(url)).status).toBe(303)
    expect((await ask(url)).status).toBe(403)
  })
  it('refuses a guessed secret', async () => {
    expect((await ask(at(`/?launch=${'A'.repeat(43)}`))).status).toBe(403)
  })
})

describe('the guard', () => {
  it.each(['/', '/host/state', '/county/blocks/aa/x.gz', '/sw.js'])('refuses %s without the cookie', async (path) => {
    expect((await ask(at(path))).status).toBe(403)
  })
  it('refuses another Host (a rebound name)', async () => {
    expect((await ask(at('/host/state'), { ...own(), host: 'evil.example' })).status).toBe(403)
    expect((await ask(at('/host/state'), { ...own(), host: 'localhost' })).status).toBe(403)
  })
  it('refuses another Origin, and a change without one', async () => {
    const body = JSON.stringify({ pin: '1' })
    const evil = { ...own(), origin: 'http://evil.example' }
    expect((await ask(at('/host/pin'), evil, 'POST', body)).status).toBe(403)
    expect((await ask(at('/host/pin'), own(), 'POST', body)).status).toBe(403)
    expect((await ask(at('/host/pin'), { ...own(), origin: server.origin }, 'POST', body)).status).toBe(409)
  })
  it('refuses a request that another site started', async () => {
    expect((await ask(at('/host/state'), { ...own(), 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
  it('refuses a body that is too long', async () => {
    const headers = { ...own(), origin: server.origin }
    expect((await ask(at('/host/pin'), headers, 'POST', 'x'.repeat(300_000))).status).toBe(400)
  })
})

describe('the page’s files', () => {
  it('come with a strict policy and the right lifetimes', async () => {
    const page = await ask(at('/'), own())
    expect(page.headers).toMatchObject(SECURITY_HEADERS)
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/,
    )
    // WebAssembly alone: Argon2id for answers. No inline script or style, no eval.
    expect(page.headers['content-security-policy']).not.toMatch(/'unsafe-/)
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    expect(page.headers['cache-control']).toBe('no-cache')
    expect((await ask(at('/sw.js'), own())).headers['cache-control']).toBe('no-cache')
    expect((await ask(at('/assets/index-B1x9aZ3q.js'), own())).headers['cache-control']).toMatch(/immutable/)
  })
  it.each(['/funds', '/%zz', '/..%2fdata%2frunning', '/%2e%2e/data/running', '/.hidden'])(
    'are no others: %s',
    async (path) => {
      const answer = await ask(at(path), own())
      expect(answer.status).toBe(404)
    },
  )
})

it('E-PORT names the port that is taken', async () => {
  const port = Number(new URL(server.origin).port)
  const second = startServer({ host, renderer: folder, port, developer: false })
  await expect(second).rejects.toMatchObject({ code: 'E-PORT', message: expect.stringContaining(String(port)) })
})

it('switches the sandbox off as root only', () => {
  const options = { profile: '/p', headless: false }
  expect(kioskFlags(options, false)).toContain('--kiosk')
  expect(kioskFlags(options, false)).not.toContain('--no-sandbox')
  expect(kioskFlags(options, true)).toContain('--no-sandbox')
})

it('P6: the browser offers the next villager no session, password or word of the one before', () => {
  const flags = kioskFlags({ profile: '/p', headless: false }, false).join(' ')
  for (const one of [
    'hide-crash-restore-bubble',
    'disable-save-password-bubble',
    'AutofillServerCommunication',
    'sync',
  ])
    expect(flags).toContain(one)
})
