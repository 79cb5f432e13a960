// What can wait until the engine rests: while it loads, the disk and the processor are its own (P7).
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import type { SyncClient } from '../worker/client.ts'

const BUSY: ReadonlySet<SyncStatus['phase']> = new Set(['starting', 'checking', 'loading', 'switching', 'scrubbing'])

/** Until the engine says that it has nothing to do; at once where it has said so last. */
export function calm(sync: Pick<SyncClient, 'subscribe'>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = sync.subscribe((message) => {
    if (message.type === 'status' && !BUSY.has(message.status.phase)) resolve()
  })
  return promise.then(stop)
}
