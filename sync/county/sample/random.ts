// A small seeded generator, so that the same seed, scale and day give the same sample county on every machine.
// mulberry32: 32 bits of state, public domain; streams are split by hashing names into seeds, so that one village's
// rows don't depend on how many another has.

export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Whole number in [from, to], both included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
}

/** FNV-1a over UTF-16 code units, 32 bits. */
export function hash32(text: string, start = 0x811c9dc5): number {
  let value = start
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** A stream of its own for `name` under `seed`. */
export function randomOf(seed: number, name: string): Random {
  let state = hash32(name, (seed ^ 0x811c9dc5) >>> 0)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)]
      if (item === undefined) throw new RangeError('Expected a list with at least one item to pick from')
      return item
    },
  }
}
