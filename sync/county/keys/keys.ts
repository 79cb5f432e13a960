// The county's Ed25519 keys as files that only the office's account may read: `<role>.pem` (PKCS8), or `<role>.jwe` for
// the release key, which lies under a passphrase (`sealed.ts`). Root keys of a real county never lie here but on three
// sticks in three drawers (`ceremony.ts`); sample keys all lie here, unsealed, and are marked as what they are.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { newSigner, signerOf } from '../../publish/keys.ts'
import { openSealedKey, sealedPublic } from './sealed.ts'

export const ROOT_ROLES = ['root-1', 'root-2', 'root-3'] as const
export type RootRole = (typeof ROOT_ROLES)[number]
/** 'office' signs receipts; offices made before reports have none until `keys add office`. */
export const ROLES = [...ROOT_ROLES, 'release', 'timestamp', 'config', 'office'] as const
export type KeyRole = (typeof ROLES)[number]

export interface KeyInfo {
  role: KeyRole
  /** Raw public key, 64 hex digits. */
  publicHex: string
  file: string
  /** Under a passphrase. */
  sealed: boolean
}
export interface KeyRing {
  /** Made by the software for itself: packages built for production refuse them. */
  sample: boolean
  madeOn: string
}

const RING_FILE = 'keys.json'

export function hasKeys(folder: string): boolean {
  return existsSync(join(folder, RING_FILE))
}

export function hasKey(folder: string, role: KeyRole): boolean {
  return fileOf(folder, role) !== null
}

/** A role's file; null where the key is away. */
function fileOf(folder: string, role: KeyRole): string | null {
  return [`${role}.pem`, `${role}.jwe`].map((name) => join(folder, name)).find((file) => existsSync(file)) ?? null
}

/** Makes all seven keys unsealed in one folder: the sample county's. Errors: E-STATE when there are some. */
export function makeKeys(folder: string, sample: boolean, now: Date): KeyInfo[] {
  requireNoKeys(folder)
  for (const role of ROLES) writeKey(folder, `${role}.pem`, newPem())
  writeRing(folder, { sample, madeOn: now.toISOString() })
  return listKeys(folder)
}

/** Errors: E-STATE: a lost key can't be made again, so none is ever written over. */
export function requireNoKeys(folder: string): void {
  if (!existsSync(folder) || !readdirSync(folder).some((name) => /\.(pem|jwe)$/.test(name) || name === RING_FILE))
    return
  throw new SunhallError('E-STATE', `Expected no keys in ${folder}, found some; move them away before making new ones`)
}

/** A new private key, PKCS8 PEM. */
export function newPem(): string {
  return String(newSigner().privateKey.export({ type: 'pkcs8', format: 'pem' }))
}

/** The ring comes last: without it there are no keys, and what was cut off can be made again. */
export function writeRing(folder: string, ring: KeyRing): void {
  writeKey(folder, RING_FILE, `${JSON.stringify(ring)}\n`)
}

export function readRing(folder: string): KeyRing {
  if (!hasKeys(folder))
    throw new SunhallError('E-KEYS', `Expected the county's keys in ${folder}, found none; make them with "keys make"`)
  const ring: unknown = JSON.parse(readFileSync(join(folder, RING_FILE), 'utf8'))
  const sample = typeof ring === 'object' && ring !== null ? Reflect.get(ring, 'sample') !== false : true
  const madeOn = typeof ring === 'object' && ring !== null ? String(Reflect.get(ring, 'madeOn') ?? '') : ''
  return { sample, madeOn }
}

/** Keys that lie in the folder; root keys may be away in their drawers. */
export function listKeys(folder: string): KeyInfo[] {
  return ROLES.flatMap((role) => {
    const file = fileOf(folder, role)
    if (file === null) return []
    const sealed = file.endsWith('.jwe')
    const publicHex = sealed ? sealedPublic(readFileSync(file, 'utf8')) : signerOf(readPrivate(folder, role)).publicHex
    return [{ role, publicHex, file, sealed }]
  })
}

/** Copies every key onto a stick. Errors: E-STATE where other keys lie there: they may be the only ones of their kind. */
export function backUpKeys(folder: string, out: string): string[] {
  readRing(folder)
  return copyKeys(folder, out)
}

/** Puts keys back from their backup. Errors: E-KEYS where none lie there or one is broken, E-STATE where there are others. */
export function restoreKeys(from: string, folder: string): void {
  if (!hasKeys(from))
    throw new SunhallError('E-KEYS', `Expected a backup of the county's keys in ${from}, found none; see "keys backup"`)
  copyKeys(from, folder)
}

function copyKeys(from: string, to: string): string[] {
  const own = listKeys(from).map(({ role, sealed }) => `${role}.${sealed ? 'jwe' : 'pem'}`)
  const files = [...own, RING_FILE]
  for (const file of files) {
    const there = join(to, file)
    if (!existsSync(there) || readFileSync(there).equals(readFileSync(join(from, file)))) continue
    throw new SunhallError(
      'E-STATE',
      `Expected a folder without other keys, got ${there}; choose another or move it away`,
    )
  }
  for (const file of files) writeKey(to, file, readFileSync(join(from, file), 'utf8'))
  return files
}

/** An unsealed private key. Errors: E-KEYS where it is missing, broken or under a passphrase. */
export function readPrivate(folder: string, role: KeyRole): KeyObject {
  if (fileOf(folder, role)?.endsWith('.jwe') === true) {
    throw new SunhallError(
      'E-KEYS',
      `Expected the passphrase of the ${role} key, got none; give --passphrase-file FILE or SUNHALL_PASSPHRASE`,
    )
  }
  const file = join(folder, `${role}.pem`)
  try {
    return createPrivateKey(readFileSync(file))
  } catch (error) {
    throw new SunhallError(
      'E-KEYS',
      `Expected the county's ${role} key at ${file}, got: ${messageOf(error)}; put it back from its backup`,
      { cause: error },
    )
  }
}

/** A private key, sealed or not. Errors: E-KEYS, also for a wrong passphrase or for none where one is needed. */
export async function openPrivate(folder: string, role: KeyRole, passphrase: string | null): Promise<KeyObject> {
  const file = fileOf(folder, role)
  if (file === null || passphrase === null || !file.endsWith('.jwe')) return readPrivate(folder, role)
  return await openSealedKey(readFileSync(file, 'utf8'), passphrase, role)
}

/** Writes a file of the ring whole, for this account alone. */
export function writeKey(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, name)
  const aside = `${file}.new`
  const descriptor = openSync(aside, 'w', 0o600)
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(aside, file)
}
