import { beforeEach, expect, test, vi } from 'vitest'
import type { FromWorker, SyncStatus } from '../../sync/contract/sync-status.ts'

const registered = vi.hoisted(() => ({ times: 0 }))
vi.mock('workbox-window', () => ({
  Workbox: class {
    addEventListener(): void {}
    async register(): Promise<void> {
      registered.times += 1
    }
  },
}))
const { createProgram } = await import('./program.ts')

/** A page whose timers run when the test says so, beside an engine that says what it is at. */
function watched() {
  const timers: (() => void)[] = []
  const listeners = new Set<(message: FromWorker) => void>()
  const page = {
    navigator: { serviceWorker: {} },
    location: { protocol: 'http:' },
    setTimeout: (work: () => void) => timers.push(work),
  } as unknown as Window
  const sync = {
    subscribe(listener: (message: FromWorker) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  createProgram(page, () => 0, sync).watch(() => undefined)
  const says = async (phase: SyncStatus['phase']) => {
    for (const listener of listeners) listener({ type: 'status', status: { phase } as SyncStatus })
    await new Promise((done) => setTimeout(done))
  }
  return { start: () => timers[0]?.(), says, listeners }
}

beforeEach(() => {
  registered.times = 0
})

test('The page is precached when a first load is over, not during it (P7).', async () => {
  const { start, says, listeners } = watched()
  start()
  for (const phase of ['starting', 'checking', 'loading'] as const) await says(phase)
  expect(registered.times).toBe(0)
  await says('waiting')
  expect(registered.times).toBe(1)
  expect(listeners.size).toBe(0)
})

test('What the engine said before the start of the page is over counts for nothing.', async () => {
  const { start, says } = watched()
  await says('waiting')
  start()
  await says('loading')
  expect(registered.times).toBe(0)
})
