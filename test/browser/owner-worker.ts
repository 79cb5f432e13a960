// The sync worker of one page among several on one profile: waits for the store's lock as the real one does, then runs
// the engine against a host of its own. Stands still at a file where it is told to, so that it can be ended right there.
import { asOwner } from '../../sync/store/owner.ts'
import { toRest } from './rest.ts'
import type { TinyRelease } from './store-release.ts'
import { fakeHost, runEngine, settledOn } from './sync-fake-host.ts'

export interface OwnerTask {
  database: string
  release: TinyRelease
  /** Stands still at the file after so many; null to load all. */
  holdAfter: number | null
}
export type FromOwner = { type: 'owns' } | { type: 'held'; asked: string[] } | { type: 'settled'; asked: string[] }

const post = (message: FromOwner): void => self.postMessage(message)

async function own({ database, release, holdAfter }: OwnerTask): Promise<never> {
  post({ type: 'owns' })
  const host = fakeHost()
  host.publish(release)
  host.fault = (_path, wire) => {
    if (holdAfter === null || host.asked.length <= holdAfter) return wire
    post({ type: 'held', asked: host.asked })
    return new Promise(() => undefined)
  }
  const running = runEngine(host, database)
  // A store that shows an older release asks for this one at its slot; here at once.
  const again = setInterval(() => running.engine.tell({ type: 'sync-now' }), 50)
  await running.until(settledOn(release.record.number))
  clearInterval(again)
  await toRest(host, running, release.record.number)
  post({ type: 'settled', asked: host.asked })
  // Held until the worker ends, like the real one's.
  return new Promise<never>(() => undefined)
}

self.addEventListener('message', (event: MessageEvent<OwnerTask>) => {
  void asOwner(() => own(event.data), event.data.database)
})
