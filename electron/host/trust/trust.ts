// The host's chain of trust: first trust from the provisioning folder, then TUF, then the release record. What is
// trusted lies in <data>/trust, outside every browser profile:
//
//   first-root.json   the root that came with the provisioning folder
//   tuf/              root, timestamp, snapshot, targets as TUF trusts them now
//   record.json       the newest release record that passed everything
//
// An expired timestamp refuses only new releases; what is trusted goes on being read (P3).
import { join } from 'node:path'
import { Metadata, MetadataKind } from '@tufjs/models'
import { z } from 'zod'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { MAX_RECORD_BYTES } from '../../../sync/contract/limits.ts'
import { RECORD_TARGET, type ReleaseRecord, releaseRecord } from '../../../sync/contract/release.ts'
import { readIfThere, readJson, writeWhole } from '../files.ts'
import type { Source } from '../source.ts'
import { checkRecord, parseRecord, requireClock } from './check-record.ts'
import { type Update, updateTrust } from './updater.ts'

/** tuf-js wants a URL; only its path is used. */
const BASE = 'http://county.invalid/'
const pathOf = (url: string): string => url.slice(BASE.length)

const signedExpiry = z.object({ signed: z.object({ expires: z.string() }) })
const custom = z.object({ sample: z.boolean(), series: z.int().nonnegative().optional() })
const customRoot = z.object({ signed: z.object({ 'x-sunhall': custom }) })

export interface Trust {
  /** The newest trusted record; null before the first. */
  record(): ReleaseRecord | null
  /** When the trusted timestamp ends, ISO 8601; null before the first. */
  timestampExpires(): string | null
  /** The software made these keys for itself. */
  sampleKeys(): boolean
  /** Text of the root trusted now; null before provisioning. */
  root(): string | null
  /** Errors: E-CONFIG where this root is of another chain than the one trusted already. */
  requireChain(rootText: string): void
  /** Takes the provisioning folder's root. Errors: E-CONFIG where another county's is trusted already. */
  provision(rootText: string): void
  /** Asks a source for the newest release. Errors: trust and transport codes. */
  update(source: Source, now: Date, production: boolean): Promise<{ record: ReleaseRecord; bytes: number }>
}

export function openTrust(folder: string): Trust {
  const tuf = join(folder, 'tuf')
  const recordFile = join(folder, 'record.json')
  const firstRoot = join(folder, 'first-root.json')
  const rootText = (): string | null => readIfThere(join(tuf, 'root.json'))?.toString('utf8') ?? null
  const firstText = (): string | null => readIfThere(firstRoot)?.toString('utf8') ?? null
  const record = (): ReleaseRecord | null => releaseRecord.safeParse(readJson(recordFile)).data ?? null
  const inTurn = turns()
  const update = async (source: Source, now: Date, production: boolean) => {
    const trusted = record()
    requireClock(now, trusted)
    if (rootText() === null)
      throw new SunhallError('E-CONFIG', 'Expected a root from the provisioning folder, got none; provision first')
    const request = { folder: tuf, source, now, metadataUrl: `${BASE}metadata`, toPath: pathOf }
    return updateTrust({ ...request, maxTargetBytes: MAX_RECORD_BYTES }, async (found) => {
      const bytes = await recordBytes(found)
      const newest = parseRecord(bytes)
      // The updater's own copy: the root may have been rotated in this very update.
      const { sample, series } = customOf(found.rootText())
      checkRecord(newest, trusted, series, now)
      if (production && sample)
        throw new SunhallError(
          'E-SAMPLE-KEY',
          'Expected the county’s own keys, got sample keys on a production terminal',
        )
      writeWhole(recordFile, bytes)
      return { record: newest, bytes: found.bytes() }
    })
  }
  return {
    record,
    root: rootText,
    timestampExpires: () => signedExpiry.safeParse(readJson(join(tuf, 'timestamp.json'))).data?.signed.expires ?? null,
    sampleKeys: () => customOf(rootText()).sample,
    requireChain: (text) => void sameChain(text, rootText(), firstText()),
    provision(text) {
      if (sameChain(text, rootText(), firstText())) return
      // 5.2: the trusted root comes out of band, never from the network.
      writeWhole(join(tuf, 'root.json'), text)
      writeWhole(firstRoot, text)
    },
    update: (source, now, production) => inTurn(() => update(source, now, production)),
  }
}

/**
 * One update at a time, in the order of asking: two would clear away each other's scratch, and the slower one would put
 * the older release back (P2).
 */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** 5.7: find and download the one target that matters. */
async function recordBytes(update: Update): Promise<Buffer> {
  const target = await update.find(RECORD_TARGET)
  if (target === null)
    throw new SunhallError('E-FORMAT', `Expected the target ${RECORD_TARGET}, got none; tell the office`)
  return update.download(target, `${BASE}targets`)
}

/** What the root says beyond TUF: keys that the software made for itself, and the series of release numbers. */
function customOf(rootText: string | null): { sample: boolean; series: number } {
  const read = rootText === null ? undefined : customRoot.safeParse(JSON.parse(rootText)).data
  const { sample = false, series = 0 } = read?.signed['x-sunhall'] ?? {}
  return { sample, series }
}

/**
 * True where the trust already there covers the offered root: the same file as at first, or the root trusted now.
 * Errors: E-CONFIG for another chain: nobody with a stick replaces the county's keys on a provisioned terminal.
 */
function sameChain(offered: string, trusted: string | null, first: string | null): boolean {
  if (trusted === null) return false
  if (offered === first || offered === trusted) return true
  if (offeredIsSuccessor(offered, trusted)) return true
  throw new SunhallError(
    'E-CONFIG',
    'Expected the county root that this terminal trusts, got another one; use an empty data folder for another county',
  )
}

/** A later root of the same chain, signed by the keys of the one trusted now; TUF fetches it by itself (5.3). */
function offeredIsSuccessor(offered: string, trusted: string): boolean {
  try {
    const now = Metadata.fromJSON(MetadataKind.Root, JSON.parse(trusted))
    const next = Metadata.fromJSON(MetadataKind.Root, JSON.parse(offered))
    now.verifyDelegate(MetadataKind.Root, next)
    return true
  } catch {
    return false
  }
}
