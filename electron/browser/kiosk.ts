// Keeps a system Chromium open on the terminal's page.
//
//   launching ─► showing ─ crash or exit ─► waiting 1, 2, 4 … 60 s ─► launching
//                   └─ stop(), or closed on a developer's machine ─► stopped
//
// A crash ends in the attract screen again, not on a desktop (P10).
import { type ChildProcess, spawn } from 'node:child_process'
import { messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { makeFolder } from '../host/files.ts'
import type { Log } from '../host/log.ts'
import { type DevtoolsPipe, devtoolsPipe } from './devtools-pipe.ts'
import { dropForeignLock } from './profile-lock.ts'
import { browserProduct, capturePage } from './screenshot.ts'
import { fillScreen, grantDurableStorage } from './window.ts'

/** A browser that lived this long counts as healthy: the next crash waits a second again. */
const HEALTHY_MS = 60_000
const MAX_WAIT_MS = 60_000
/** From asking the browser to end until it is ended. */
const GRACE_MS = 3_000

export interface KioskOptions {
  chromium: string
  /** A fresh address with a launch secret for each launch. */
  url(): string
  /** Chromium's own profile, below the data folder. */
  profile: string
  headless: boolean
  /** Extra flags, for a debugging port in tests. */
  flags?: readonly string[]
  /** Called when someone closed the browser, which then stays closed; without it the browser always comes back. */
  left?: () => void
  /** Called after each crash with how many there were in a row; the browser is started again all the same. */
  crashed?: (inARow: number) => void
  log: Log
}
export interface Kiosk {
  pid(): number | null
  /** 'Chrome/140.0.7339.80'; null before it has said. */
  product(): string | null
  /** PNG of the page; null where none is up. Errors: E-STATE. */
  screenshot(): Promise<Uint8Array | null>
  stop(): Promise<void>
}

export function kioskFlags(options: Pick<KioskOptions, 'profile' | 'headless' | 'flags'>, asRoot: boolean): string[] {
  return [
    ...(options.headless ? ['--headless=new', '--window-size=1080,1920'] : ['--kiosk']),
    `--user-data-dir=${options.profile}`,
    // Only this process holds the pipe's ends; Chromium ends when they close, so no browser outlives its host.
    '--remote-debugging-pipe',
    ...[
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-session-crashed-bubble',
      '--hide-crash-restore-bubble',
    ],
    ...['--disable-infobars', '--noerrdialogs', '--disable-pinch', '--overscroll-history-navigation=0'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps'],
    // The next villager is offered no password, word or page of the one before (P6).
    ...['--disable-extensions', '--disable-translate', '--disable-save-password-bubble', '--password-store=basic'],
    ...[
      '--disable-domain-reliability',
      '--disable-breakpad',
      '--metrics-recording-only',
      '--autoplay-policy=no-user-gesture-required',
    ],
    '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,InterestFeedContentSuggestions',
    // Chromium refuses to run its sandbox as root; on a terminal it never is root.
    ...(asRoot ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
    ...(options.flags ?? []),
  ]
}

/** Errors: E-STORE, E-QUOTA for a profile that can't be made. */
export function startKiosk(options: KioskOptions): Kiosk {
  makeFolder(options.profile)
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let crashes = 0
  let running: { pipe: DevtoolsPipe; origin: string } | null = null
  let product: string | null = null
  const launch = (): void => {
    const startedAt = Date.now()
    const foreign = dropForeignLock(options.profile)
    if (foreign !== null) options.log('profile-unlocked', { machine: foreign })
    const args = kioskFlags(options, process.getuid?.() === 0)
    const url = options.url()
    const target = options.headless ? url : `--app=${url}`
    child = spawn(options.chromium, [...args, target], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    const pipe = devtoolsPipe(child)
    running = pipe === null ? null : { pipe, origin: new URL(url).origin }
    void furnish(running, options).then((said) => {
      product = said ?? product
    })
    options.log('browser-start', { pid: child.pid ?? null })
    const ended = (how: string): void => {
      child = null
      running = null
      if (stopped) return
      // Chromium ends with 0 only where it was closed; a crash or a kill has a signal or another code.
      if (how === '0' && options.left !== undefined) {
        options.left()
        return
      }
      crashes = Date.now() - startedAt > HEALTHY_MS ? 1 : crashes + 1
      const wait = Math.min(MAX_WAIT_MS, 1000 * 2 ** (crashes - 1))
      options.log('browser-ended', { how, crashes, wait })
      timer = setTimeout(launch, wait)
      options.crashed?.(crashes)
    }
    child.once('error', (error) => ended(error.message))
    child.once('exit', (code, signal) => ended(String(signal ?? code)))
  }
  launch()
  return {
    pid: () => child?.pid ?? null,
    product: () => product,
    screenshot: async () => (running === null ? null : capturePage(running.pipe, running.origin)),
    async stop() {
      stopped = true
      clearTimeout(timer)
      if (child !== null) await end(child)
    },
  }
}

/** What can't be had of the browser is logged; the terminal works without it. Gives back which browser it is. */
async function furnish(
  running: { pipe: DevtoolsPipe; origin: string } | null,
  { headless, log }: KioskOptions,
): Promise<string | null> {
  if (running === null) return null
  const { pipe, origin } = running
  try {
    await grantDurableStorage(pipe, origin)
    if (!headless) await fillScreen(pipe, origin)
    return await browserProduct(pipe)
  } catch (error) {
    log('browser-window', { error: messageOf(error) })
    return null
  }
}

async function end(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    child.once('exit', () => {
      clearTimeout(kill)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** Errors: E-STATE naming what to install. */
export function requireChromium(found: string | null): string {
  if (found !== null) return found
  throw new SunhallError(
    'E-STATE',
    'Expected Chromium, Chrome or Edge on this machine, got none; install one (apt install chromium) or set SUNHALL_CHROMIUM',
  )
}
