// `npm start` under Node 24: office → release → terminal, all by the project's own commands. `--check` is
// test/walk/run.ts: the same headless, from an empty folder.
import { existsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf, SunhallError } from '../sync/contract/errors.ts'
import { DEVELOPER_PIN, prepareOffice, provision, serveOffice } from './office.ts'
import { ended, runUntil, type Started, stopAll } from './processes.ts'

const HELP = `npm start [-- OPTIONS]

  --check       headless, from an empty scratch folder; the last line is one JSON object, exit code 0 or 1
  --data DIR    where office and terminal keep everything (default: data)
  --scale N     size of the sample county (default 0.1; 1 is 1.2 million payments)
  --port N      the office's port (default 8431)
  --terminal-port N  the port of the terminal's own page, in a system Chromium (default 47117)
  --headless    no window; the address to open is printed
  --install     lets the set-up install Chromium through apt with sudo

Ctrl-C stops everything. The kiosk is left by Ctrl+W or Alt+F4 in Chromium, by Ctrl+Shift+Q in Electron.
`
const FORGE = join('node_modules', '@electron-forge', 'cli', 'dist', 'electron-forge.js')
const TERMINAL = join('electron', 'browser', 'cli.ts')
const OPTIONS = {
  data: { type: 'string', default: 'data' },
  scale: { type: 'string', default: '0.1' },
  port: { type: 'string', default: '8431' },
  'terminal-port': { type: 'string', default: '47117' },
  headless: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

interface Values {
  data: string
  scale: string
  port: string
  'terminal-port': string
  headless: boolean
}

/** Electron's binary, where it has been fetched; a stand-in is far smaller. */
function electronBinary(): string | null {
  const file = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const path = join('node_modules', 'electron', 'dist', file)
  return existsSync(path) && statSync(path).size > 50_000_000 ? path : null
}

/** A window needs somewhere to stand. */
const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Exit code of a terminal whose technician asked for a restart. */
const RESTART_CODE = 75

/** Errors: E-INPUT or E-PORT before anything is made, rather than after a minute of it. */
async function requireFreePort(given: string, whose: string, option: string): Promise<void> {
  const port = Number(given)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SunhallError('E-INPUT', `Expected a port from 1 to 65535 after ${option}, got ${given}`)
  }
  const probe = createServer()
  await new Promise<void>((free, taken) => {
    probe.once('error', taken)
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()))
  }).catch((cause) => {
    const what = `Expected port ${port} to be free for the ${whose}, but it is taken; stop the other program (another npm start?) or choose with ${option}`
    throw new SunhallError('E-PORT', what, { cause })
  })
}

/** Opens the terminal: in Electron, in the system's Chromium, or without a display as an address to open. */
async function openTerminal(given: readonly string[], port: string, display: boolean): Promise<Started> {
  if (display && electronBinary() !== null) {
    console.log('The terminal opens in Electron; Ctrl+Shift+Q leaves the kiosk')
    return runUntil([FORGE, 'start', '--', ...given], /Launched|launched/)
  }
  if (display) {
    const opened = await runUntil([TERMINAL, ...given, '--port', port], / at (http:\S+)/)
    console.log(`The terminal opens in Chromium at ${opened.match[1]}; Ctrl+W or Alt+F4 leaves the kiosk`)
    return opened
  }
  const opened = await runUntil([TERMINAL, ...given, '--port', port, '--no-browser'], /Open (http:\S+)/)
  console.log(`Open ${opened.match[1]}`)
  return opened
}

/** Shows the terminal until someone closes it, and again where a technician asks for a restart. */
async function showTerminal(given: readonly string[], port: string, display: boolean): Promise<void> {
  for (;;) {
    const opened = await openTerminal(given, port, display)
    if ((await endOf('terminal', opened)) !== RESTART_CODE) return
  }
}

/** Waits for the end. Errors: E-STATE with the last lines it said, where nobody asked it to end. */
async function endOf(what: string, started: Started): Promise<number | string> {
  const how = await ended(started.child)
  if (how === 0 || how === RESTART_CODE || how === 'SIGINT' || how === 'SIGTERM') return how
  const last = started.said().trim().split('\n').slice(-5).join('\n')
  throw new SunhallError('E-STATE', `Expected the ${what} to run on, but it ended with ${how}:\n${last}`)
}

async function start(values: Values): Promise<void> {
  const { scale, port, headless } = values
  const terminalPort = values['terminal-port']
  const data = resolve(values.data)
  await requireFreePort(port, 'county office', '--port')
  await requireFreePort(terminalPort, 'terminal', '--terminal-port')
  const office = join(data, 'county')
  const terminal = join(data, 'terminal')
  await prepareOffice(office, scale)
  const served = await serveOffice(office, port)
  const config = await provision(office, served.url, join(data, 'provisioning'))
  console.log(`County office: ${served.url}, data in ${office}`)
  console.log(`Terminal HT-17: data in ${terminal}, logs in ${join(terminal, 'logs')}`)
  console.log(`Maintenance: five taps on the wordmark, PIN ${DEVELOPER_PIN}. Ctrl-C here stops everything`)
  const given = ['--config', config, '--data', terminal, '--developer']
  await Promise.race([showTerminal(given, terminalPort, hasDisplay() && !headless), endOf('county office', served)])
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS })
  if (values.help) return console.log(HELP)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(0)))
  }
  await start(values)
  await stopAll()
}

main().catch(async (error: unknown) => {
  console.error(messageOf(error))
  await stopAll()
  process.exit(1)
})
