// Knows whether the last run said goodbye: a file that is there while the host runs. After an unclean stop the worker
// scrubs its store (P10).
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder, writeWhole } from './files.ts'

export interface StopMarker {
  /** True when the last run ended without a goodbye. */
  readonly uncleanStop: boolean
  goodbye(): void
}

export function openStopMarker(dataFolder: string, now: Date): StopMarker {
  const file = join(dataFolder, 'running')
  const uncleanStop = existsSync(file)
  writeWhole(file, now.toISOString())
  return {
    uncleanStop,
    goodbye() {
      rmSync(file, { force: true })
      syncFolder(dataFolder)
    },
  }
}
