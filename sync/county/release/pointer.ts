// One writer of the pointer at a time: a publication, a rotation of keys and the daily timestamp may come from different
// processes, and each reads the timestamp that it succeeds. The lock is SQLite's own on an empty file beside the
// distribution folder: the system takes it back from an owner that died, at whatever moment, so that none is ever stale.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { SunhallError } from '../../contract/errors.ts'

const LOOK_MS = 50
/** A publication of the whole county moves its files within seconds. */
const PATIENCE_MS = 120_000
const SQLITE_BUSY = 5

/** Holds the pointer of a distribution folder; null where somebody else does. */
export function tryHoldPointer(dist: string): { release(): void } | null {
  mkdirSync(dirname(dist), { recursive: true })
  const lock = new DatabaseSync(`${dist}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    if (error instanceof Error && Reflect.get(error, 'errcode') === SQLITE_BUSY) return null
    throw error
  }
}

/** Runs `work` as the only one that moves the pointer. Not twice within itself. Errors: E-BUSY, and those of `work`. */
export async function holdingPointer<T>(
  dist: string,
  work: () => T | Promise<T>,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const held = await waitForPointer(dist, patienceMs)
  try {
    return await work()
  } finally {
    held.release()
  }
}

async function waitForPointer(dist: string, patienceMs: number): Promise<{ release(): void }> {
  const end = performance.now() + patienceMs
  for (;;) {
    const held = tryHoldPointer(dist)
    if (held !== null) return held
    if (performance.now() > end)
      throw new SunhallError(
        'E-BUSY',
        `Expected ${dist} to be free, but another publication or rotation of keys is at work; try again when it is done`,
      )
    await pause(LOOK_MS)
  }
}
