// A real Chromium for the bench: a process of its own for each piece of work, so that its memory is cold.
import { spawnSync } from 'node:child_process'
import { globSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright'
import { chromiumPath } from './machine.ts'

const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
const LOOK_MS = 100

export async function withBenchPage<T>(profile: string, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: ARGS,
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(0)
    const broken = new Promise<never>((_done, failed) => page.once('pageerror', failed))
    const worked = async (): Promise<T> => {
      await page.goto(`${url}bench.html`)
      await page.waitForFunction(() => 'bench' in window)
      return work(page)
    }
    return await Promise.race([worked(), broken])
  } finally {
    await context.close()
  }
}

/** Calls a function of `window.bench`. */
export function inPage<T>(page: Page, name: string, ...given: unknown[]): Promise<T> {
  return page.evaluate(`window.bench.${name}(...${JSON.stringify(given)})`) as Promise<T>
}

/** Has the system forget a closed profile's files, so that the next reads come from the disk. Linux; else nothing. */
export function evict(profile: string): void {
  const files = globSync('**/IndexedDB/**', { cwd: profile }).map((file) => join(profile, file))
  for (const file of files) {
    if (statSync(file).isFile()) spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
  }
}

/** What a closed profile keeps IndexedDB in, by the names of its files: 'LevelDB' or 'SQLite'. */
export function backendOf(profile: string): string {
  const folders = globSync('**/IndexedDB/*', { cwd: profile })
  const names = folders.flatMap((folder) => {
    const path = join(profile, folder)
    return statSync(path).isDirectory() ? [folder, ...readdirSync(path)] : [folder]
  })
  if (names.some((name) => /leveldb/.test(name))) return 'LevelDB'
  return names.some((name) => /sqlite|\.db/i.test(name)) ? 'SQLite' : 'unknown'
}

/** Highest JavaScript memory of page and workers, in MB: objects and buffers alike, looked at ten times a second. */
export async function watchHeap(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  const workers = new Set<string>()
  const heard = new Map<number, (bytes: number) => void>()
  session.on('Target.attachedToTarget', ({ sessionId }) => workers.add(sessionId))
  session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId))
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result?: HeapUsage }
    heard.get(id)?.(result === undefined ? 0 : bytesOf(result))
    heard.delete(id)
  })
  // Not flat: Playwright's sessions can't talk to a worker's own.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  let [peak, stopped, asked] = [0, false, 0]
  const ofWorker = (sessionId: string): Promise<number> =>
    new Promise((done) => {
      asked += 1
      heard.set(asked, done)
      const message = JSON.stringify({ id: asked, method: 'Runtime.getHeapUsage' })
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => done(0))
    })
  const look = async (): Promise<void> => {
    const own = bytesOf((await session.send('Runtime.getHeapUsage')) as HeapUsage)
    const others = await Promise.all([...workers].map(ofWorker))
    peak = Math.max(
      peak,
      others.reduce((sum, each) => sum + each, own),
    )
  }
  const looking = lookOver(session, look, () => stopped)
  return async () => {
    stopped = true
    await looking
    return peak / 1e6
  }
}

interface HeapUsage {
  usedSize: number
  embedderHeapUsedSize?: number
  backingStorageSize?: number
}
const bytesOf = (usage: HeapUsage): number =>
  usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0)

async function lookOver(session: CDPSession, look: () => Promise<void>, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await look()
    await new Promise((next) => setTimeout(next, LOOK_MS))
  }
  await session.detach()
}
