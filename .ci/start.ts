// `npm start` under Node 24: office → release → terminal, all by the project's own commands. `--check` is
// test/walk/run.ts: the same headless, from an empty folder.
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '../sync/contract/errors.ts'
import { DEVELOPER_PIN, prepareOffice, provision, serveOffice } from './office.ts'
import { runUntil, stopAll } from './processes.ts'

const HELP = `npm start [-- OPTIONS]

  --check       headless, from an empty scratch folder; the last line is one JSON object, exit code 0 or 1
  --data DIR    where office and terminal keep everything (default: data)
  --scale N     size of the sample county (default 0.1; 1 is 1.2 million payments)
  --port N      the office's port (default 8431)
  --headless    no window; the address to open is printed
  --install     lets the set-up install Chromium through apt with sudo

Ctrl-C stops everything and so leaves the kiosk.
`
const OPTIONS = {
  data: { type: 'string', default: 'data' },
  scale: { type: 'string', default: '0.1' },
  port: { type: 'string', default: '8431' },
  headless: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** Electron's binary, where it has been fetched; a stand-in is far smaller. */
function electronBinary(): string | null {
  const file = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const path = join('node_modules', 'electron', 'dist', file)
  return existsSync(path) && statSync(path).size > 50_000_000 ? path : null
}

/** A window needs somewhere to stand. */
const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

async function start(data: string, scale: string, port: string, headless: boolean): Promise<void> {
  const office = join(data, 'county')
  const terminal = join(data, 'terminal')
  await prepareOffice(office, scale)
  const { url } = await serveOffice(office, port)
  const config = await provision(office, url, join(data, 'provisioning'))
  const given = ['--config', config, '--data', terminal, '--developer']
  console.log(`County office: ${url} (data in ${office})\nTerminal HT-17: data and logs in ${terminal}`)
  console.log(
    `Maintenance: five taps on the wordmark, PIN ${DEVELOPER_PIN}. Ctrl-C here stops everything and leaves the kiosk`,
  )
  if (electronBinary() !== null && hasDisplay() && !headless) {
    const forge = join('node_modules', '@electron-forge', 'cli', 'dist', 'electron-forge.js')
    await runUntil([forge, 'start', '--', ...given], /Launched|launched/)
    return
  }
  const window = headless || !hasDisplay() ? ['--no-browser'] : []
  const { match } = await runUntil(['electron/browser/cli.ts', ...given, ...window], /(?:Open|at) (http:\S+)/)
  console.log(window.length > 0 ? `Open ${match[1]}` : 'The terminal runs in the system’s Chromium, in kiosk mode')
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS })
  if (values.help) return console.log(HELP)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(0)))
  }
  await start(resolve(values.data), values.scale, values.port, values.headless)
}

main().catch(async (error: unknown) => {
  console.error(messageOf(error))
  await stopAll()
  process.exit(1)
})
