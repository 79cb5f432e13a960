// What is published now, as the distribution folder says: the pointer is the timestamp, nothing else.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RECORD_TARGET, type ReleaseRecord, releaseRecord } from '../../contract/release.ts'
import { currentTimestamp } from '../../publish/tuf.ts'

export interface Published {
  record: ReleaseRecord
  /** When the timestamp ends, ISO 8601. */
  timestampExpires: string
}

/** The published release; null before the first. The office trusts its own folder: terminals verify it. */
export function publishedRelease(dist: string): Published | null {
  const timestamp = currentTimestamp(dist)
  if (timestamp === null) return null
  const version = timestamp.signed.snapshotMeta.version
  const targets: unknown = JSON.parse(readFileSync(join(dist, 'metadata', `${version}.targets.json`), 'utf8'))
  const sha256 = textAt(targets, ['signed', 'targets', RECORD_TARGET, 'hashes', 'sha256'])
  const file = join(dist, 'targets', `${sha256}.${RECORD_TARGET}`)
  if (!existsSync(file)) return null
  return {
    record: releaseRecord.parse(JSON.parse(readFileSync(file, 'utf8'))),
    timestampExpires: timestamp.signed.expires,
  }
}

function textAt(value: unknown, path: readonly string[]): string {
  let inner: unknown = value
  for (const step of path) inner = typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined
  return typeof inner === 'string' ? inner : ''
}
