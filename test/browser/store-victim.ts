// A worker that loads one release into a store, to be killed by a test at any moment, as a power cut would.

import { openBlockStore } from '../../sync/store/block-store.ts'
import { sha256 } from '../../sync/store/hash.ts'
import { asOwner } from '../../sync/store/owner.ts'
import { loadRelease } from '../../sync/terminal/load.ts'
import type { TinyRelease } from './store-release.ts'
import { fakeHost } from './sync-fake-host.ts'

export interface VictimTask {
  database: string
  release: TinyRelease
  own: string
}

/** Loads, switches, scrubs and cleans without an engine, so that nothing waits. */
export async function loadAll({ database, release, own }: VictimTask): Promise<void> {
  const store = await openBlockStore(database)
  const host = fakeHost()
  host.publish(release)
  const signal = new AbortController().signal
  try {
    const { shown } = await loadRelease({
      store,
      transport: host.transport,
      hash: sha256,
      record: release.record,
      own,
      signal,
      meter: { bytes: 0, requests: 0 },
      steps: { planned: () => undefined, arrived: () => undefined, part: () => undefined },
      allowed: () => true,
    })
    if (!shown) await store.switchTo(release.record, Object.keys(release.record.packs))
    const { damaged } = await store.scrub(async () => undefined, signal)
    if (damaged.length === 0) await store.markScrubbed()
    await store.clean(async () => undefined, null)
  } finally {
    store.close()
  }
}

const isWorker = typeof document === 'undefined'
if (isWorker) {
  self.addEventListener('message', (event: MessageEvent<VictimTask>) => {
    asOwner(() => loadAll(event.data), event.data.database).then(
      () => self.postMessage('done'),
      (error: unknown) => self.postMessage(String(error)),
    )
  })
}
