// Finds a Node that can run this project: this one, or the one that package-lock.json pins for this machine. Needs no
// package and runs under Node 18.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
export const NEEDED = '24.15'

/** True for 24.15 and later: what tuf-js 6 and type stripping need. */
export function newEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 15)
}

/** Path of a Node that is new enough, or null. The pinned one is asked for its version: a package is not a promise. */
export function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = join(ROOT, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file)
  if (existsSync(pinned)) {
    try {
      if (newEnough(execFileSync(pinned, ['--version'], { encoding: 'utf8' }).trim())) return pinned
    } catch {
      // It can't run here (another C library, say): this process may still do.
    }
  }
  return newEnough(process.version) ? process.execPath : null
}

/** Environment in which `node` and the project's tools come first. */
export function toolEnv(node) {
  const bin = join(ROOT, 'node_modules', '.bin')
  return { ...process.env, PATH: [dirname(node), bin, process.env.PATH ?? ''].join(delimiter) }
}
