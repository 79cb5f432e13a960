// What a visitor can't do: every permission, navigation, window, download, device, outside request and shortcut is
// denied, in every web contents that ever exists. The operating system's part is in docs/lockdown.md.
import type { Event, Input, Session, WebContents } from 'electron'
import type { Log } from '../host/log.ts'
import { type ElectronApi, isOwn, PAGE_ORIGIN } from './electron-api.ts'

export interface LockdownParts {
  log: Log
  /** True where the config says developer: developer tools and the leaving key. */
  developer(): boolean
  /** Ends the program: Ctrl+Shift+Q, where the config says developer. */
  leave(): void
}

/** The store must not be evicted, or reading would need the network (P3) and a tap would wait (P7): so the page's own origin may keep its data; nobody may do anything else. */
const mayPersist = (permission: string, url: string): boolean => permission === 'persistent-storage' && isOwn(url)

/** Locks the session: permissions, devices, downloads, and requests to anything that isn't the page. */
export function lockSession(session: Session, { log, developer }: LockdownParts): void {
  session.setPermissionRequestHandler((contents, permission, callback) => {
    const granted = mayPersist(permission, contents.getURL())
    if (!granted) log('denied', { permission })
    callback(granted)
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => mayPersist(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
  session.on('will-download', (event) => deny(event, 'download', log))
  session.on('select-hid-device', (event) => deny(event, 'hid', log))
  session.on('select-serial-port', (event) => deny(event, 'serial', log))
  session.on('select-usb-device', (event) => deny(event, 'usb', log))
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, callback) => {
    const inside = isOwn(details.url) || details.url.startsWith(`blob:${PAGE_ORIGIN}/`)
    const allowed = inside || details.url.startsWith('data:image/') || (developer() && isDevtools(details.url))
    if (!allowed) log('denied', { request: details.url.slice(0, 200) })
    callback({ cancel: !allowed })
  })
}

const isDevtools = (url: string): boolean => url.startsWith('devtools://')

/** Locks one web contents: it shows the page, opens nothing and goes nowhere. */
export function lockContents(contents: WebContents, parts: LockdownParts): void {
  const { log, developer } = parts
  contents.setWindowOpenHandler(({ url }) => {
    log('denied', { window: url.slice(0, 200) })
    return { action: 'deny' }
  })
  contents.on('will-navigate', (details) => stay(details, log))
  contents.on('will-frame-navigate', (details) => stay(details, log))
  contents.on('will-redirect', (details) => stay(details, log))
  contents.on('will-attach-webview', (event) => deny(event, 'webview', log))
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault()
    callback('')
  })
  contents.on('devtools-opened', () => {
    if (!developer()) contents.closeDevTools()
  })
  contents.on('before-input-event', (event, input) => onKey(event, input, parts))
  contents.on('did-finish-load', () => {
    contents.setZoomFactor(1)
    contents.setVisualZoomLevelLimits(1, 1).catch((error: unknown) => log('zoom-limits', { why: String(error) }))
  })
}

function deny(event: Event, what: string, log: Log): void {
  event.preventDefault()
  log('denied', { what })
}

function stay(details: Event<{ url: string }>, log: Log): void {
  if (isOwn(details.url)) return
  details.preventDefault()
  log('denied', { navigation: details.url.slice(0, 200) })
}

function onKey(event: Event, input: Input, { developer, leave }: LockdownParts): void {
  if (developer() && isLeavingKey(input)) {
    event.preventDefault()
    leave()
  } else if (isShortcut(input) && !(developer() && input.key === 'F12')) event.preventDefault()
}

/** Ctrl+Shift+Q. */
export function isLeavingKey({
  type,
  control,
  shift,
  key,
}: Pick<Input, 'type' | 'control' | 'shift' | 'key'>): boolean {
  return type === 'keyDown' && control && shift && key.toLowerCase() === 'q'
}

/** The page is worked by touch: keys with Ctrl, Alt or Meta, the F row and the browser's own keys do nothing. */
export function isShortcut({ control, alt, meta, key }: Pick<Input, 'control' | 'alt' | 'meta' | 'key'>): boolean {
  return (
    control || alt || meta || /^F\d{1,2}$/.test(key) || /^(Browser|Launch|Media)/.test(key) || key === 'ContextMenu'
  )
}

/** Locks the program: no menu, the sandbox on, and every contents locked as it comes into being. */
export function lockApp(electron: Pick<ElectronApi, 'app' | 'Menu'>, parts: LockdownParts): void {
  electron.app.on('web-contents-created', (_event, contents) => lockContents(contents, parts))
  electron.app.on('certificate-error', (event, _contents, url, _error, _certificate, callback) => {
    deny(event, `certificate of ${url.slice(0, 200)}`, parts.log)
    callback(false)
  })
  electron.Menu.setApplicationMenu(null)
}
