// Which bucket of a county-wide index a text falls into: the same on the publisher and on every terminal.

/** FNV-1a, 32 bits, over the UTF-16 code units (low byte, then high byte), modulo `buckets`. */
export function bucketOf(text: string, buckets: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return (hash >>> 0) % buckets
}
