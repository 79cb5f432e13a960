// A fake of the part of Electron that the shell uses, for machines without its binary. Names are checked against
// Electron's own types: a method that Electron doesn't have, or has no longer, is a type error here.
import { EventEmitter } from 'node:events'
import type { App, BrowserWindow, BrowserWindowConstructorOptions, IpcMain, Session, WebContents } from 'electron'
import type { ElectronApi } from '../../electron/shell/electron-api.ts'

type Handler = (...given: never[]) => unknown
/** What a real object of this type could hold under these names. */
type Some<T> = { [K in keyof T]?: unknown }

export class FakeContents extends EventEmitter {
  id: number
  url = ''
  openHandler: Handler | null = null
  calls: string[] = []
  constructor(id: number) {
    super()
    this.id = id
  }
  getURL() {
    return this.url
  }
  isDestroyed() {
    return false
  }
  setWindowOpenHandler(handler: Handler) {
    this.openHandler = handler
  }
  closeDevTools() {
    this.calls.push('closeDevTools')
  }
  forcefullyCrashRenderer() {
    this.calls.push('forcefullyCrashRenderer')
  }
  setZoomFactor(factor: number) {
    this.calls.push(`zoom ${factor}`)
  }
  async setVisualZoomLevelLimits(least: number, most: number) {
    this.calls.push(`limits ${least} ${most}`)
  }
}

export class FakeWindow extends EventEmitter {
  options: BrowserWindowConstructorOptions
  webContents: FakeContents
  destroyed = false
  loads: string[] = []
  calls: string[] = []
  constructor(options: BrowserWindowConstructorOptions, id: number) {
    super()
    this.options = options
    this.webContents = new FakeContents(id)
  }
  async loadURL(url: string) {
    this.loads.push(url)
    this.webContents.url = url
  }
  isDestroyed() {
    return this.destroyed
  }
  show() {
    this.calls.push('show')
  }
  focus() {
    this.calls.push('focus')
  }
  restore() {
    this.calls.push('restore')
  }
  setKiosk(on: boolean) {
    this.calls.push(`kiosk ${on}`)
  }
}

class FakeApp extends EventEmitter {
  first = true
  calls: string[] = []
  paths: Record<string, string> = {}
  switches: Record<string, string> = {}
  commandLine = {
    appendSwitch: (name: string, value = ''): void => {
      this.switches[name] = value
    },
  }
  requestSingleInstanceLock() {
    return this.first
  }
  async whenReady() {}
  getVersion() {
    return '0.1.0'
  }
  enableSandbox() {
    this.calls.push('enableSandbox')
  }
  setPath(name: string, path: string) {
    this.paths[name] = path
  }
  quit() {
    this.calls.push('quit')
  }
  exit(code: number) {
    this.calls.push(`exit ${code}`)
  }
  relaunch() {
    this.calls.push('relaunch')
  }
}

export class FakeSession extends EventEmitter {
  handlers: Record<string, Handler> = {}
  spelling = true
  webRequest = {
    onBeforeRequest: (handler: Handler): void => {
      this.handlers.request = handler
    },
  }
  setPermissionRequestHandler(handler: Handler) {
    this.handlers.permission = handler
  }
  setPermissionCheckHandler(handler: Handler) {
    this.handlers.check = handler
  }
  setDevicePermissionHandler(handler: Handler) {
    this.handlers.device = handler
  }
  setDisplayMediaRequestHandler(handler: Handler) {
    this.handlers.display = handler
  }
  setBluetoothPairingHandler(handler: Handler) {
    this.handlers.bluetooth = handler
  }
  setSpellCheckerEnabled(on: boolean) {
    this.spelling = on
  }
  /** Calls a handler as Electron would. */
  call(name: string, ...given: unknown[]): unknown {
    return (this.handlers[name] as (...given: unknown[]) => unknown)(...given)
  }
}

export function createFakeElectron() {
  const app = new FakeApp()
  const session = new FakeSession()
  const windows: FakeWindow[] = []
  const channels = new Map<string, (...given: unknown[]) => Promise<unknown>>()
  const seen = { menu: 'default' as unknown, blocker: '', schemes: [] as unknown[] }
  const handled = new Map<string, (request: Request) => Promise<Response>>()
  const ipcMain = {
    handle: (name: string, handler: (...given: unknown[]) => Promise<unknown>) => void channels.set(name, handler),
    removeHandler: (name: string) => void channels.delete(name),
  }
  class OpenedWindow extends FakeWindow {
    constructor(options: BrowserWindowConstructorOptions) {
      super(options, windows.length + 1)
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
  }
  const fake = {
    app: app satisfies Some<App>,
    session: { defaultSession: session satisfies Some<Session> },
    ipcMain: ipcMain satisfies Some<IpcMain>,
    Menu: {
      setApplicationMenu(menu: unknown) {
        seen.menu = menu
      },
    },
    powerSaveBlocker: {
      start(type: string) {
        seen.blocker = type
      },
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => void seen.schemes.push(...schemes),
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void handled.set(scheme, handler),
    },
    BrowserWindow: OpenedWindow,
  } satisfies Some<ElectronApi>
  // Overloaded listeners can't be faked type by type: names are checked above and below, signatures are Electron's.
  return { electron: fake as unknown as ElectronApi, app, session, windows, channels, handled, seen }
}

type Names<T> = readonly Extract<keyof T, string>[]
/** The methods of the fakes, which must be Electron's too; a test checks that the fakes have them. */
export const APP_METHODS: Names<App> = [
  ...(['requestSingleInstanceLock', 'whenReady', 'getVersion', 'enableSandbox', 'setPath', 'quit'] as const),
  ...(['exit', 'relaunch', 'commandLine', 'on'] as const),
]
export const SESSION_METHODS: Names<Session> = [
  ...(['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'] as const),
  ...(['setDisplayMediaRequestHandler', 'setBluetoothPairingHandler', 'setSpellCheckerEnabled'] as const),
  ...(['webRequest', 'on'] as const),
]
export const CONTENTS_METHODS: Names<WebContents> = [
  ...(['getURL', 'isDestroyed', 'setWindowOpenHandler', 'closeDevTools', 'forcefullyCrashRenderer'] as const),
  ...(['setZoomFactor', 'setVisualZoomLevelLimits', 'on'] as const),
]
export const WINDOW_METHODS: Names<BrowserWindow> = [
  ...(['loadURL', 'isDestroyed', 'show', 'focus', 'restore', 'setKiosk', 'on', 'once', 'webContents'] as const),
]

/** An event that remembers whether its default was prevented. */
export function fakeEvent<T extends object>(fields: T) {
  const event = {
    ...fields,
    prevented: false,
    preventDefault(): void {
      event.prevented = true
    },
  }
  return event
}
