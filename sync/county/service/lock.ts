// A lock between processes of one machine, on a file beside what it guards. It is SQLite's own on an empty file: the system
// takes it back from an owner that died, at whatever moment, so that none is ever stale and nobody has to clear up.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { SunhallError } from '../../contract/errors.ts'

const LOOK_MS = 50
/** A publication of the whole county moves its files within seconds. */
const PATIENCE_MS = 120_000
const SQLITE_BUSY = 5

export interface Lock {
  release(): void
}

/** Takes the lock in `file`; null where somebody else holds it, in this process or another. */
export function tryLock(file: string): Lock | null {
  mkdirSync(dirname(file), { recursive: true })
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    if (error instanceof Error && Reflect.get(error, 'errcode') === SQLITE_BUSY) return null
    throw error
  }
}

/** Runs `work` as the only one with this lock. Not twice within itself. Errors: E-BUSY, and those of `work`. */
export async function holdingLock<T>(
  file: string,
  work: () => T | Promise<T>,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const lock = await waitFor(file, patienceMs)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

async function waitFor(file: string, patienceMs: number): Promise<Lock> {
  const end = performance.now() + patienceMs
  for (;;) {
    const lock = tryLock(file)
    if (lock !== null) return lock
    if (performance.now() > end)
      throw new SunhallError(
        'E-BUSY',
        `Expected ${file} to be free, but another program of the office is at work; try again when it is done`,
      )
    await pause(LOOK_MS)
  }
}
