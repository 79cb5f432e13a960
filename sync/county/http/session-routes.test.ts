// Signing in at a desk that has signed in before, while strangers guess: real accounts, cookies as a browser keeps them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { addAccount } from '../accounts/accounts.ts'
import { createJobs } from '../jobs/runner.ts'
import { type Office, openOffice } from '../office.ts'
import { createApp } from './app.ts'

// scrypt is slow on purpose.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const HOST = '127.0.0.1:8080'
const PASSWORD = '井水清甜四季长流不断'
let folder = ''
let office: Office
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-desk-'))
  office = openOffice(join(folder, 'office'), new Date())
  for (const login of ['li', 'su']) {
    const account = { login, name: login, password: PASSWORD, roles: ['auditor'], township: null, mustChange: false }
    await addAccount(await office.service(), account, 'test', new Date())
  }
  const parts = { office, now: () => new Date(), warn: () => undefined }
  const jobs = createJobs({ folder, ticket: async () => null, ...parts })
  app = createApp({ ...parts, jobs, consoleFolder: folder, names: [] })
})
afterAll(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  status: number
  message: string
  /** The device's cookie where one was set: 'sunhall-device=…'. */
  device: string | null
  cookies: string[]
}
async function signIn(login: string, password: string, cookie = ''): Promise<Answer> {
  const response = await app.request(`http://${HOST}/console/api/session`, {
    method: 'POST',
    headers: { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json', cookie },
    body: JSON.stringify({ login, password }),
  })
  const { message = '' } = (await response.json()) as { message?: string }
  const cookies = response.headers.getSetCookie()
  const device = cookies.find((one) => one.startsWith('sunhall-device='))?.split(';')[0] ?? null
  return { status: response.status, message, device, cookies }
}

it('goes on while strangers wait for their guesses, for everybody who shares the desk', async () => {
  const first = await signIn('li', PASSWORD)
  expect(first.cookies[1]).toMatch(/; Max-Age=34560000; Path=\/console\/api\/session; HttpOnly; SameSite=Strict$/)
  const desk = (await signIn('su', PASSWORD, first.device ?? '')).device ?? ''
  for (let guess = 0; guess < 6; guess += 1) await signIn('li', 'wrong')
  expect((await signIn('li', PASSWORD)).message).toContain('请在')
  for (const login of ['li', 'su']) {
    const known = await signIn(login, PASSWORD, desk)
    expect(known.status, login).toBe(200)
    // No second mark for a desk that has one.
    expect(known.device, login).toBeNull()
  }
  // The mark of one is none for another, and opens nothing.
  expect((await signIn('li', 'wrong', desk)).status).toBe(401)
  expect((await signIn('li', PASSWORD, 'sunhall-device=made.up')).message).toContain('请在')
})
