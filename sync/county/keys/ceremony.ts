// Making a real county's keys (docs/ceremony.md): the three root keys go straight onto three sticks and are never written
// into the office, the release key is sealed under a passphrase, timestamp, config and office key lie open for the server.
import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { writeWhole } from '../../publish/files.ts'
import { type Signer, signerOf } from '../../publish/keys.ts'
import { makeRoot } from '../../publish/tuf.ts'
import type { Office } from '../office.ts'
import { newPem, ROOT_ROLES, requireNoKeys, writeKey, writeRing } from './keys.ts'
import { ROOT_FILE } from './root.ts'
import { sealKey } from './sealed.ts'

export interface Ceremony {
  /** Three folders, each on a stick of its own: the first gets root-1, and so on. */
  rootOut: readonly string[]
  /** Of the release key, 12 characters or more. */
  passphrase: string
}

/**
 * Makes the seven keys of a real county and its root. The office's ring is written last: a ceremony that was cut off has
 * made no keys, and is begun again with empty sticks. Errors: E-INPUT for the folders, E-STATE where keys lie, E-KEYS for
 * a short passphrase.
 */
export async function makeRealKeys(office: Office, { rootOut, passphrase }: Ceremony, now: Date): Promise<void> {
  const sticks = threeSticks(office, rootOut)
  requireNoKeys(office.keys)
  for (const stick of sticks) requireNoKeys(stick)
  const releasePem = newPem()
  const sealed = await sealKey(releasePem, passphrase)
  const roots = ROOT_ROLES.map(() => newPem())
  const online = { timestamp: newPem(), config: newPem(), office: newPem() }
  const root = makeRoot(
    {
      root: roots.map(signerOfPem),
      release: signerOfPem(releasePem),
      timestamp: signerOfPem(online.timestamp),
      config: signerOfPem(online.config),
      office: signerOfPem(online.office),
    },
    { sample: false, now },
  )
  for (const [at, role] of ROOT_ROLES.entries()) putOnStick(sticks[at] ?? '', `${role}.pem`, roots[at] ?? '', root)
  writeWhole(office.folder, ROOT_FILE, root)
  for (const [role, pem] of Object.entries(online)) writeKey(office.keys, `${role}.pem`, pem)
  writeKey(office.keys, 'release.jwe', sealed)
  writeRing(office.keys, { sample: false, madeOn: now.toISOString() })
}

/** A root key and, beside it, the root that it signed. Read back: a stick that forgets is found now, not in three years. */
export function putOnStick(stick: string, name: string, pem: string, root: string): void {
  writeKey(stick, name, pem)
  writeWhole(stick, ROOT_FILE, root)
  if (readFileSync(join(stick, name), 'utf8') !== pem)
    throw new SunhallError(
      'E-STORE',
      `Expected ${join(stick, name)} as it was written, got other bytes; take a new stick`,
    )
}

export function signerOfPem(pem: string): Signer {
  return signerOf(createPrivateKey(pem))
}

/** Three different places, none in the office's own folder. */
function threeSticks(office: Office, given: readonly string[]): string[] {
  const folders = given.map(realOf)
  const inside = folders.find((folder) => isInside(folder, realOf(office.folder)))
  if (inside !== undefined) {
    throw new SunhallError(
      'E-INPUT',
      `Expected root keys outside the office's folder, got ${inside}; put each on a stick of its own`,
    )
  }
  if (new Set(folders).size === ROOT_ROLES.length) return folders
  throw new SunhallError(
    'E-INPUT',
    `Expected three different folders for the three root keys, got ${given.length === 0 ? 'none' : given.join(', ')}; for example: county keys make --root-out /media/a --root-out /media/b --root-out /media/c (see docs/ceremony.md), or --sample to try things out`,
  )
}

export function isInside(folder: string, outer: string): boolean {
  return folder === outer || folder.startsWith(outer + sep)
}

function realOf(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : resolve(folder)
}
