// The Electron shell as a program, against a typed fake of Electron: its start and end, its page and its channels. The real
// binary is asked in test/e2e/electron.test.ts, where there is one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { SECURITY_HEADERS } from '../../electron/host/page-files.ts'
import { readArguments } from '../../electron/shell/arguments.ts'
import { CHANNELS } from '../../electron/shell/channels.ts'
import {
  APP_METHODS,
  CONTENTS_METHODS,
  FakeWindow,
  fakeEvent,
  SESSION_METHODS,
  WINDOW_METHODS,
} from '../e2e/electron-fake.ts'
import { newOffice } from '../e2e/host-office.ts'
import { shellForEachTest } from './shell-bench.ts'

const SHELL = resolve(import.meta.dirname, '../../electron/shell')
const shell = shellForEachTest()

test('The fake has only methods that Electron has, and the shell finds all of them there', () => {
  const window = new FakeWindow({}, 1)
  for (const name of WINDOW_METHODS) expect(window, name).toHaveProperty(name)
  for (const name of CONTENTS_METHODS) expect(window.webContents, name).toHaveProperty(name)
  for (const name of APP_METHODS) expect(shell.fake.app, name).toHaveProperty(name)
  for (const name of SESSION_METHODS) expect(shell.fake.session, name).toHaveProperty(name)
})

describe('the program', () => {
  test('quits at once where another instance runs, and touches nothing', async () => {
    shell.fake.app.first = false
    expect(await shell.start()).toBeNull()
    expect(shell.fake.app.calls).toEqual(['quit'])
    expect([shell.fake.windows.length, shell.fake.handled.size]).toEqual([0, 0])
  })

  test('brings its window to the front when it is started a second time', async () => {
    await shell.start()
    shell.fake.app.emit('second-instance')
    expect(shell.window().calls).toContain('focus')
  })

  test('runs sandboxed, without a menu, awake, and keeps everything in its own folder', async () => {
    await shell.start()
    expect(shell.fake.app.calls).toEqual(['enableSandbox'])
    expect(shell.fake.app.paths).toEqual({ userData: join(shell.folder, 'data', 'electron') })
    expect(shell.fake.seen).toMatchObject({ menu: null, blocker: 'prevent-display-sleep' })
    expect(shell.fake.seen.schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, allowServiceWorkers: false },
      },
    ])
  })

  test('lets the host say goodbye before it ends, once', async () => {
    const host = await shell.start()
    if (host === null) throw new Error('Expected a host')
    const close = vi.spyOn(host, 'close')
    const first = fakeEvent({})
    shell.fake.app.emit('before-quit', first)
    await expect.poll(() => shell.fake.app.calls, { timeout: 20_000 }).toContain('quit')
    const second = fakeEvent({})
    shell.fake.app.emit('before-quit', second)
    expect([first.prevented, second.prevented, close.mock.calls.length]).toEqual([true, false, 1])
  })

  test('goes on without a config that is refused, instead of leaving a desktop', async () => {
    writeFileSync(join(shell.folder, 'config.jws'), 'not a config')
    const host = await shell.start({ configFile: join(shell.folder, 'config.jws') })
    expect(host?.state().mode).toBe('provisioning')
    expect(readFileSync(join(shell.folder, 'data/logs/host.log'), 'utf8')).toContain('config-refused')
  })

  test('takes a signed config, and refuses sample keys in a package built for production', async () => {
    await newOffice({ sample: true }).provision(shell.folder, 'http://127.0.0.1:9')
    const configFile = join(shell.folder, 'config.jws')
    expect((await shell.start({ configFile, production: true }))?.state().mode).toBe('provisioning')
    await shell.end()
    expect((await shell.start({ configFile }))?.state()).toMatchObject({ mode: 'terminal', shell: 'electron' })
  })

  test('reads its own arguments and leaves the rest of the line to Chromium', () => {
    const given = ['--no-zygote', '--config', 'x/config.jws', '--lang=zh', '--data=/srv/sunhall', 'file']
    expect(readArguments(given, '/home')).toEqual({
      configFile: resolve('x/config.jws'),
      dataFolder: '/srv/sunhall',
      developer: false,
    })
    expect(readArguments(['--developer'], '/home').dataFolder).toBe('/home/terminal')
  })
})

