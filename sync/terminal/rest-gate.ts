// Whether somebody is at the screen, and the wait of heavy work until nobody is (P7).

export interface RestGate {
  readonly resting: boolean
  set(resting: boolean): void
  /** Resolves at rest; rejects with the signal's reason when it is aborted. */
  wait(signal: AbortSignal): Promise<void>
}

/** A visit is assumed until the page says that it rests. */
export function createRestGate(): RestGate {
  let resting = false
  const waiting = new Set<() => void>()
  return {
    get resting() {
      return resting
    },
    set(next) {
      resting = next
      if (!resting) return
      for (const go of waiting) go()
      waiting.clear()
    },
    wait(signal) {
      signal.throwIfAborted()
      if (resting) return Promise.resolve()
      return new Promise((go, stop) => {
        waiting.add(go)
        signal.addEventListener('abort', () => stop(signal.reason), { once: true })
      })
    },
  }
}
