// Least recently used first out, bounded in bytes: decoded blocks that a visit is likely to ask for again.

export interface Cache<V> {
  get(key: string): V | undefined
  /** `bytes`: what it weighs. Something heavier than the whole cache is not kept. */
  set(key: string, value: V, bytes: number): void
  drop(key: string): void
  clear(): void
  readonly bytes: number
}

export function createCache<V>(maxBytes: number): Cache<V> {
  const entries = new Map<string, { value: V; bytes: number }>()
  let total = 0

  function drop(key: string): void {
    const entry = entries.get(key)
    if (entry === undefined) return
    entries.delete(key)
    total -= entry.bytes
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      // A map keeps the order of insertion: put back at the end, so that the first is the least recently used.
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, bytes) {
      drop(key)
      if (bytes > maxBytes) return
      entries.set(key, { value, bytes })
      total += bytes
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) return
        drop(oldest)
      }
    },
    drop,
    clear() {
      entries.clear()
      total = 0
    },
    get bytes() {
      return total
    },
  }
}
