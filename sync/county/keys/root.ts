// The county's root of trust as a file: which keys may sign what. Terminals get it by hand, never from the network.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { writeWhole } from '../../publish/files.ts'
import { type Signer, signerOf } from '../../publish/keys.ts'
import { makeRoot } from '../../publish/tuf.ts'
import type { Office } from '../office.ts'
import { hasKey, hasKeys, type KeyRole, makeKeys, openPrivate, readPrivate, readRing, restoreKeys } from './keys.ts'
import { namedKeys } from './named.ts'

export const ROOT_FILE = 'root.json'

/** Makes the seven keys and the root that names them. Errors: E-STATE when there are keys. */
export function makeCountyKeys(office: Office, sample: boolean, now: Date): void {
  makeKeys(office.keys, sample, now)
  writeCountyRoot(office, now)
}

/**
 * Puts the county's keys and its root back from their backup. The root is taken as it was, because a new one, though of the
 * same keys, would be another file than the terminals hold. Errors: E-KEYS, E-STATE, also for a backup made before the
 * last rotation: terminals refuse its keys.
 */
export function restoreCountyKeys(office: Office, from: string, now: Date): void {
  const root = join(from, ROOT_FILE)
  requireNewest(office, root)
  restoreKeys(from, office.keys)
  if (existsSync(root)) writeWhole(office.folder, ROOT_FILE, readFileSync(root))
  else writeCountyRoot(office, now)
}

function requireNewest(office: Office, rootFile: string): void {
  const served = join(office.dist, 'metadata', ROOT_FILE)
  if (!existsSync(served) || !existsSync(rootFile)) return
  const [ours, backup] = [served, rootFile].map((file) => namedKeys(readFileSync(file, 'utf8')).metadata.signed.version)
  if (ours === undefined || backup === undefined || backup >= ours) return
  throw new SunhallError(
    'E-STATE',
    `Expected a backup with root version ${ours}, got version ${backup}: keys were rotated since; take a later backup`,
  )
}

/** Text of the county's root; signed from the keys at hand where it isn't there yet. */
export function countyRoot(office: Office, now: Date): string {
  const file = join(office.folder, ROOT_FILE)
  if (!existsSync(file)) writeCountyRoot(office, now)
  return readFileSync(file, 'utf8')
}

/** Signs with a key that lies open in the office: timestamp, config, office; all of a sample county's. Errors: E-KEYS. */
export function signer(office: Office, role: KeyRole): Signer {
  return signerOf(readPrivate(office.keys, role))
}

/**
 * Signs with a key that may lie under a passphrase, as the release key of a real county does. `passphrase` is not looked
 * at where the key is a sample. Errors: E-KEYS for a missing key, and for a missing or wrong passphrase.
 */
export async function unlockSigner(office: Office, role: KeyRole, passphrase: string | null): Promise<Signer> {
  return signerOf(await openPrivate(office.keys, role, passphrase))
}

/** Whether publishing has to ask for the release key's passphrase. */
export function needsPassphrase(office: Office): boolean {
  return existsSync(join(office.keys, 'release.jwe'))
}

function writeCountyRoot(office: Office, now: Date): void {
  if (!hasKeys(office.keys)) {
    throw new SunhallError(
      'E-KEYS',
      `Expected the county's keys in ${office.keys}, found none; make them with "keys make"`,
    )
  }
  const root = makeRoot(
    {
      root: [signer(office, 'root-1'), signer(office, 'root-2'), signer(office, 'root-3')],
      release: signer(office, 'release'),
      timestamp: signer(office, 'timestamp'),
      config: signer(office, 'config'),
      office: hasKey(office.keys, 'office') ? signer(office, 'office') : null,
    },
    { sample: readRing(office.keys).sample, now },
  )
  writeWhole(office.folder, ROOT_FILE, root)
}
