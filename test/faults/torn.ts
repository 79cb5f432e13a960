// What a killed process doesn't show: the page cache outlives it, a cut of power takes what wasn't synced. The end of the
// database's log is cut off, as if its last writes had never reached the disk.
import { globSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

/** Cuts up to so many bytes off the newest log of that run's database. */
export function tearLog(profile: string, run: number, bytes: number): void {
  const logs = globSync(join(profile, 'Default', 'IndexedDB', `http_r${run}.localhost_*`, '*.log')).sort()
  const newest = logs.at(-1)
  if (newest === undefined) return
  const { size } = statSync(newest)
  truncateSync(newest, Math.max(0, size - bytes))
}
