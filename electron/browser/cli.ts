// npm run terminal: one terminal in a system Chromium. With --once --headless it prints the terminal's state as one
// line of JSON after one synchronisation and exits.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { codeOf, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { createHost, type Host } from '../host/host.ts'
import { openLog } from '../host/log.ts'
import { findChromium } from './find-chromium.ts'
import { type Kiosk, requireChromium, startKiosk } from './kiosk.ts'
import { reportOf, waitForSync } from './once.ts'
import { type Server, startServer } from './server.ts'

const HELP = `Usage: npm run terminal -- [--config FILE] [--data DIR] [--once] [--headless] [--port N] [--developer]
  --config FILE   the signed config.jws that \`npm run provision -- write\` wrote, with root.json beside it
  --data DIR      everything this terminal keeps (default: data/terminal)
  --once          end after one synchronisation and print the state as one line of JSON; exit code 0 or 1
  --headless      without a window
  --no-browser    only serve the page and print its address
  --port N        instead of the config's port; 0 takes any free one
  --debug-port N  Chromium's own debugging port, for tests
  --developer     the launch link may be opened again; Ctrl+W, Alt+F4 or Ctrl-C leaves the kiosk
Example: npm run terminal -- --config /media/usb/HT-17/config.jws --data /var/lib/sunhall`

const ONCE_TIMEOUT_MS = 600_000
/** Exit code of a restart that the technician asked for: what supervises the terminal (systemd, npm start) obeys it. */
const RESTART_CODE = 75
/** Where a terminal without a config asks for one. */
const UNCONFIGURED_PORT = 47_100
const ROOT = resolve(import.meta.dirname, '..', '..')

function readArguments() {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      data: { type: 'string', default: join('data', 'terminal') },
      once: { type: 'boolean', default: false },
      headless: { type: 'boolean', default: false },
      'no-browser': { type: 'boolean', default: false },
      port: { type: 'string' },
      'debug-port': { type: 'string' },
      renderer: { type: 'string', default: join(ROOT, 'dist', 'renderer') },
      developer: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  return values
}
type Arguments = ReturnType<typeof readArguments>

async function main(): Promise<number> {
  const args = readArguments()
  if (args.help) {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  const dataFolder = resolve(args.data)
  requireRenderer(args.renderer)
  const host = await openHost(args, dataFolder)
  const port = Number(args.port ?? host.port ?? UNCONFIGURED_PORT)
  const developer = args.developer || (host.state().profile?.developer ?? false)
  const server = await startServer({ host, renderer: resolve(args.renderer), port, developer }).catch(async (error) => {
    await host.close()
    throw error
  })
  const kiosk = await openKiosk(args, dataFolder, server, developer)
  try {
    return args.once ? await once(host, dataFolder) : await runUntilStopped(host, server, dataFolder, kiosk !== null)
  } finally {
    await kiosk?.stop()
    await server.close()
    await host.close()
  }
}

function openHost(args: Arguments, dataFolder: string): Promise<Host> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return createHost({
    dataFolder,
    clock: () => new Date(),
    shell: 'browser',
    appVersion: version,
    production: false,
    configFile: args.config === undefined ? null : resolve(args.config),
    restart() {
      process.exitCode = RESTART_CODE
      process.kill(process.pid, 'SIGTERM')
    },
  })
}

function requireRenderer(folder: string): void {
  if (existsSync(join(folder, 'index.html'))) return
  throw new SunhallError('E-STATE', `Expected the built page in ${folder}, got none; run npm run setup`)
}

async function openKiosk(
  args: Arguments,
  dataFolder: string,
  server: Server,
  developer: boolean,
): Promise<Kiosk | null> {
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env
  const display = process.platform !== 'linux' || DISPLAY + WAYLAND_DISPLAY !== ''
  if (args['no-browser'] || (!args.headless && !display)) {
    say(`Open ${server.launchUrl()}`)
    return null
  }
  const debug = args['debug-port']
  return startKiosk({
    chromium: requireChromium(findChromium(process.env, process.platform)),
    url: server.launchUrl,
    profile: join(dataFolder, 'profile'),
    headless: args.headless,
    flags: debug === undefined ? [] : [`--remote-debugging-port=${debug}`],
    log: openLog(join(dataFolder, 'logs'), () => new Date()),
    ...(developer && { left: () => process.kill(process.pid, 'SIGINT') }),
  })
}

async function once(host: Host, dataFolder: string): Promise<number> {
  const inTime = await waitForSync(host, ONCE_TIMEOUT_MS)
  const report = reportOf(host, inTime, dataFolder)
  process.stdout.write(`${JSON.stringify(report)}\n`)
  return report.ok ? 0 : 1
}

async function runUntilStopped(host: Host, server: Server, dataFolder: string, shown: boolean): Promise<number> {
  const { mode, profile } = host.state()
  say(
    `Terminal ${mode === 'terminal' ? `${profile?.terminal} ${profile?.name}` : 'without a config'} at ${server.origin}`,
  )
  say(`Data and logs: ${dataFolder}${shown ? '' : ' (no display here: open the address above)'}`)
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop())
    process.once('SIGTERM', () => stop())
  })
  return 0
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

main().then(
  (code) => {
    process.exitCode ??= code
  },
  (error: unknown) => {
    say(`${codeOf(error, 'E-STATE')}: ${messageOf(error)}`)
    process.exitCode = 1
  },
)
