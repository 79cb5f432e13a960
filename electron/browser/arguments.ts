// What `npm run terminal` is started with.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf, SunhallError } from '../../sync/contract/errors.ts'

export const HELP = `Usage: npm run terminal -- [--config FILE] [--data DIR] [--once] [--headless] [--port N] [--developer]
  --config FILE   the signed config.jws that \`npm run provision -- write\` wrote, with root.json beside it
  --data DIR      everything this terminal keeps (default: data/terminal)
  --once          end after one synchronisation and print the state as one line of JSON; exit code 0 or 1
  --headless      without a window
  --no-browser    only serve the page and print its address
  --port N        instead of the config's port; 0 takes any free one
  --production    refuse sample keys and --developer, whatever the config says
  --debug-port N  Chromium's own debugging port, for tests
  --developer     the launch link may be opened again; Ctrl+W, Alt+F4 or Ctrl-C leaves the kiosk
Example: npm run terminal -- --config /media/usb/HT-17/config.jws --data /var/lib/sunhall`

/** The repository, which holds the built page. */
export const ROOT = resolve(import.meta.dirname, '..', '..')

const OPTIONS = {
  config: { type: 'string' },
  data: { type: 'string', default: join('data', 'terminal') },
  once: { type: 'boolean', default: false },
  headless: { type: 'boolean', default: false },
  'no-browser': { type: 'boolean', default: false },
  port: { type: 'string' },
  'debug-port': { type: 'string' },
  renderer: { type: 'string', default: join(ROOT, 'dist', 'renderer') },
  production: { type: 'boolean', default: false },
  developer: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

export interface TerminalArguments {
  configFile: string | null
  dataFolder: string
  /** Folder of the built page. */
  renderer: string
  /** Null for the config's own; 0 for any free one. */
  port: number | null
  debugPort: number | null
  once: boolean
  headless: boolean
  browser: boolean
  production: boolean
  developer: boolean
  help: boolean
}

/** Errors: E-INPUT. */
export function readArguments(args: readonly string[]): TerminalArguments {
  const values = parsed(args)
  if (values.production && values.developer)
    throw new SunhallError('E-INPUT', 'Expected --production or --developer, got both; leave one out')
  return {
    configFile: values.config === undefined ? null : resolve(values.config),
    dataFolder: resolve(values.data),
    renderer: resolve(values.renderer),
    port: portOf('--port', values.port),
    debugPort: portOf('--debug-port', values['debug-port']),
    once: values.once,
    headless: values.headless,
    browser: !values['no-browser'],
    production: values.production,
    developer: values.developer,
    help: values.help,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values
  } catch (cause) {
    throw new SunhallError('E-INPUT', `${messageOf(cause)}. See \`npm run terminal -- --help\``, { cause })
  }
}

function portOf(option: string, text: string | undefined): number | null {
  if (text === undefined) return null
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new SunhallError('E-INPUT', `Expected ${option} from 0 to 65535, got ${text}`)
}
