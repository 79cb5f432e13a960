// What an attacker, a broken proxy or a worn-out stick does to a distribution folder. Each attack names the code with
// which a terminal must refuse it. Signatures are real: attacks that need a key use one that the county doesn't know.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { ErrorCode } from '../../sync/contract/errors.ts'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { refreshTimestamp, signRecord } from '../../sync/publish/tuf.ts'
import { type FakeCounty, fakeKeys } from './fake-county.ts'

export interface Attack {
  name: string
  /** Codes that are right answers: which check comes first is the terminal's own affair. */
  codes: readonly ErrorCode[]
  /** Changes files below `county.dist`. Needs two published releases. */
  mount(county: FakeCounty): void
}

/** A byte of the last block in a part's pack is another one; gzip and lengths are right. */
export function tamperBlock(dist: string, record: ReleaseRecord, part: string): void {
  rewritePack(dist, record, part, (raw) => {
    raw[raw.length - 3] = (raw[raw.length - 3] ?? 0) ^ 1
    return raw
  })
}

/** The pack of one part stands where another's belongs. */
export function swapPacks(dist: string, record: ReleaseRecord, one: string, other: string): void {
  const files = [one, other].map((part) => join(dist, paths.pack(record.root, part)))
  const [first, second] = files.map((file) => readFileSync(file))
  files.forEach((file, at) => {
    writeFileSync(file, (at === 0 ? second : first) ?? '')
  })
}

/** A stale proxy: a part's pack of the release before stands at the new one's address. */
export function mixReleases(dist: string, old: ReleaseRecord, record: ReleaseRecord, part: string): void {
  cpSync(join(dist, paths.pack(old.root, part)), join(dist, paths.pack(record.root, part)))
}

export function truncatePack(dist: string, record: ReleaseRecord, part: string, bytes: number): void {
  truncateSync(join(dist, paths.pack(record.root, part)), bytes)
}

/** Right compressed length at first, but it inflates for ever: a gzip of zeros behind the real bytes. */
export function endlessPack(dist: string, record: ReleaseRecord, part: string, megabytes = 64): void {
  rewritePack(dist, record, part, (raw) => Buffer.concat([raw, Buffer.alloc(megabytes * 1024 * 1024)]))
}

/** A copy of the metadata and targets as they are now, to replay later. */
export function keepMetadata(dist: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of ['metadata', 'targets']) cpSync(join(dist, name), join(folder, name), { recursive: true })
}

export function replayMetadata(dist: string, folder: string): void {
  for (const name of ['metadata', 'targets']) {
    rmSync(join(dist, name), { recursive: true })
    cpSync(join(folder, name), join(dist, name), { recursive: true })
  }
}

/** The timestamp alone of an earlier day. */
export function replayTimestamp(dist: string, folder: string): void {
  cpSync(join(folder, 'metadata', 'timestamp.json'), join(dist, 'metadata', 'timestamp.json'))
}

/** The right keys, but a record that was signed as the next release with an earlier number. */
export function lowerNumber(county: FakeCounty): void {
  const record = latest(county)
  signRecord(county.dist, canonicalJson({ ...record, number: record.number - 1 }), county.keys, county.now)
}

/** Attacks that change what is served after two releases were published. */
export const ATTACKS: readonly Attack[] = [
  {
    name: 'a changed byte in a block',
    codes: ['E-HASH', 'E-LENGTH'],
    mount: (c) => tamperBlock(c.dist, latest(c), '431225100'),
  },
  {
    name: 'swapped packs',
    codes: ['E-MIXED', 'E-HASH', 'E-LENGTH'],
    mount: (c) => swapPacks(c.dist, latest(c), '431225100', '431225204'),
  },
  {
    name: 'a pack of the release before',
    codes: ['E-MIXED', 'E-HASH', 'E-LENGTH'],
    mount: (c) => mixReleases(c.dist, c.records.at(-2) ?? latest(c), latest(c), '431225100'),
  },
  {
    name: 'a pack cut short',
    codes: ['E-LENGTH', 'E-FORMAT'],
    mount: (c) => truncatePack(c.dist, latest(c), '431225100', 900),
  },
  { name: 'an endless pack', codes: ['E-LENGTH'], mount: (c) => endlessPack(c.dist, latest(c), '431225100') },
  { name: 'an empty timestamp', codes: ['E-FORMAT'], mount: (c) => writeMetadata(c, 'timestamp.json', '{}') },
  {
    name: 'a timestamp of a foreign key',
    codes: ['E-SIGNATURE'],
    mount: (c) => refreshTimestamp(c.dist, fakeKeys().timestamp, c.now),
  },
  { name: 'a record of a foreign release key', codes: ['E-SIGNATURE'], mount: foreignRelease },
  { name: 'a record with a lower number', codes: ['E-NUMBER'], mount: lowerNumber },
  { name: 'a changed record', codes: ['E-HASH', 'E-LENGTH'], mount: changeRecord },
  {
    name: 'an expired timestamp',
    codes: ['E-EXPIRED'],
    mount: (c) => refreshTimestamp(c.dist, c.keys.timestamp, new Date(c.now.getTime() - 100 * 86_400_000)),
  },
]

function latest(county: FakeCounty): ReleaseRecord {
  const record = county.records.at(-1)
  if (record === undefined) throw new Error('Publish a release before mounting an attack on it')
  return record
}

function foreignRelease(county: FakeCounty): void {
  const keys = { release: fakeKeys().release, timestamp: county.keys.timestamp }
  signRecord(county.dist, canonicalJson({ ...latest(county), sample: false }), keys, county.now)
}

/** Same length, other bytes, under the name of the right hash. */
function changeRecord(county: FakeCounty): void {
  const folder = join(county.dist, 'targets')
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8')
    writeFileSync(join(folder, name), text.replace('"sample":true', '"sample":1234'))
  }
}

function writeMetadata(county: FakeCounty, name: string, text: string): void {
  writeFileSync(join(county.dist, 'metadata', name), text)
}

function rewritePack(dist: string, record: ReleaseRecord, part: string, change: (raw: Buffer) => Buffer): void {
  const file = join(dist, paths.pack(record.root, part))
  writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(file)))))
}
