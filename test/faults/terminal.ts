// One terminal under fire: a Chromium on a profile that lasts, the host's stand-in that it talks to, and the way to have
// its page do things. Each run has an origin of its own, and so a database of its own.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, startBrowser } from './browser.ts'
import type { Published } from './county.ts'
import type { Counts } from './moments.ts'
import { type Office, openOffice } from './office.ts'
import type { Done, Seen, Task } from './tasks.ts'

/** What all runs stand on. */
export interface Ground {
  chromium: string
  /** An empty scratch folder. */
  folder: string
  dist: string
  /** The built page. */
  pages: string
  published: readonly Published[]
}
export interface Terminal {
  readonly office: Office
  readonly isUp: boolean
  /** Folder of the profile of the browser that was started last. */
  readonly profile: string
  /** Starts the browser on the origin of that run. */
  start(run: number): void
  /** SIGKILL. */
  kill(): Promise<void>
  /** Errors: what the page failed with; nothing in time. */
  ask(task: Task): Promise<Done>
  /** Goes on at the origin of that run, in another browser where its profile is another one. */
  go(run: number): Promise<void>
  look(): Promise<Seen>
  /** Runs the engine until that release is shown, scrubbed and cleaned. */
  settle(until: number): Promise<Counts>
  close(): Promise<void>
}

/** Runs on one profile, after which the next gets a fresh one: a thousand databases would slow each start. */
const RUNS_A_PROFILE = 100
/** ms for a browser to start and do what it was asked for, on a busy machine. */
const PATIENCE_MS = 120_000

/** `lane`: sets the profiles of terminals apart that run side by side. */
export async function openTerminal(ground: Ground, lane: string): Promise<Terminal> {
  const office = await openOffice(ground.dist, ground.pages)
  let browser: Browser | null = null
  let profile = ''
  const profileOf = (run: number): string => join(ground.folder, `profile-${lane}-${Math.floor(run / RUNS_A_PROFILE)}`)
  const url = (run: number): string => `http://r${run}.localhost:${office.port}/`
  const ask = async (task: Task): Promise<Done> => {
    const done = await inTime(office.ask(task), `the page to ${task.do}`)
    if ('failed' in done) throw new Error(done.failed)
    return done
  }
  const terminal: Terminal = {
    office,
    get isUp() {
      return browser !== null
    },
    get profile() {
      return profile
    },
    start(run) {
      profile = profileOf(run)
      mkdirSync(profile, { recursive: true })
      browser = startBrowser(ground.chromium, profile, url(run))
    },
    async kill() {
      await browser?.kill()
      browser = null
      office.forget('Expected the page to answer, its browser was killed')
    },
    ask,
    async go(run) {
      if (profile === profileOf(run)) {
        await ask({ do: 'go', url: url(run) })
        return
      }
      await terminal.kill()
      terminal.start(run)
    },
    async look() {
      const done = await ask({ do: 'look' })
      if ('seen' in done) return done.seen
      throw new Error('Expected a look at the store, got something else')
    },
    async settle(until) {
      const done = await ask({ do: 'run', until, moment: null })
      return 'ran' in done ? done.ran.counts : {}
    },
    async close() {
      await terminal.kill()
      await office.close()
    },
  }
  return terminal
}

function inTime<T>(work: Promise<T>, what: string): Promise<T> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`Expected ${what}, got nothing in time`)), PATIENCE_MS)
    work.then(done, failed).finally(() => clearTimeout(timer))
  })
}
