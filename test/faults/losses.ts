// What a cut of power takes back: bytes of files that weren't synced, and names that were given, moved or removed in
// folders that weren't synced since. File systems keep the order of names, so that a run of the last ones goes, never one
// out of the middle.
import fs from 'node:fs'
import { dirname } from 'node:path'

export interface Losses {
  made(path: string): void
  written(path: string): void
  synced(path: string): void
  renamed(from: string, to: string): void
  removed(path: string): void
  /** Takes back that share of the changes of names that weren't synced, and all bytes that weren't. */
  take(share: number): void
}

export function openLosses(): Losses {
  // The real ones, whoever wraps them later.
  const { readFileSync, writeFileSync, renameSync, rmSync, truncateSync, existsSync, statSync } = fs
  const unsynced = new Set<string>()
  let names: { folder: string; undo: () => void }[] = []
  const bytesAt = (path: string): Buffer | null =>
    existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null
  const putBack = (path: string, bytes: Buffer | null): void => {
    if (bytes !== null) writeFileSync(path, bytes)
  }
  return {
    made(path) {
      if (!existsSync(path) || statSync(path).isDirectory()) return
      names.push({ folder: dirname(path), undo: () => rmSync(path, { force: true }) })
    },
    written: (path) => void unsynced.add(path),
    synced(path) {
      unsynced.delete(path)
      names = names.filter(({ folder }) => folder !== path)
    },
    renamed(from, to) {
      const before = bytesAt(to)
      if (unsynced.delete(from)) unsynced.add(to)
      const undo = (): void => {
        renameSync(to, from)
        putBack(to, before)
      }
      names.push({ folder: dirname(to), undo })
    },
    removed(path) {
      const before = bytesAt(path)
      unsynced.delete(path)
      if (before !== null) names.push({ folder: dirname(path), undo: () => putBack(path, before) })
    },
    take(share) {
      for (const path of unsynced) if (existsSync(path)) truncateSync(path, 0)
      const kept = Math.floor(names.length * (1 - share))
      for (const { undo } of names.slice(kept).reverse()) {
        try {
          undo()
        } catch {
          // Its folder is gone as a whole.
        }
      }
    },
  }
}
