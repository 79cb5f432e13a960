// Splits a text at its hits, so that they can be drawn lit.

export interface Stretch {
  text: string
  hit: boolean
}

/** `marks` are [start, end) pairs in code units, in any order, possibly overlapping. The stretches joined give `text`. */
export function stretches(text: string, marks: readonly (readonly [number, number])[]): Stretch[] {
  const found: Stretch[] = []
  let at = 0
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(at, start)
    const to = Math.min(text.length, end)
    if (to <= from) continue
    if (from > at) found.push({ text: text.slice(at, from), hit: false })
    found.push({ text: text.slice(from, to), hit: true })
    at = to
  }
  if (at < text.length) found.push({ text: text.slice(at), hit: false })
  return found
}
