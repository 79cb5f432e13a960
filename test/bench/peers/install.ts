// The peers' packages, installed when they are first needed: they are no part of the product, and RxDB pins its Dexie.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { say } from '../say.ts'

const HERE = import.meta.dirname
const STAMP = join(HERE, 'node_modules', '.bench-lock')

/** Installs what package-lock.json names, once; later runs need no network. Errors: E-OFFLINE. */
export function installPeers(): void {
  const lock = createHash('sha256')
    .update(readFileSync(join(HERE, 'package-lock.json')))
    .digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return
  say('installing the peers (npm ci in test/bench/peers, once)')
  const args = ['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const done = spawnSync('npm', args, { cwd: HERE, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (done.status !== 0) {
    throw new SunhallError(
      'E-OFFLINE',
      'Expected the peers to be installed, npm ci in test/bench/peers failed; run it once where the registry can be reached, or bench ours and raw alone (--engines ours,raw)',
    )
  }
  writeFileSync(STAMP, lock)
}

/** Version of an installed peer; '' where it isn't there. */
export function versionOf(name: string): string {
  const file = join(HERE, 'node_modules', name, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : ''
}
