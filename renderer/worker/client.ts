// The page's end of the sync worker: starts it, tells it of visits, hears of statuses and of releases that changed.
import type { FromWorker, ToWorker } from '../../sync/contract/sync-status.ts'
import { isFromWorker } from './messages.ts'

export interface SyncClient {
  post(message: ToWorker): void
  /** Hears every message from now on, and the last status at once. Returns the way to stop. */
  subscribe(listener: (message: FromWorker) => void): () => void
  /** Ends the worker; the store's lock goes with it. */
  stop(): void
}

/** ms before a worker that died is started anew (P10). */
const RESTART_MS = 3_000

/** `when`: the worker is started then, and not before; what it is told meanwhile it hears as it starts. */
export function startSync(when: Promise<unknown>): SyncClient {
  const listeners = new Set<(message: FromWorker) => void>()
  let last: FromWorker | null = null
  /** What every worker that starts must know. */
  let presence: ToWorker = { type: 'visit' }
  const early: ToWorker[] = []
  let stopped = false
  let worker: Worker | null = null

  function start(): void {
    if (stopped) return
    worker = launch()
    worker.postMessage(presence)
    for (const message of early.splice(0)) worker.postMessage(message)
  }
  function launch(): Worker {
    // Written out for Vite, which builds the worker from exactly this form.
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'sunhall-sync' })
    made.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (!isFromWorker(event.data)) return
      if (event.data.type === 'status') last = event.data
      for (const listener of listeners) listener(event.data)
    })
    made.addEventListener('error', () => {
      made.terminate()
      worker = null
      setTimeout(start, RESTART_MS)
    })
    return made
  }
  void when.then(start)
  return {
    post(message) {
      if (message.type === 'rest' || message.type === 'visit') presence = message
      else if (worker === null) early.push(message)
      worker?.postMessage(message)
    },
    subscribe(listener) {
      listeners.add(listener)
      if (last !== null) listener(last)
      return () => listeners.delete(listener)
    },
    stop() {
      stopped = true
      worker?.terminate()
    },
  }
}
