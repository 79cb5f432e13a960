// npm run terminal: one terminal in a system Chromium. With --once --headless it prints the terminal's state as one
// line of JSON after one synchronisation and exits.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { createHost, type Host } from '../host/host.ts'
import { openLog } from '../host/log.ts'
import { HELP, ROOT, readArguments, type TerminalArguments } from './arguments.ts'
import { findChromium } from './find-chromium.ts'
import { type Kiosk, requireChromium, startKiosk } from './kiosk.ts'
import { failedStart, reportOf, waitForSync } from './once.ts'
import { type Server, startServer } from './server.ts'

const ONCE_TIMEOUT_MS = 600_000
/** Crashes in a row after which --once gives up; a terminal never does. */
const ONCE_CRASHES = 3
/** Exit code of a restart that the technician asked for: what supervises the terminal (systemd, npm start) obeys it. */
const RESTART_CODE = 75
/** Where a terminal without a config asks for one. */
const UNCONFIGURED_PORT = 47_100

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2))
  if (args.help) {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  try {
    return await run(args)
  } catch (error) {
    // Whoever reads --once's line reads one in every case.
    if (args.once) print(failedStart(error, args.dataFolder))
    throw error
  }
}

async function run(args: TerminalArguments): Promise<number> {
  requireRenderer(args.renderer)
  let server: Server | null = null
  let kiosk: Kiosk | null = null
  const host = await openHost(args, () => kiosk)
  try {
    const { renderer } = args
    const port = args.port ?? host.port ?? UNCONFIGURED_PORT
    // A production terminal has no way out, whatever it is started with.
    const developer = !host.production && (args.developer || (host.state().profile?.developer ?? false))
    server = await startServer({ host, renderer, port, developer })
    const hopeless = new AbortController()
    kiosk = openKiosk(args, server, developer, hopeless)
    return args.once
      ? await once(host, args.dataFolder, hopeless.signal)
      : await untilStopped(host, server, args, kiosk !== null)
  } finally {
    await kiosk?.stop()
    await server?.close()
    await host.close()
  }
}

/** The browser comes after the host, and goes and comes again: it is looked up when it is asked. */
function openHost({ configFile, dataFolder, production }: TerminalArguments, kiosk: () => Kiosk | null): Promise<Host> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return createHost({
    dataFolder,
    clock: () => new Date(),
    shell: 'browser',
    appVersion: version,
    // Sources are not a package built for production; this flag or the signed config makes them one (docs/lockdown.md).
    production,
    configFile,
    browserVersion: () => kiosk()?.product() ?? null,
    screenshot: async () => (await kiosk()?.screenshot()) ?? null,
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

function openKiosk(
  args: TerminalArguments,
  server: Server,
  developer: boolean,
  hopeless: AbortController,
): Kiosk | null {
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env
  const display = process.platform !== 'linux' || DISPLAY + WAYLAND_DISPLAY !== ''
  if (!args.browser || (!args.headless && !display)) {
    say(`Open ${server.launchUrl()}`)
    return null
  }
  const { debugPort, dataFolder } = args
  return startKiosk({
    chromium: requireChromium(findChromium(process.env, process.platform)),
    url: server.launchUrl,
    profile: join(dataFolder, 'profile'),
    headless: args.headless,
    flags: debugPort === null ? [] : [`--remote-debugging-port=${debugPort}`],
    log: openLog(join(dataFolder, 'logs'), () => new Date()),
    crashed: (inARow) => inARow >= ONCE_CRASHES && hopeless.abort(),
    ...(developer && { left: () => process.kill(process.pid, 'SIGINT') }),
  })
}

async function once(host: Host, dataFolder: string, hopeless: AbortSignal): Promise<number> {
  const inTime = await waitForSync(host, AbortSignal.any([hopeless, AbortSignal.timeout(ONCE_TIMEOUT_MS)]))
  const report = reportOf(host, inTime, dataFolder)
  print(report)
  return report.ok ? 0 : 1
}

async function untilStopped(host: Host, server: Server, args: TerminalArguments, shown: boolean): Promise<number> {
  const { mode, profile } = host.state()
  say(
    `Terminal ${mode === 'terminal' ? `${profile?.terminal} ${profile?.name}` : 'without a config'} at ${server.origin}`,
  )
  say(`Data and logs: ${args.dataFolder}${shown ? '' : ' (no display here: open the address above)'}`)
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop())
    process.once('SIGTERM', () => stop())
  })
  return 0
}

function print(report: object): void {
  process.stdout.write(`${JSON.stringify(report)}\n`)
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
