// The host's log: one JSON object a line in <data>/logs, rotated by size. It holds events of the machine and of
// synchronisation, never anything of a visitor (P6).
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes of one log file, and how many are kept. */
export const LOG_FILE_BYTES = 1_000_000
export const LOG_FILES = 5
export const LOG_NAME = 'host.log'

export type Log = (event: string, detail?: Record<string, unknown>) => void

/** A log that never fails its caller: with a full disk, lines are lost and reading goes on. */
export function openLog(folder: string, clock: () => Date): Log {
  const file = join(folder, LOG_NAME)
  return (event, detail = {}) => {
    try {
      mkdirSync(folder, { recursive: true })
      if (existsSync(file) && statSync(file).size > LOG_FILE_BYTES) rotate(file)
      appendFileSync(file, `${JSON.stringify({ at: clock().toISOString(), event, ...detail })}\n`)
    } catch {
      // A log that can't be written must not take the terminal down.
    }
  }
}

function rotate(file: string): void {
  rmSync(`${file}.${LOG_FILES - 1}`, { force: true })
  for (let n = LOG_FILES - 2; n >= 1; n -= 1)
    if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`)
  renameSync(file, `${file}.1`)
}
