// Makes a store hold what the distribution folder holds, in the order that keeps a half-done push harmless: what is named by
// its hash first, then records and open data, then signed metadata, the timestamp last of all; only then goes what the folder
// no longer has (a withdrawn release leaves the store too). Broken off at any moment, the store serves the old release or
// the new one, whole (P1), and the next push goes on.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { S3ClientConfig } from '@aws-sdk/client-s3'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { FolderStore } from './folder.ts'
import { S3Store } from './s3.ts'
import type { Store, Stored } from './store.ts'

export interface PushTarget {
  /** 's3://bucket/prefix', or the absolute path of a folder. */
  address: string
  /** Address of the S3 store where it isn't Amazon's; null for Amazon and for folders. */
  endpoint: string | null
  region: string
}
export interface PushReport {
  uploaded: number
  /** Bytes of what was uploaded. */
  bytes: number
  /** Files that the store had already. */
  kept: number
  removed: number
}

const AT_ONCE = 8
const POINTER = 'metadata/timestamp.json'
/** Only what a distribution consists of is ever taken away: an address given by mistake loses nothing of its own. */
const OURS = /^(?:blocks|deltas|media|metadata|open|packs|patches|records|targets)\/|^withdrawn\.json$/

/** The target as it is remembered. Errors: E-INPUT for an address that is none. */
export function targetOf(address: string, endpoint: string | null, region: string): PushTarget {
  const target = isAbsolute(address)
    ? { address, endpoint: null, region: '' }
    : { address: address.replace(/\/+$/, ''), endpoint, region }
  storeAt(target).close()
  return target
}

function storeAt({ address, endpoint, region }: PushTarget, credentials?: S3ClientConfig['credentials']): Store {
  if (isAbsolute(address)) return new FolderStore(address)
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address)
  if (match === null)
    throw new SunhallError('E-INPUT', `Expected s3://bucket/prefix or a folder's absolute path, got "${address}"`)
  const [, bucket = '', prefix = ''] = match
  return new S3Store({ bucket, prefix: prefix === '' ? '' : `${prefix}/`, endpoint, region }, credentials)
}

/** Makes the store hold what the folder holds. Errors: E-OFFLINE, E-SERVER; what went up stays, and the next push goes on. */
export async function pushFolder(
  dist: string,
  target: PushTarget,
  credentials?: S3ClientConfig['credentials'],
): Promise<PushReport> {
  const store = storeAt(target, credentials)
  try {
    const there = await store.list()
    const files = filesOf(dist)
    const wanted = new Set(files)
    const report: PushReport = { uploaded: 0, bytes: 0, kept: 0, removed: 0 }
    for (const group of inOrder(files)) await upload(store, dist, group, there, report)
    const gone = [...there.keys()].filter((path) => OURS.test(path) && !wanted.has(path))
    await store.remove(gone)
    return { ...report, removed: gone.length }
  } catch (error) {
    throw refusalOf(error, store.name)
  } finally {
    store.close()
  }
}

/** Every file below the folder, with '/' between its steps; none that begins with a dot or is still being written aside. */
function filesOf(dist: string): string[] {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(new|part|tmp|aside)$/.test(entry.name))
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** Hash-named files, other files, metadata, pointer: each group is whole before the next begins. */
function inOrder(files: readonly string[]): string[][] {
  const rank = (file: string): number => {
    if (file === POINTER) return 3
    return file.startsWith('metadata/') ? 2 : isNamedByHash(file) ? 0 : 1
  }
  return [0, 1, 2, 3].map((step) => files.filter((file) => rank(file) === step))
}

const isNamedByHash = (file: string): boolean => /[0-9a-f]{64}/.test(file)

async function upload(
  store: Store,
  dist: string,
  files: readonly string[],
  there: ReadonlyMap<string, Stored>,
  report: PushReport,
): Promise<void> {
  const queue = files.values()
  const worker = async (): Promise<void> => {
    for (const file of queue) {
      const known = there.get(file)
      const isImmutable = isNamedByHash(file)
      if (known !== undefined && isImmutable && known.size === statSync(join(dist, file)).size) {
        report.kept += 1
        continue
      }
      const body = readFileSync(join(dist, file))
      if (known?.size === body.length && known.md5() === createHash('md5').update(body).digest('hex')) {
        report.kept += 1
        continue
      }
      await store.put(file, body, isImmutable)
      report.uploaded += 1
      report.bytes += body.length
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function refusalOf(error: unknown, name: string): SunhallError {
  if (error instanceof SunhallError) return error
  const answered = typeof error === 'object' && error !== null && Reflect.has(error, '$response')
  return new SunhallError(
    answered ? 'E-SERVER' : 'E-OFFLINE',
    `Expected the store ${name} to take the files, got: ${messageOf(error)}; check address, bucket and credentials, then push again: it goes on where it stopped`,
    { cause: error },
  )
}
