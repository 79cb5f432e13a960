// The kiosk window, and what brings it back: after a crash, a hang, a failed load or a closed window the page is loaded
// afresh, which is the attract screen with nothing left of a visit (P6, P10).
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { Log } from '../host/log.ts'
import { type ElectronApi, PAGE_URL } from './electron-api.ts'
import { afterTrouble, FINE, HANG_MS } from './recovery.ts'

export interface WindowParts {
  electron: Pick<ElectronApi, 'app' | 'BrowserWindow'>
  preload: string
  developer(): boolean
  log: Log
  /** Milliseconds. */
  clock(): number
}
export interface KioskWindow {
  isWindow(senderId: number): boolean
  focus(): void
  /** PNG of what is shown; null while there is no window. */
  picture(): Promise<Uint8Array | null>
  /** Ends this process and starts the package again. */
  relaunch(): void
  /** From now on a closed window stays closed. */
  release(): void
}

/** ERR_ABORTED: another load took this one's place. */
const ABORTED = -3

export function windowOptions(preload: string, developer: boolean): BrowserWindowConstructorOptions {
  return {
    kiosk: true,
    fullscreen: true,
    frame: false,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f6f1e7',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      disableDialogs: true,
      spellcheck: false,
      backgroundThrottling: false,
      devTools: developer,
    },
  }
}

export function openKioskWindow(parts: WindowParts): KioskWindow {
  const { electron, log } = parts
  let recovery = FINE
  let released = false
  let timer: NodeJS.Timeout | undefined
  let window: BrowserWindow
  const relaunch = (): void => {
    released = true
    electron.app.relaunch()
    electron.app.exit(0)
  }
  const again = (): void => {
    timer = undefined
    if (window.isDestroyed()) window = open()
    else load(window, log)
  }
  const recover = (why: string): void => {
    // One trouble often shows as several events: a page that is already waiting to be loaded is not in trouble again.
    if (released || timer !== undefined) return
    const next = afterTrouble(recovery, parts.clock())
    recovery = next.recovery
    log('recover', { why, ...next.step, troubles: recovery.troubles })
    if (next.step.kind === 'relaunch') relaunch()
    else timer = setTimeout(again, next.step.afterMs)
  }
  const open = (): BrowserWindow => {
    const opened = new electron.BrowserWindow(windowOptions(parts.preload, parts.developer()))
    watch(opened, { recover, released: () => released, log })
    load(opened, log)
    return opened
  }
  electron.app.on('child-process-gone', (_event, { type, reason }) => {
    log('child-process-gone', { type, reason })
    if (type === 'GPU' && reason !== 'clean-exit') recover(`gpu ${reason}`)
  })
  window = open()
  return {
    isWindow: (id) => !window.isDestroyed() && window.webContents.id === id,
    focus: () => window.isDestroyed() || window.focus(),
    picture: async () => (window.isDestroyed() ? null : (await window.webContents.capturePage()).toPNG()),
    relaunch,
    release() {
      released = true
      clearTimeout(timer)
    },
  }
}

function load(window: BrowserWindow, log: Log): void {
  // A failed load comes as did-fail-load too, which recovers.
  window.loadURL(PAGE_URL).catch((error: unknown) => log('load-failed', { why: String(error) }))
}

interface Watching {
  recover(why: string): void
  released(): boolean
  log: Log
}

function watch(window: BrowserWindow, { recover, released, log }: Watching): void {
  const contents = window.webContents
  let hang: NodeJS.Timeout | undefined
  window.once('ready-to-show', () => window.show())
  // Alt+F4 and the like: the kiosk has no door.
  window.on('close', (event) => {
    if (!released()) event.preventDefault()
  })
  window.on('closed', () => {
    clearTimeout(hang)
    recover('closed')
  })
  window.on('leave-full-screen', () => released() || window.setKiosk(true))
  window.on('minimize', () => released() || window.restore())
  contents.on('render-process-gone', (_event, { reason }) => recover(`renderer ${reason}`))
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) recover(`load ${code} ${description}`)
  })
  contents.on('unresponsive', () => {
    log('unresponsive')
    clearTimeout(hang)
    // Its end comes as render-process-gone.
    hang = setTimeout(() => contents.isDestroyed() || contents.forcefullyCrashRenderer(), HANG_MS)
  })
  contents.on('responsive', () => clearTimeout(hang))
}
