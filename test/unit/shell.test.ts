// The Electron shell against a typed fake of Electron: every denial, every recovery, every channel. The real binary is
// asked in test/e2e/electron.test.ts, where there is one.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SECURITY_HEADERS } from '../../electron/host/page-files.ts'
import { readArguments } from '../../electron/shell/arguments.ts'
import { CHANNELS } from '../../electron/shell/channels.ts'
import { afterTrouble, FINE, HANG_MS, HEALTHY_MS, MAX_TROUBLES, MAX_WAIT_MS } from '../../electron/shell/recovery.ts'
import { startShell } from '../../electron/shell/shell.ts'
import {
  APP_METHODS,
  CONTENTS_METHODS,
  createFakeElectron,
  type FakeContents,
  FakeWindow,
  fakeEvent,
  SESSION_METHODS,
  WINDOW_METHODS,
} from '../e2e/electron-fake.ts'
import { newOffice } from '../e2e/host-office.ts'

const SHELL = resolve(import.meta.dirname, '../../electron/shell')
let folder: string
let fake: ReturnType<typeof createFakeElectron>
const running: { close(): Promise<void> }[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-shell-'))
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>one')
  writeFileSync(join(folder, 'page', 'assets', 'a.js'), 'export {}')
  writeFileSync(join(folder, 'secret'), 'secret')
  fake = createFakeElectron()
})
afterEach(async () => {
  vi.useRealTimers()
  for (const host of running.splice(0)) await host.close()
})

async function start(change: { production?: boolean; developer?: boolean; configFile?: string } = {}) {
  const { production = false, developer = false, configFile = null } = change
  const host = await startShell({
    electron: fake.electron,
    args: { configFile, dataFolder: join(folder, 'data'), developer },
    pageFolder: join(folder, 'page'),
    preload: '/preload.cjs',
    production,
    clock: () => new Date(),
  })
  if (host !== null) running.push(host)
  return host
}
function theWindow(index = 0): FakeWindow {
  const window = fake.windows[index]
  if (window === undefined) throw new Error(`Expected window ${index}`)
  return window
}
const contents = (): FakeContents => theWindow().webContents
function ask(path: string, init?: RequestInit): Promise<Response> {
  const handler = fake.handled.get('app')
  if (handler === undefined) throw new Error('Expected a handler of app:')
  return handler(new Request(path.startsWith('app:') ? path : `app://kiosk${path}`, init))
}

test('The fake has only methods that Electron has, and the shell finds all of them there', () => {
  const window = new FakeWindow({}, 1)
  for (const name of WINDOW_METHODS) expect(window, name).toHaveProperty(name)
  for (const name of CONTENTS_METHODS) expect(window.webContents, name).toHaveProperty(name)
  for (const name of APP_METHODS) expect(fake.app, name).toHaveProperty(name)
  for (const name of SESSION_METHODS) expect(fake.session, name).toHaveProperty(name)
})