describe('app://kiosk', () => {
  test('serves the page with the strict headers that every shell sends', async () => {
    await shell.start()
    const page = await shell.ask('/')
    expect(Object.fromEntries(page.headers)).toMatchObject(SECURITY_HEADERS)
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>one'])
    expect((await shell.ask('/assets/a.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    for (const path of ['/', '/host/state', '/none', '/county/none'])
      expect((await shell.ask(path)).headers.get('content-security-policy'), path).toContain("default-src 'none'")
  })

  test('reaches the host behind the same origin', async () => {
    await shell.start()
    expect(await (await shell.ask('/host/state')).json()).toMatchObject({ shell: 'electron', mode: 'provisioning' })
    const headers = { origin: 'app://kiosk', 'content-type': 'application/json' }
    const body = JSON.stringify({ reason: 'now', folder: null })
    expect((await shell.ask('/host/check', { method: 'POST', headers, body })).status).toBe(200)
  })

  test.each(['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/assets/..%2f..%2fsecret', '/.git/config', '/%E0%A4'])(
    'gives no file for %s',
    async (path) => {
      await shell.start()
      const answer = await shell.ask(path)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toBe('secret')
    },
  )

  test('refuses another host, another origin, a change without origin, and other methods on files', async () => {
    await shell.start()
    const refused = [
      await shell.ask('app://other/'),
      await shell.ask('/host/state', { headers: { origin: 'https://evil.example' } }),
      await shell.ask('/host/check', { method: 'POST', body: '{}' }),
      await shell.ask('/', { method: 'POST', headers: { origin: 'app://kiosk' }, body: '' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })
})

describe('the channels', () => {
  const own = { sender: { id: 1 }, senderFrame: { url: 'app://kiosk/', parent: null } }
  const invoke = (channel: string, event: unknown, ...given: unknown[]) =>
    shell.fake.channels.get(channel)?.(event, ...given)

  test('report that the packaged page has changed, and start the new one', async () => {
    await shell.start()
    const before = await invoke('sunhall:page-state', own)
    expect(before).toMatchObject({ changed: false, build: expect.stringMatching(/^[0-9a-f]{16}$/) })
    writeFileSync(join(shell.folder, 'page', 'index.html'), '<!doctype html>two')
    expect(await invoke('sunhall:page-state', own)).toEqual({ ...(before as object), changed: true })
    await invoke('sunhall:apply-page', own)
    expect(shell.fake.app.calls.slice(-2)).toEqual(['relaunch', 'quit'])
  })

  test('refuse other senders and arguments that nobody asked for', async () => {
    await shell.start()
    const senders = [
      { ...own, senderFrame: null },
      { ...own, senderFrame: { url: 'https://evil.example/', parent: null } },
      { ...own, senderFrame: { url: 'app://kiosk/', parent: {} } },
      { ...own, sender: { id: 99 } },
    ]
    for (const sender of senders)
      await expect(invoke('sunhall:apply-page', sender)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await expect(invoke('sunhall:apply-page', own, 'now')).rejects.toMatchObject({ code: 'E-FORMAT' })
    expect(shell.fake.app.calls).not.toContain('relaunch')
  })

  test('are one map: preload has one function for each, and ipcMain is used in channels.ts only', async () => {
    await shell.start()
    expect([...shell.fake.channels.keys()].sort()).toEqual(Object.keys(CHANNELS).sort())
    const preload = readFileSync(join(SHELL, 'preload.ts'), 'utf8')
    const invoked = [...preload.matchAll(/=> invoke\('([^']+)'\)/g)].map(([, channel]) => channel)
    expect(invoked.sort()).toEqual(Object.keys(CHANNELS).sort())
    const users = readdirSync(SHELL).filter((name) => /ipcMain\s*\./.test(readFileSync(join(SHELL, name), 'utf8')))
    expect(users).toEqual(['channels.ts'])
  })
})
