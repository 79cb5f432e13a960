// Chromium holds its profile by links that name machine and process. What it won't believe is a lock of a machine with
// another name, since the profile might lie on a share: a terminal that was renamed, or whose disk was put into another
// machine, would show nothing any more (P10). The data folder is no share and has a lock of its own (host/lock.ts), so
// that one which names another machine is a leftover. One of this machine is left to Chromium, which looks who lives.
import { readlinkSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

const LINKS = ['SingletonLock', 'SingletonCookie', 'SingletonSocket']

/** Removes a lock that another machine has left in the profile; gives that machine's name, null where there was none. */
export function dropForeignLock(profile: string, machine: string = hostname()): string | null {
  const owner = ownerOf(join(profile, 'SingletonLock'))
  if (owner === null || owner === machine) return null
  for (const link of LINKS) rmSync(join(profile, link), { force: true })
  return owner
}

/** The link leads to 'machine-process', where a machine's name may have hyphens too; Windows has no such link. */
function ownerOf(lock: string): string | null {
  try {
    const target = readlinkSync(lock)
    return target.slice(0, Math.max(0, target.lastIndexOf('-')))
  } catch {
    return null
  }
}
