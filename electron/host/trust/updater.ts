// One update of trusted metadata by the TUF client workflow (spec 1.0.31, section 5), made atomic around tuf-js, which
// writes over its files in place:
//
//   trusted ──copy──► scratch ──tuf-js──► newer scratch ──write aside, fsync, rename each──► trusted
//                                           root → timestamp → snapshot → targets → delegated roles
//
// Invariant: at whatever moment the power goes, each trusted file is whole, and a later file never is older than an
// earlier one allows: the next update takes it from there (5.3.8, 5.4.5, 5.5.7, 5.6.7: what verified is kept, even if
// a later step fails).
import { getHashes } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TargetFile, Updater } from 'tuf-js'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { readIfThere, writeWhole } from '../files.ts'
import type { Source } from '../source.ts'
import { sourceFetcher } from './fetcher.ts'
import { trustError } from './reasons.ts'
import { requireUniqueKeys } from './unique-keys.ts'

/** Bytes of each role's metadata, at most (5.3.3, 5.4.1, 5.5.1, 5.6.1: endless data attack). */
export const METADATA_LIMITS = {
  maxRootRotations: 256,
  maxDelegations: 32,
  rootMaxLength: 512_000,
  timestampMaxLength: 16_384,
  snapshotMaxLength: 2_000_000,
  targetsMaxLength: 5_000_000,
} as const

const ORDER = ['root.json', 'timestamp.json', 'snapshot.json', 'targets.json']

export interface UpdateRequest {
  /** Folder of the trusted metadata: root.json, timestamp.json, snapshot.json, targets.json. */
  folder: string
  source: Source
  /** 5.1: fixed for the whole update. Null takes the machine's clock. */
  now: Date | null
  /** URLs as tuf-js builds them, and how they become paths of the source. */
  metadataUrl: string
  toPath(url: string): string
  maxTargetBytes: number
}
export interface Update {
  /** 5.6.7: the target's metadata; null where no trusted role names it. */
  find(name: string): Promise<TargetFile | null>
  /** 5.7: the target's verified bytes. */
  download(target: TargetFile, targetsUrl: string): Promise<Buffer>
  bytes(): number
  /** Text of the root that verified last. */
  rootText(): string
}

/**
 * Refreshes, lets `then` look targets up, and keeps whatever verified, also when a step fails.
 * Errors: the trust codes, E-OFFLINE, E-BUSY, E-MISSING, E-SERVER, E-QUOTA.
 */
export async function updateTrust<T>(request: UpdateRequest, then: (update: Update) => Promise<T>): Promise<T> {
  const { folder } = request
  const scratch = ourErrors(() => scratchOf(folder))
  const fetcher = sourceFetcher(request.source, request.toPath, scratch)
  try {
    const updater = newUpdater(request, scratch, fetcher)
    await updater.refresh()
    return await then({
      find: async (name) => (await updater.getTargetInfo(name)) ?? null,
      download: async (target, targetsUrl) => {
        if (target.length > request.maxTargetBytes)
          throw new SunhallError('E-LENGTH', `Expected at most ${request.maxTargetBytes} bytes, got more signed`)
        requireKnownHashes(target)
        return readFileSync(await updater.downloadTarget(target, join(scratch, 'target'), targetsUrl))
      },
      bytes: fetcher.bytes,
      rootText: () => readFileSync(join(scratch, 'root.json'), 'utf8'),
    })
  } catch (error) {
    throw trustError(error, fetcher.failure(), request.now)
  } finally {
    promote(scratch, folder, fetcher.isWhole)
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** tuf-js gives up on an unknown kind with its file still opening, which ends the whole process once the file is gone. */
function requireKnownHashes({ hashes }: TargetFile): void {
  const unknown = Object.keys(hashes).find((kind) => !getHashes().includes(kind))
  if (unknown !== undefined)
    throw new SunhallError('E-HASH', `Expected hashes of a known kind, got ${unknown}; update this terminal’s software`)
}

/** A copy that the disk refuses is a failure with a code too. */
function ourErrors<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw trustError(error, null, null)
  }
}

function newUpdater(request: UpdateRequest, scratch: string, fetcher: ReturnType<typeof sourceFetcher>): Updater {
  requireUniqueKeys(readFileSync(join(scratch, 'root.json')))
  const updater = new Updater({
    metadataDir: scratch,
    metadataBaseUrl: request.metadataUrl,
    fetcher,
    config: METADATA_LIMITS,
  })
  if (request.now !== null) fixClock(updater, request.now)
  return updater
}

/** 5.1: tuf-js takes the machine's clock when it is made, and has no option for another. A test fails if this stops working. */
function fixClock(updater: Updater, now: Date): void {
  const store: unknown = Reflect.get(updater, 'trustedSet')
  if (typeof store !== 'object' || store === null || !(Reflect.get(store, 'referenceTime') instanceof Date))
    throw new SunhallError('E-STATE', 'Expected tuf-js to keep its update start time in trustedSet.referenceTime')
  Reflect.set(store, 'referenceTime', now)
}

/** A copy of the trusted metadata to work on; what a kill left of earlier ones goes. */
function scratchOf(folder: string): string {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.scratch-') || name.endsWith('.part')) rmSync(join(folder, name), { recursive: true })
  }
  const scratch = mkdtempSync(join(folder, '.scratch-'))
  for (const name of metadataIn(folder)) copyFileSync(join(folder, name), join(scratch, name))
  return scratch
}

/**
 * Writes aside, fsyncs and renames each changed file, in the order in which the next update reads them. What tuf-js
 * could write only in part (a full disk) is left behind: half a root would end all trust.
 */
function promote(scratch: string, folder: string, isWhole: (bytes: Uint8Array) => boolean): void {
  for (const name of metadataIn(scratch)) {
    const bytes = readFileSync(join(scratch, name))
    const before = readIfThere(join(folder, name))
    if (isWhole(bytes) && before?.equals(bytes) !== true) writeWhole(join(folder, name), bytes)
  }
}

function metadataIn(folder: string): string[] {
  const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort((a, b) => rank(a) - rank(b))
}
