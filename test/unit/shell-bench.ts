// The Electron shell over a typed fake of Electron and a page of two files, anew for each test: what the shell's tests stand on.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { Host } from '../../electron/host/host.ts'
import { startShell } from '../../electron/shell/shell.ts'
import { createFakeElectron, type FakeContents, type FakeWindow } from '../e2e/electron-fake.ts'

/** What a test holds in its hands; new for each. */
export class ShellBench {
  folder = ''
  fake = createFakeElectron()
  readonly #running: Host[] = []

  begin(): void {
    this.folder = mkdtempSync(join(tmpdir(), 'sunhall-shell-'))
    mkdirSync(join(this.folder, 'page', 'assets'), { recursive: true })
    writeFileSync(join(this.folder, 'page', 'index.html'), '<!doctype html>one')
    writeFileSync(join(this.folder, 'page', 'assets', 'a.js'), 'export {}')
    writeFileSync(join(this.folder, 'secret'), 'secret')
    this.fake = createFakeElectron()
  }

  async start(change: { production?: boolean; developer?: boolean; configFile?: string } = {}): Promise<Host | null> {
    const { production = false, developer = false, configFile = null } = change
    const host = await startShell({
      electron: this.fake.electron,
      args: { configFile, dataFolder: join(this.folder, 'data'), developer },
      pageFolder: join(this.folder, 'page'),
      preload: '/preload.cjs',
      production,
      clock: () => new Date(),
    })
    if (host !== null) this.#running.push(host)
    return host
  }

  /** Ends every host that was started. */
  async end(): Promise<void> {
    for (const host of this.#running.splice(0)) await host.close()
  }

  window(index = 0): FakeWindow {
    return this.fake.windows[index] ?? expect.fail(`there is no window ${index}`)
  }
  contents(): FakeContents {
    return this.window().webContents
  }
  async ask(path: string, init?: RequestInit): Promise<Response> {
    const handler = this.fake.handled.get('app') ?? expect.fail('nobody handles app:')
    return handler(new Request(path.startsWith('app:') ? path : `app://kiosk${path}`, init))
  }
}

/** A bench that is set up before each test of the file and ended after it. */
export function shellForEachTest(): ShellBench {
  const bench = new ShellBench()
  beforeEach(() => bench.begin())
  afterEach(async () => {
    vi.useRealTimers()
    await bench.end()
  })
  return bench
}
