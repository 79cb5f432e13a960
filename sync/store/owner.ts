// One owner writes: whoever holds this Web Lock. A second worker (a second tab, a page being reloaded) waits for it.
import { DATABASE, OWNER_LOCK } from './database.ts'

/** Runs `work` as the store's only owner, as soon as no other is; the lock goes when `work` ends or the page dies. */
export function asOwner<T>(work: () => Promise<T>, database: string = DATABASE): Promise<T> {
  return navigator.locks.request(`${database}:${OWNER_LOCK}`, work)
}
