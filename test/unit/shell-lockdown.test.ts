// What the Electron shell denies, against a typed fake of Electron: permissions, requests, navigation, windows, devices, keys.
import { describe, expect, test } from 'vitest'
import { fakeEvent } from '../e2e/electron-fake.ts'
import { shellForEachTest } from './shell-bench.ts'

const shell = shellForEachTest()

describe('the lockdown', () => {
  test('grants the page durable storage (P3, P7) and denies everything else to everybody', async () => {
    await shell.start()
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
      shell.fake.session.call('permission', own, permission, (yes: boolean) => granted.push([permission, yes]))
    expect(granted.filter(([, yes]) => yes)).toEqual([['persistent-storage', true]])
    expect(shell.fake.session.call('check', null, 'media', 'app://kiosk')).toBe(false)
    expect(shell.fake.session.call('check', null, 'persistent-storage', 'app://kiosk/')).toBe(true)
    expect(shell.fake.session.call('check', null, 'persistent-storage', 'https://evil.example')).toBe(false)
    expect(shell.fake.session.call('device')).toBe(false)
    const answers: unknown[] = []
    shell.fake.session.call('display', {}, (streams: unknown) => answers.push(streams))
    shell.fake.session.call('bluetooth', {}, (response: unknown) => answers.push(response))
    expect(answers).toEqual([null, { confirmed: false }])
    expect(shell.fake.session.spelling).toBe(false)
  })

  test('cancels every request that leaves the page, developer tools included', async () => {
    await shell.start()
    const allowed = (url: string) => {
      let cancelled: unknown
      shell.fake.session.call('request', { url }, (answer: { cancel: boolean }) => {
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
      await shell.start()
      const event = fakeEvent({})
      shell.fake.session.emit(name, event)
      expect(event.prevented).toBe(true)
    },
  )

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stops %s to anywhere else', async (name) => {
    await shell.start()
    const stopped = (url: string) => {
      const event = fakeEvent({ url })
      shell.contents().emit(name, event)
      return event.prevented
    }
    const urls = ['app://kiosk/', 'https://evil.example/', 'app://kiosk@evil/', 'file:///etc/passwd']
    expect(urls.map(stopped)).toEqual([false, true, true, true])
  })

  test('opens no window, attaches no webview, pairs no device, believes no bad certificate', async () => {
    await shell.start()
    expect(shell.contents().openHandler?.({ url: 'https://evil.example' } as never)).toEqual({ action: 'deny' })
    const webview = fakeEvent({})
    shell.contents().emit('will-attach-webview', webview)
    const [bluetooth, certificate] = [fakeEvent({}), fakeEvent({})]
    const answers: unknown[] = []
    shell.contents().emit('select-bluetooth-device', bluetooth, [], (id: string) => answers.push(id))
    shell.fake.app.emit('certificate-error', certificate, {}, 'https://x', '', {}, (ok: boolean) => answers.push(ok))
    expect([webview.prevented, bluetooth.prevented, certificate.prevented]).toEqual([true, true, true])
    expect(answers).toEqual(['', false])
  })

  test('closes developer tools, pins the zoom, and swallows every shortcut but plain keys', async () => {
    await shell.start()
    shell.contents().emit('devtools-opened')
    shell.contents().emit('did-finish-load')
    expect(shell.contents().calls).toEqual(['closeDevTools', 'zoom 1', 'limits 1 1'])
    const swallowed = (key: string, held: object = {}) => {
      const event = fakeEvent({})
      const input = { type: 'keyDown', control: false, alt: false, meta: false, shift: false, key, ...held }
      shell.contents().emit('before-input-event', event, input)
      return event.prevented
    }
    for (const key of ['F5', 'F11', 'F12', 'BrowserBack', 'ContextMenu']) expect(swallowed(key), key).toBe(true)
    expect(swallowed('r', { control: true })).toBe(true)
    expect(swallowed('F4', { alt: true })).toBe(true)
    expect(swallowed('q', { control: true, shift: true })).toBe(true)
    expect(shell.fake.app.calls).not.toContain('quit')
    expect([swallowed('a'), swallowed('Enter')]).toEqual([false, false])
  })

  test.each([
    [{ developer: true }, true],
    [{ developer: true, production: true }, false],
    [{}, false],
  ])('lets Ctrl+Shift+Q leave with %j: %s', async (change, leaves) => {
    await shell.start(change)
    const input = { type: 'keyDown', control: true, alt: false, meta: false, shift: true, key: 'Q' }
    shell.contents().emit('before-input-event', fakeEvent({}), input)
    expect(shell.fake.app.calls.includes('quit')).toBe(leaves)
    expect(shell.window().options.webPreferences?.devTools).toBe(leaves)
  })
})
