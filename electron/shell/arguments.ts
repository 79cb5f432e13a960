// What the program is started with. Chromium's own switches stand in the same line and are left alone.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface ShellArguments {
  /** A signed config to take at start; null to use the one that is there. */
  configFile: string | null
  dataFolder: string
  /** Leaving key and developer tools, in a package that isn't production's. */
  developer: boolean
}

/** `sunhall [--config FILE] [--data DIR] [--developer]`. `home` is Electron's own folder for this user. */
export function readArguments(argv: readonly string[], home: string): ShellArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: { config: { type: 'string' }, data: { type: 'string' }, developer: { type: 'boolean', default: false } },
    strict: false,
    allowPositionals: true,
  })
  const { config, data, developer } = values
  return {
    configFile: typeof config === 'string' ? resolve(config) : null,
    dataFolder: typeof data === 'string' ? resolve(data) : join(home, 'terminal'),
    developer: developer === true,
  }
}
