// Electron's entry: everything is decided in shell.ts, this only hands Electron and the process over.
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, powerSaveBlocker, protocol, session } from 'electron'
import { messageOf } from '../../sync/contract/errors.ts'
import { readArguments } from './arguments.ts'
import { startShell } from './shell.ts'

/** Set by electron/vite.main.config.ts when the package is built. */
declare const SUNHALL_PRODUCTION: boolean

const built = join(app.getAppPath(), '.vite')

startShell({
  electron: { app, BrowserWindow, ipcMain, Menu, powerSaveBlocker, protocol, session },
  args: readArguments(process.argv.slice(app.isPackaged ? 1 : 2), app.getPath('userData')),
  pageFolder: join(built, 'renderer', 'main_window'),
  preload: join(built, 'build', 'preload.cjs'),
  production: SUNHALL_PRODUCTION,
  clock: () => new Date(),
}).catch((error: unknown) => {
  // The supervisor (docs/lockdown.md) starts the program again; what was wrong stands in its journal.
  console.error(messageOf(error))
  app.exit(1)
})
