// The county's Ed25519 keys in PKCS8 PEM files that only the office's account may read. Root keys belong on three
// sticks in three drawers: `keys backup` puts them there.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
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
import { signerOf } from '../../publish/keys.ts'

/** 'office' signs receipts; offices made before reports have none until `keys add office`. */
export const ROLES = ['root-1', 'root-2', 'root-3', 'release', 'timestamp', 'config', 'office'] as const
export type KeyRole = (typeof ROLES)[number]

export interface KeyInfo {
  role: KeyRole
  /** Raw public key, 64 hex digits. */
  publicHex: string
  file: string
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
  return existsSync(join(folder, `${role}.pem`))
}

/** Makes all seven keys. Errors: E-STATE when there are some: a lost key can't be made again. */
export function makeKeys(folder: string, sample: boolean, now: Date): KeyInfo[] {
  if (existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.pem') || name === RING_FILE)) {
    throw new SunhallError(
      'E-STATE',
      `Expected no keys in ${folder}, found some; move them away before making new ones`,
    )
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const role of ROLES) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writePrivate(join(folder, `${role}.pem`), String(privateKey.export({ type: 'pkcs8', format: 'pem' })))
  }
  const ring: KeyRing = { sample, madeOn: now.toISOString() }
  writePrivate(join(folder, RING_FILE), `${JSON.stringify(ring)}\n`)
  return listKeys(folder)
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
  return ROLES.filter((role) => hasKey(folder, role)).map((role) => ({
    role,
    publicHex: signerOf(readPrivate(folder, role)).publicHex,
    file: join(folder, `${role}.pem`),
  }))
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

/** The ring comes last: without it there are no keys, and a copy that was cut off can be made again. */
function copyKeys(from: string, to: string): string[] {
  const files = [...listKeys(from).map(({ role }) => `${role}.pem`), RING_FILE]
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const file of files) {
    const there = join(to, file)
    if (!existsSync(there) || readFileSync(there).equals(readFileSync(join(from, file)))) continue
    throw new SunhallError(
      'E-STATE',
      `Expected a folder without other keys, got ${there}; choose another or move it away`,
    )
  }
  for (const file of files) writePrivate(join(to, file), readFileSync(join(from, file), 'utf8'))
  return files
}

export function readPrivate(folder: string, role: KeyRole): KeyObject {
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

function writePrivate(file: string, text: string): void {
  const aside = `${file}.new`
  const descriptor = openSync(aside, 'w', 0o600)
  writeSync(descriptor, text)
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(aside, file)
}
