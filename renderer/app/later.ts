// Code that the first screen doesn't need: fetched when that screen stands, or at once when it is asked for before.
//
//   nothing ─fetch─► waiting ─► here
//                       │  ▲
//                       ▼  │ again: by itself every RETRY_MS, or by a key
//                      failed
import { useEffect, useSyncExternalStore } from 'react'

type Code = typeof import('./beyond.tsx')
export type Beyond = { state: 'waiting' } | { state: 'here'; code: Code } | { state: 'failed'; again: () => void }

/** ms before a piece that couldn't be fetched is asked for again (P10). */
const RETRY_MS = 3_000

export interface Later {
  fetch(): void
  now(): Beyond
  /** Calls back on every change. Returns the way to stop. */
  watch(changed: () => void): () => void
}

/** `load` is called until it succeeds once. */
export function createLater(load: () => Promise<Code>, setTimeout: (work: () => void, ms: number) => unknown): Later {
  const watching = new Set<() => void>()
  let now: Beyond = { state: 'waiting' }
  let fetching = false
  const is = (next: Beyond): void => {
    now = next
    for (const changed of watching) changed()
  }
  const fetch = (): void => {
    if (fetching || now.state === 'here') return
    fetching = true
    load().then(
      (code) => is({ state: 'here', code }),
      () => {
        fetching = false
        is({ state: 'failed', again: fetch })
        setTimeout(fetch, RETRY_MS)
      },
    )
  }
  return {
    fetch,
    now: () => now,
    watch(changed) {
      watching.add(changed)
      return () => watching.delete(changed)
    },
  }
}

/** What `later` has now; asks it to fetch, where nobody has. */
export function useBeyond(later: Later): Beyond {
  useEffect(() => later.fetch(), [later])
  return useFetched(later)
}

/** The same for what can do without: it asks for nothing. */
export function useFetched(later: Later): Beyond {
  return useSyncExternalStore(later.watch, later.now)
}
