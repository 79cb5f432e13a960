// Files of a distribution folder: written aside, fsynced and renamed, so that a crash leaves the old file or the new one
// and never half of one (P1).
import { execFile } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

/** From this many on, one order to the whole disk is cheaper than one a file. */
const MANY_FILES = 64
const TURN = 64

/** Replaces a file whole. Errors: Node's own (EACCES, ENOSPC). */
export function writeWhole(folder: string, path: string, bytes: Uint8Array | string): void {
  const target = join(folder, path)
  mkdirSync(dirname(target), { recursive: true })
  const aside = `${target}.aside`
  const file = openSync(aside, 'w')
  try {
    const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    for (let at = 0; at < data.length; ) at += writeSync(file, data, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(aside, target)
  syncFolder(dirname(target))
}

/** The same without waiting; the folder is left to `syncFolder`, once for many files. */
export async function writeWholeLater(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true })
  const aside = `${target}.aside`
  const file = await open(aside, 'w')
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(aside, target)
}

/** A file that isn't there yet. */
export interface NewFile {
  path: string
  bytes: Uint8Array
}

/**
 * Writes many new files: all aside, then one order to the disk to keep them, then each under its name: a power cut leaves
 * no name without its bytes (P1). `files` may be made one after the other. Returns how many they were.
 */
export async function writeMany(folder: string, files: Iterable<NewFile>): Promise<number> {
  const targets: string[] = []
  const folders = new Set<string>()
  for (const { path, bytes } of files) {
    const target = join(folder, path)
    if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true })
    folders.add(dirname(target))
    writeFileSync(asideOf(target), bytes)
    targets.push(target)
    // Whoever else runs in this process has a turn.
    if (targets.length % TURN === 0) await setImmediate()
  }
  await keepOnDisk(folder, targets.map(asideOf))
  for (const target of targets) renameSync(asideOf(target), target)
  for (const each of folders) syncFolder(each)
  return targets.length
}

function asideOf(target: string): string {
  return `${target}.aside`
}

/** Thousands of files wait for the disk once, by `sync -f` (Linux: syncfs); few, or where there is no such order, each. */
async function keepOnDisk(folder: string, files: readonly string[]): Promise<void> {
  if (files.length >= MANY_FILES && (await syncDisk(folder))) return
  for (const file of files) {
    const handle = openSync(file, 'r+')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  }
}

/** False where the system has no such order, or it failed. */
function syncDisk(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(false)
  return new Promise((done) => {
    execFile('sync', ['-f', folder], (error) => done(error === null))
  })
}

/** A second name of a file that is never changed; a copy where the disk has no such names (FAT, another volume). */
export function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'EEXIST') return
    copyFileSync(source, target)
  }
}

/** Makes renames in a folder last. Windows can't open folders; there a rename is journalled by NTFS. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Runs jobs a few at a time: Node's thread pool has four threads for gzip and disk together. */
export async function eachOf<T>(items: readonly T[], atOnce: number, job: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values()
  const worker = async (): Promise<void> => {
    for (const item of rest) await job(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
