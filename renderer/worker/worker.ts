// The sync worker: a module worker that owns the store for as long as it lives and runs the engine in it.
import { z } from 'zod'
import type { FromWorker, ToWorker } from '../../sync/contract/sync-status.ts'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { DATABASE } from '../../sync/store/database.ts'
import { sha256 } from '../../sync/store/hash.ts'
import { asOwner } from '../../sync/store/owner.ts'
import { type Engine, startEngine } from '../../sync/terminal/engine.ts'
import type { Clock } from '../../sync/terminal/ports.ts'
import { isToWorker } from './messages.ts'
import { paced } from './paced.ts'
import { createTransport } from './transport.ts'

const clock: Clock = {
  now: () => Date.now(),
  offsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
  setTimeout: (work, ms) => setTimeout(work, ms),
  clearTimeout: (timer) => clearTimeout(typeof timer === 'number' ? timer : undefined),
}

function post(message: FromWorker): void {
  self.postMessage(message)
}

/** 'app://kiosk' too, whose `origin` some browsers call "null". */
function originOf(href: string): string {
  const { protocol, host } = new URL(href)
  return `${protocol}//${host}`
}

function run(): Engine {
  const transport = createTransport(originOf(self.location.href))
  return startEngine({
    openStore: () => openBlockStore(DATABASE),
    transport,
    hash: sha256,
    clock,
    random: () => Math.random(),
    changed: (root, parts) => post({ type: 'release-changed', root, parts }),
    status: paced((status) => {
      post({ type: 'status', status })
      transport.tellStatus(status)
    }, clock),
  })
}

function main(): void {
  // The page's policy forbids code made at run time; zod would only try and be refused.
  z.config({ jitless: true })
  const early: ToWorker[] = []
  let hear = (message: ToWorker): void => {
    early.push(message)
  }
  self.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isToWorker(event.data)) hear(event.data)
  })
  // One owner writes: a worker of a page that is being reloaded may still hold the lock for a moment.
  void asOwner(() => {
    const engine = run()
    hear = (message) => engine.tell(message)
    for (const message of early) engine.tell(message)
    // Held until the worker ends with its page; the browser then gives the lock to the next.
    return new Promise<never>(() => undefined)
  })
}
main()
