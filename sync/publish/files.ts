// Files of a distribution folder: written aside, fsynced and renamed, so that a crash leaves the old file or the new one
// and never half of one (P1).
import { closeSync, copyFileSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

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
