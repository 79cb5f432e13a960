// Files that survive a power cut: written aside, fsynced, renamed, and the folder fsynced (P1).
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { SunhallError } from '../../sync/contract/errors.ts'

/** EFBIG is what a file size limit answers, the others a full disk or a full quota. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** What the technician does about a refusal of the disk. */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'give this account the right to write there',
  EPERM: 'give this account the right to write there',
  EROFS: 'it is mounted read-only: mount it for writing or give another --data',
  EEXIST: 'a file is in the way: give a folder',
  ENOTDIR: 'a file is in the way: give a folder',
  ENOENT: 'no folder can be made there: give another --data',
}

/** Errno of a thrown value, '' where it has none. */
export function errnoOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/**
 * Replaces a file whole or not at all, whatever moment the power goes; makes its folder.
 * Errors: E-QUOTA for a full disk, E-STORE for any other refusal of the disk.
 */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  const folder = dirname(path)
  const aside = join(folder, `.${randomBytes(6).toString('hex')}.part`)
  try {
    makeFolders(folder)
    writeSynced(aside, typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
    renameSync(aside, path)
    syncFolder(folder)
  } catch (cause) {
    forget(aside)
    throw diskError(path, cause)
  }
}

/** Makes a folder and those above it, if need be. Errors: E-QUOTA, E-STORE. */
export function makeFolder(folder: string): void {
  try {
    makeFolders(folder)
  } catch (cause) {
    throw diskError(folder, cause)
  }
}

/** Level by level: Node's `recursive` asks for ever where a parent that is there answers ENOENT, and hides EROFS. */
function makeFolders(folder: string, made = false): void {
  try {
    mkdirSync(folder)
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT' && !made && dirname(folder) !== folder) {
      makeFolders(dirname(folder))
      makeFolders(folder, true)
    } else if (!isFolder(folder)) throw cause
  }
}

/** False also where there is nothing. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** A file's bytes, null where there is none. Errors: E-STORE where it is there and can't be read. */
export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return null
    throw diskError(path, cause)
  }
}

/** A file of JSON, null where there is none or it is no JSON: what can't be read counts as lost, not as a crash. */
export function readJson(path: string): unknown {
  try {
    const bytes = readIfThere(path)
    return bytes === null ? null : JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

/** Windows can't open a folder to sync it; there a rename is written through by the file system's own journal. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The first failure is the one to tell; that there was nothing to remove is none. */
function forget(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Its folder may be no folder at all.
  }
}

function writeSynced(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'wx', 0o600)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function diskError(path: string, cause: unknown): SunhallError {
  if (FULL.has(errnoOf(cause))) {
    return new SunhallError('E-QUOTA', `Expected room on the disk for ${path}, got none; free some space`, { cause })
  }
  const why = errnoOf(cause) || 'an error'
  return new SunhallError('E-STORE', `Expected to use ${path}, got ${why}; ${REMEDIES[why] ?? 'check the disk'}`, {
    cause,
  })
}
