// Puts the Electron shell together: one instance, one session, one window, one host.
//
//   start ─ another runs ─► quit (the other comes to the front)
//     └─► scheme ─► ready ─► host ─► session locked ─► channels ─► window ─► … ─► leave: host says goodbye
import { join } from 'node:path'
import { codeOf, messageOf } from '../../sync/contract/errors.ts'
import { createHost, type Host, type HostOptions } from '../host/host.ts'
import { type Log, openLog } from '../host/log.ts'
import { buildIdOf } from '../host/page-files.ts'
import type { ShellArguments } from './arguments.ts'
import { openChannels } from './channels.ts'
import { type ElectronApi, SCHEME } from './electron-api.ts'
import { type LockdownParts, lockApp, lockSession } from './lockdown.ts'
import { createSchemeHandler, registerScheme } from './scheme.ts'
import { type KioskWindow, openKioskWindow } from './window.ts'

export interface ShellOptions {
  electron: ElectronApi
  args: ShellArguments
  /** Folder of the built page, and the preload script. */
  pageFolder: string
  preload: string
  /** True in a package built for production: sample keys and --developer are refused. */
  production: boolean
  clock(): Date
}

/** Gives back the running host; null where another instance runs already. */
export async function startShell(options: ShellOptions): Promise<Host | null> {
  const { electron, args, clock } = options
  const { app } = electron
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return null
  }
  const log = openLog(join(args.dataFolder, 'logs'), clock)
  prepare(electron, args)
  let host: Host | null = null
  const developer = (): boolean =>
    (args.developer && !options.production) || (host?.state().profile?.developer ?? false)
  const lockdown: LockdownParts = { log, developer, leave: () => app.quit() }
  lockApp(electron, lockdown)
  await app.whenReady()
  const restart = (): void => {
    app.relaunch()
    app.quit()
  }
  let window: KioskWindow | null = null
  const screenshot = async (): Promise<Uint8Array | null> => (await window?.picture()) ?? null
  host = await openHost(options, { restart, screenshot }, log)
  window = show(options, host, lockdown)
  return host
}

/** What must be said before the app is ready. */
function prepare(electron: ElectronApi, { dataFolder }: ShellArguments): void {
  registerScheme(electron)
  electron.app.enableSandbox()
  electron.app.setPath('userData', join(dataFolder, 'electron'))
  for (const [name, value] of SWITCHES) electron.app.commandLine.appendSwitch(name, value)
}
const SWITCHES = [
  ['disable-pinch', ''],
  ['overscroll-history-navigation', '0'],
  ['disable-features', 'Translate,MediaRouter,AutofillServerCommunication'],
] as const

/** A config that is refused doesn't leave a desktop: the terminal goes on with the one it has, or asks a technician. */
async function openHost(
  options: ShellOptions,
  hands: Required<Pick<HostOptions, 'restart' | 'screenshot'>>,
  log: Log,
): Promise<Host> {
  const { args, production, clock } = options
  const { dataFolder, configFile } = args
  const appVersion = options.electron.app.getVersion()
  const browserVersion = (): string | null => process.versions.chrome ?? null
  const given: HostOptions = { dataFolder, clock, shell: 'electron', appVersion, production, ...hands, browserVersion }
  try {
    return await createHost({ ...given, configFile })
  } catch (error) {
    if (configFile === null || codeOf(error, 'E-STORE') !== 'E-CONFIG') throw error
    log('config-refused', { configFile, why: messageOf(error) })
    return createHost(given)
  }
}

function show(options: ShellOptions, host: Host, lockdown: LockdownParts): KioskWindow {
  const { electron, pageFolder, preload, clock } = options
  const { log, developer } = lockdown
  const { session } = electron
  lockSession(session.defaultSession, lockdown)
  electron.protocol.handle(SCHEME, createSchemeHandler({ host, pageFolder }))
  const shown = buildIdOf(pageFolder)
  const window = openKioskWindow({ electron, preload, developer, log, clock: () => clock().getTime() })
  openChannels(
    electron,
    {
      'sunhall:page-state': async () => {
        const build = await shown
        const now = await buildIdOf(pageFolder)
        return { build, changed: now !== '' && now !== build }
      },
      'sunhall:apply-page': async () => {
        electron.app.relaunch()
        electron.app.quit()
      },
    },
    window.isWindow,
  )
  electron.powerSaveBlocker.start('prevent-display-sleep')
  electron.app.on('second-instance', window.focus)
  // Electron ends a program without windows unless somebody listens; recovery opens the next one.
  electron.app.on('window-all-closed', () => undefined)
  sayGoodbye(electron, host, window.release)
  return window
}

/** The host must note a clean end before the process goes, or the next start scrubs the store. */
function sayGoodbye({ app }: ElectronApi, host: Host, release: () => void): void {
  let closed = false
  app.on('before-quit', (event) => {
    release()
    if (closed) return
    event.preventDefault()
    host.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
