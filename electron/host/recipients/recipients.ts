// Whom a report is sealed to, as this terminal trusts it now. Fetched with each look for a release, from the office or a
// stick; kept as one file, <data>/trust/inspectors.json, replaced whole: the list and its keys are never of two states.
//
//   look ─► list ─ signature, version, date ─► keys ─ length, hash ─► kept whole
//             └ any failure: what was trusted before stays
import { join } from 'node:path'
import type { TargetFile } from '@tufjs/models'
import { z } from 'zod'
import { type DelegatedKey, readRoot } from '../../../kiosk-config/root.ts'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { INSPECTORS_METADATA } from '../../../sync/contract/inbox.ts'
import { MAX_INSPECTORS_BYTES, MAX_RECIPIENT_BYTES } from '../../../sync/contract/limits.ts'
import type { Recipients } from '../../../sync/contract/report.ts'
import { readJson, writeWhole } from '../files.ts'
import type { Source } from '../source.ts'
import { isExpired, type KeyList, purposeOf, readList, recipientsOf, requireListed } from './read-list.ts'

/** What is kept: the signed list and the text of each key that is sealed to, by target path. */
const kept = z.strictObject({ list: z.string(), keys: z.record(z.string(), z.string()) })
type Kept = z.infer<typeof kept>

export interface RecipientKeys {
  /** The two keys to seal to; null where none is trusted, or where the list is past its date. */
  current(now: Date): Recipients | null
  /** Public key that signs the office's receipts; null in roots made before reports. */
  officeKey(): DelegatedKey | null
  /**
   * Looks for a newer list. True where one was taken. Errors: E-SIGNATURE, E-NUMBER (an older list), E-EXPIRED, E-HASH,
   * E-LENGTH, E-FORMAT, and transport codes; E-MISSING where the source has no list.
   */
  update(source: Source, now: Date): Promise<boolean>
}

/** `root`: text of the root trusted now; null before provisioning. */
export function openRecipients(trustFolder: string, root: () => string | null): RecipientKeys {
  const file = join(trustFolder, 'inspectors.json')
  const trustedKeys = () => {
    const text = root()
    const read = text === null ? null : readRoot(text)
    return read?.ok === true ? read.value : null
  }
  /** What is kept, where the key that the root names now still vouches for it. */
  const trusted = (key: DelegatedKey | null): (Kept & { read: KeyList }) | null => {
    const { data } = kept.safeParse(readJson(file))
    if (data === undefined || key === null) return null
    try {
      return { ...data, read: readList(data.list, key) }
    } catch {
      return null
    }
  }
  return {
    officeKey: () => trustedKeys()?.officeKey ?? null,
    current(now) {
      const have = trusted(trustedKeys()?.inspectorsKey ?? null)
      if (have === null || isExpired(have.read, now)) return null
      try {
        return recipientsOf(have.read, (target) => verifiedText(target, have.keys))
      } catch {
        // A damaged file counts as none: the next look fetches it again (P10).
        return null
      }
    },
    async update(source, now) {
      const key = trustedKeys()?.inspectorsKey ?? null
      if (key === null) return false
      const list = (await source.read(INSPECTORS_METADATA, MAX_INSPECTORS_BYTES)).toString('utf8')
      const have = trusted(key)
      if (have?.list === list) return false
      const next = readList(list, key)
      requireNewer(next, have?.read ?? null, now)
      const keys: Record<string, string> = {}
      for (const target of next.targets.filter((one) => purposeOf(one) !== 'retired')) {
        const bytes = await source.read(`targets/${target.path}`, MAX_RECIPIENT_BYTES)
        requireListed(target, bytes)
        keys[target.path] = bytes.toString('utf8')
      }
      recipientsOf(next, (target) => verifiedText(target, keys))
      writeWhole(file, JSON.stringify({ list, keys } satisfies Kept))
      return true
    },
  }
}

function verifiedText(target: TargetFile, keys: Kept['keys']): string {
  const text = keys[target.path] ?? ''
  requireListed(target, Buffer.from(text))
  return text
}

function requireNewer(next: KeyList, trusted: KeyList | null, now: Date): void {
  // 5.6.5: rollback attack. A root that names another key starts the count anew, as TUF does after a fast-forward.
  if (trusted !== null && next.version <= trusted.version)
    throw new SunhallError(
      'E-NUMBER',
      `Expected an inspectors’ list newer than version ${trusted.version}, got ${next.version}: a replay; use a newer stick`,
    )
  // 5.6.6: freeze attack.
  if (isExpired(next, now))
    throw new SunhallError(
      'E-EXPIRED',
      `Expected a list of keys in force, got one that ended ${next.expires}; the inspectors must sign it anew`,
    )
}
