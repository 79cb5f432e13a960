// The page's own update, found in the background and applied only in attract: `workbox-window` in every home. In the
// http homes sw.js precaches the page; in Electron, where Cache.put refuses app:// addresses, watch.js only tells that
// the packaged page has changed. Never in the way of a start or of a load: sw.js reads the whole page, and waits for both.
import { Workbox } from 'workbox-window'
import type { SyncClient } from '../worker/client.ts'
import { calm } from './calm.ts'

export interface Program {
  /** Calls back once, when a newer page is ready. */
  watch(onWaiting: () => void): void
  /** Looks for a newer one now; called at rest. */
  look(): void
  /** Takes the newer page over and loads it. */
  apply(): void
}

/** ms after the start before the worker is registered, and at least between two looks. */
const START_MS = 5_000
const LOOK_MS = 15 * 60_000

export function createProgram(page: Window, clock: () => number, sync: Pick<SyncClient, 'subscribe'>): Program {
  const { serviceWorker } = page.navigator
  const precaching = page.location.protocol.startsWith('http')
  const workbox = serviceWorker === undefined ? null : new Workbox(precaching ? './sw.js' : './watch.js')
  let looked = clock()
  return {
    watch(onWaiting) {
      if (precaching) workbox?.addEventListener('waiting', onWaiting)
      // A worker that waits for nobody is active at once: there an update is told when it is.
      else workbox?.addEventListener('activated', (event) => event.isUpdate === true && onWaiting())
      page.setTimeout(async () => {
        await calm(sync)
        // No registration (an old browser, a private window) costs the precache, not the terminal.
        await workbox?.register({ immediate: true }).catch(() => undefined)
      }, START_MS)
    },
    look() {
      if (clock() - looked < LOOK_MS) return
      looked = clock()
      void workbox?.update().catch(() => undefined)
    },
    apply() {
      const reload = () => page.location.reload()
      workbox?.addEventListener('controlling', reload)
      workbox?.messageSkipWaiting()
      // In Electron nothing waits, so nothing will take over: the page is simply loaded again.
      if (!precaching) reload()
    },
  }
}
