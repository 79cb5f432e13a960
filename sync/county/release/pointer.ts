// One writer of the pointer at a time: a publication, a rotation of keys and the daily timestamp may come from different
// processes, and each reads the timestamp that it succeeds.
import { holdingLock, type Lock, tryLock } from '../service/lock.ts'

/** Holds the pointer of a distribution folder; null where somebody else does. */
export function tryHoldPointer(dist: string): Lock | null {
  return tryLock(`${dist}.lock`)
}

/** Runs `work` as the only one that moves the pointer. Not twice within itself. Errors: E-BUSY, and those of `work`. */
export function holdingPointer<T>(dist: string, work: () => T | Promise<T>, patienceMs?: number): Promise<T> {
  return holdingLock(`${dist}.lock`, work, patienceMs)
}