describe('the program', () => {
  test('quits at once where another instance runs, and touches nothing', async () => {
    fake.app.first = false
    expect(await start()).toBeNull()
    expect(fake.app.calls).toEqual(['quit'])
    expect([fake.windows.length, fake.handled.size]).toEqual([0, 0])
  })

  test('brings its window to the front when it is started a second time', async () => {
    await start()
    fake.app.emit('second-instance')
    expect(theWindow().calls).toContain('focus')
  })

  test('runs sandboxed, without a menu, awake, and keeps everything in its own folder', async () => {
    await start()
    expect(fake.app.calls).toEqual(['enableSandbox'])
    expect(fake.app.paths).toEqual({ userData: join(folder, 'data', 'electron') })
    expect(fake.seen).toMatchObject({ menu: null, blocker: 'prevent-display-sleep' })
    expect(fake.seen.schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, allowServiceWorkers: false },
      },
    ])
  })

  test('lets the host say goodbye before it ends, once', async () => {
    const host = await start()
    if (host === null) throw new Error('Expected a host')
    const close = vi.spyOn(host, 'close')
    const first = fakeEvent({})
    fake.app.emit('before-quit', first)
    await vi.waitFor(() => expect(fake.app.calls).toContain('quit'))
    const second = fakeEvent({})
    fake.app.emit('before-quit', second)
    expect([first.prevented, second.prevented, close.mock.calls.length]).toEqual([true, false, 1])
  })

  test('goes on without a config that is refused, instead of leaving a desktop', async () => {
    writeFileSync(join(folder, 'config.jws'), 'not a config')
    const host = await start({ configFile: join(folder, 'config.jws') })
    expect(host?.state().mode).toBe('provisioning')
    expect(readFileSync(join(folder, 'data/logs/host.log'), 'utf8')).toContain('config-refused')
  })

  test('takes a signed config, and refuses sample keys in a package built for production', async () => {
    await newOffice({ sample: true }).provision(folder, 'http://127.0.0.1:9')
    const configFile = join(folder, 'config.jws')
    expect((await start({ configFile, production: true }))?.state().mode).toBe('provisioning')
    await running.pop()?.close()
    expect((await start({ configFile }))?.state()).toMatchObject({ mode: 'terminal', shell: 'electron' })
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
    await start()
    const page = await ask('/')
    expect(Object.fromEntries(page.headers)).toMatchObject(SECURITY_HEADERS)
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>one'])
    expect((await ask('/assets/a.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    for (const path of ['/', '/host/state', '/none', '/county/none'])
      expect((await ask(path)).headers.get('content-security-policy'), path).toContain("default-src 'none'")
  })

  test('reaches the host behind the same origin', async () => {
    await start()
    expect(await (await ask('/host/state')).json()).toMatchObject({ shell: 'electron', mode: 'provisioning' })
    const headers = { origin: 'app://kiosk', 'content-type': 'application/json' }
    const body = JSON.stringify({ reason: 'now', folder: null })
    expect((await ask('/host/check', { method: 'POST', headers, body })).status).toBe(200)
  })

  test.each(['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/assets/..%2f..%2fsecret', '/.git/config', '/%E0%A4'])(
    'gives no file for %s',
    async (path) => {
      await start()
      const answer = await ask(path)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toBe('secret')
    },
  )

  test('refuses another host, another origin, a change without origin, and other methods on files', async () => {
    await start()
    const refused = [
      await ask('app://other/'),
      await ask('/host/state', { headers: { origin: 'https://evil.example' } }),
      await ask('/host/check', { method: 'POST', body: '{}' }),
      await ask('/', { method: 'POST', headers: { origin: 'app://kiosk' }, body: '' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })
})

describe('the window', () => {
  test('is a kiosk with sandbox and isolation, without Node, and shows when it is ready', async () => {
    await start()
    expect(theWindow().options).toMatchObject({
      kiosk: true,
      webPreferences: {
        ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false },
        ...{ webSecurity: true, webviewTag: false, devTools: false, preload: '/preload.cjs' },
      },
    })
    expect(theWindow().loads).toEqual(['app://kiosk/'])
    theWindow().emit('ready-to-show')
    expect(theWindow().calls).toEqual(['show'])
  })

  test('has no door: it can be neither closed, minimised nor taken out of full screen', async () => {
    await start()
    const close = fakeEvent({})
    theWindow().emit('close', close)
    theWindow().emit('minimize')
    theWindow().emit('leave-full-screen')
    expect(close.prevented).toBe(true)
    expect(theWindow().calls).toEqual(['restore', 'kiosk true'])
  })

  test.each([
    ['a crashed renderer', () => contents().emit('render-process-gone', {}, { reason: 'crashed' })],
    ['a failed load', () => contents().emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'app://kiosk/', true)],
    ['a crashed GPU process', () => fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' })],
  ])('loads the attract screen afresh after %s, with nothing left of a visit (P6, P10)', async (_name, trouble) => {
    await start()
    vi.useFakeTimers()
    trouble()
    trouble()
    expect(theWindow().loads).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(theWindow().loads).toEqual(['app://kiosk/', 'app://kiosk/'])
  })

  test('stays calm at aborted loads, frames and helpers that end', async () => {
    await start()
    vi.useFakeTimers()
    contents().emit('did-fail-load', {}, -3, 'ERR_ABORTED', 'app://kiosk/', true)
    contents().emit('did-fail-load', {}, -6, 'ERR', 'app://kiosk/x', false)
    fake.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed' })
    fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(theWindow().loads).toHaveLength(1)
  })

  test('ends a page that hangs for ten seconds (P10), and leaves one alone that answers again', async () => {
    await start()
    vi.useFakeTimers()
    contents().emit('unresponsive')
    await vi.advanceTimersByTimeAsync(HANG_MS - 1)
    contents().emit('responsive')
    await vi.advanceTimersByTimeAsync(HANG_MS)
    expect(contents().calls).toEqual([])
    contents().emit('unresponsive')
    await vi.advanceTimersByTimeAsync(HANG_MS)
    expect(contents().calls).toEqual(['forcefullyCrashRenderer'])
  })

  test('comes back when it was destroyed, and is relaunched when nothing helps', async () => {
    await start()
    vi.useFakeTimers()
    theWindow().destroyed = true
    theWindow().emit('closed')
    await vi.advanceTimersByTimeAsync(1000)
    expect(theWindow(1).loads).toEqual(['app://kiosk/'])
    for (let trouble = 2; trouble <= MAX_TROUBLES; trouble += 1) {
      theWindow(1).webContents.emit('render-process-gone', {}, { reason: 'crashed' })
      await vi.advanceTimersByTimeAsync(MAX_WAIT_MS)
    }
    expect(fake.app.calls.slice(-2)).toEqual(['relaunch', 'exit 0'])
  })

  test('stays closed once the program ends', async () => {
    await start()
    vi.useFakeTimers()
    fake.app.emit('before-quit', fakeEvent({}))
    const close = fakeEvent({})
    theWindow().emit('close', close)
    theWindow().emit('closed')
    await vi.advanceTimersByTimeAsync(60_000)
    expect([close.prevented, fake.windows.length]).toEqual([false, 1])
  })
})

test('Troubles in a row wait 1, 2, 4 … 30 s; a page that lived a minute starts anew', () => {
  let recovery = FINE
  const waits: unknown[] = []
  for (let trouble = 1; trouble < MAX_TROUBLES; trouble += 1) {
    const next = afterTrouble(recovery, trouble * 1000)
    recovery = next.recovery
    waits.push(next.step.kind === 'reload' ? next.step.afterMs : next.step.kind)
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  expect(afterTrouble(recovery, 8000).step).toEqual({ kind: 'relaunch' })
  expect(afterTrouble(recovery, 7000 + HEALTHY_MS + 1).step).toEqual({ kind: 'reload', afterMs: 1000 })
})

describe('the lockdown', () => {
  test('grants the page durable storage (P3, P7) and denies everything else to everybody', async () => {
    await start()
    const granted: [string, boolean][] = []
    const own = { getURL: () => 'app://kiosk/' }
    for (const permission of [
      'persistent-storage',
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'fullscreen',
    ])
      fake.session.call('permission', own, permission, (yes: boolean) => granted.push([permission, yes]))
    expect(granted.filter(([, yes]) => yes)).toEqual([['persistent-storage', true]])
    expect(fake.session.call('check', null, 'media', 'app://kiosk')).toBe(false)
    expect(fake.session.call('check', null, 'persistent-storage', 'app://kiosk/')).toBe(true)
    expect(fake.session.call('check', null, 'persistent-storage', 'https://evil.example')).toBe(false)
    expect(fake.session.call('device')).toBe(false)
    const answers: unknown[] = []
    fake.session.call('display', {}, (streams: unknown) => answers.push(streams))
    fake.session.call('bluetooth', {}, (response: unknown) => answers.push(response))
    expect(answers).toEqual([null, { confirmed: false }])
    expect(fake.session.spelling).toBe(false)
  })

  test('cancels every request that leaves the page, developer tools included', async () => {
    await start()
    const allowed = (url: string) => {
      let cancelled: unknown
      fake.session.call('request', { url }, (answer: { cancel: boolean }) => {
        cancelled = answer.cancel
      })
      return cancelled === false
    }
    for (const url of ['app://kiosk/', 'app://kiosk/host/state', 'blob:app://kiosk/1', 'data:image/png;base64,AA'])
      expect(allowed(url), url).toBe(true)
    const outside = ['https://evil.example/', 'http://127.0.0.1/', 'file:///etc/passwd', 'app://kiosk.evil/', 'ws://x/']
    for (const url of [...outside, 'devtools://devtools/', 'data:text/html,x', 'blob:https://evil.example/1'])
      expect(allowed(url), url).toBe(false)
  })

  test.each(['will-download', 'select-hid-device', 'select-serial-port', 'select-usb-device'])(
    'prevents %s',
    async (name) => {
      await start()
      const event = fakeEvent({})
      fake.session.emit(name, event)
      expect(event.prevented).toBe(true)
    },
  )

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stops %s to anywhere else', async (name) => {
    await start()
    const stopped = (url: string) => {
      const event = fakeEvent({ url })
      contents().emit(name, event)
      return event.prevented
    }
    const urls = ['app://kiosk/', 'https://evil.example/', 'app://kiosk@evil/', 'file:///etc/passwd']
    expect(urls.map(stopped)).toEqual([false, true, true, true])
  })

  test('opens no window, attaches no webview, pairs no device, believes no bad certificate', async () => {
    await start()
    expect(contents().openHandler?.({ url: 'https://evil.example' } as never)).toEqual({ action: 'deny' })
    const webview = fakeEvent({})
    contents().emit('will-attach-webview', webview)
    const [bluetooth, certificate] = [fakeEvent({}), fakeEvent({})]
    const answers: unknown[] = []
    contents().emit('select-bluetooth-device', bluetooth, [], (id: string) => answers.push(id))
    fake.app.emit('certificate-error', certificate, {}, 'https://x', '', {}, (ok: boolean) => answers.push(ok))
    expect([webview.prevented, bluetooth.prevented, certificate.prevented]).toEqual([true, true, true])
    expect(answers).toEqual(['', false])
  })

  test('closes developer tools, pins the zoom, and swallows every shortcut but plain keys', async () => {
    await start()
    contents().emit('devtools-opened')
    contents().emit('did-finish-load')
    expect(contents().calls).toEqual(['closeDevTools', 'zoom 1', 'limits 1 1'])
    const swallowed = (key: string, held: object = {}) => {
      const event = fakeEvent({})
      const input = { type: 'keyDown', control: false, alt: false, meta: false, shift: false, key, ...held }
      contents().emit('before-input-event', event, input)
      return event.prevented
    }
    for (const key of ['F5', 'F11', 'F12', 'BrowserBack', 'ContextMenu']) expect(swallowed(key), key).toBe(true)
    expect(swallowed('r', { control: true })).toBe(true)
    expect(swallowed('F4', { alt: true })).toBe(true)
    expect(swallowed('q', { control: true, shift: true })).toBe(true)
    expect(fake.app.calls).not.toContain('quit')
    expect([swallowed('a'), swallowed('Enter')]).toEqual([false, false])
  })

  test.each([
    [{ developer: true }, true],
    [{ developer: true, production: true }, false],
    [{}, false],
  ])('lets Ctrl+Shift+Q leave with %j: %s', async (change, leaves) => {
    await start(change)
    const input = { type: 'keyDown', control: true, alt: false, meta: false, shift: true, key: 'Q' }
    contents().emit('before-input-event', fakeEvent({}), input)
    expect(fake.app.calls.includes('quit')).toBe(leaves)
    expect(theWindow().options.webPreferences?.devTools).toBe(leaves)
  })
})

describe('the channels', () => {
  const own = { sender: { id: 1 }, senderFrame: { url: 'app://kiosk/', parent: null } }
  const invoke = (channel: string, event: unknown, ...given: unknown[]) => fake.channels.get(channel)?.(event, ...given)

  test('report that the packaged page has changed, and start the new one', async () => {
    await start()
    const before = await invoke('sunhall:page-state', own)
    expect(before).toMatchObject({ changed: false, build: expect.stringMatching(/^[0-9a-f]{16}$/) })
    writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>two')
    expect(await invoke('sunhall:page-state', own)).toEqual({ ...(before as object), changed: true })
    await invoke('sunhall:apply-page', own)
    expect(fake.app.calls.slice(-2)).toEqual(['relaunch', 'quit'])
  })

  test('refuse other senders and arguments that nobody asked for', async () => {
    await start()
    const senders = [
      { ...own, senderFrame: null },
      { ...own, senderFrame: { url: 'https://evil.example/', parent: null } },
      { ...own, senderFrame: { url: 'app://kiosk/', parent: {} } },
      { ...own, sender: { id: 99 } },
    ]
    for (const sender of senders)
      await expect(invoke('sunhall:apply-page', sender)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await expect(invoke('sunhall:apply-page', own, 'now')).rejects.toMatchObject({ code: 'E-FORMAT' })
    expect(fake.app.calls).not.toContain('relaunch')
  })

  test('are one map: preload has one function for each, and ipcMain is used in channels.ts only', async () => {
    await start()
    expect([...fake.channels.keys()].sort()).toEqual(Object.keys(CHANNELS).sort())
    const preload = readFileSync(join(SHELL, 'preload.ts'), 'utf8')
    const invoked = [...preload.matchAll(/=> invoke\('([^']+)'\)/g)].map(([, channel]) => channel)
    expect(invoked.sort()).toEqual(Object.keys(CHANNELS).sort())
    const users = readdirSync(SHELL).filter((name) => /ipcMain\s*\./.test(readFileSync(join(SHELL, name), 'utf8')))
    expect(users).toEqual(['channels.ts'])
  })
})
