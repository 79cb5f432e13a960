// A compact set of row fingerprints: 12 bytes a row, so that 1.2 million rows cost some 30 MB and no row is kept.
import { hash } from 'node:crypto'

const FIRST_SIZE = 1 << 16
const WORDS = 3

/** Remembers rows by 96 bits of SHA-256: a false match among 10 million rows has a chance of 10^-15. */
export class RowSet {
  #slots = new Int32Array(FIRST_SIZE * WORDS)
  #size = FIRST_SIZE
  #count = 0

  /** True when an equal row was added before. */
  addIsRepeat(text: string): boolean {
    const digest = hash('sha256', text, 'buffer')
    // 0 marks a free slot, so the first word of a fingerprint is never 0.
    const fingerprint: Fingerprint = [digest.readInt32LE(0) || 1, digest.readInt32LE(4), digest.readInt32LE(8)]
    if (!this.#put(fingerprint)) return true
    this.#count += 1
    if (this.#count * 2 > this.#size) this.#grow()
    return false
  }

  #put([first, second, third]: Fingerprint): boolean {
    const slots = this.#slots
    for (let slot = (first >>> 0) % this.#size; ; slot = (slot + 1) % this.#size) {
      const at = slot * WORDS
      if (slots[at] === 0) {
        slots[at] = first
        slots[at + 1] = second
        slots[at + 2] = third
        return true
      }
      if (slots[at] === first && slots[at + 1] === second && slots[at + 2] === third) return false
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#size *= 2
    this.#slots = new Int32Array(this.#size * WORDS)
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at] !== 0) this.#put([old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0])
    }
  }
}

type Fingerprint = readonly [number, number, number]
