// Pushes the distribution folder to an S3-compatible store, in the order that keeps a half-done push harmless: what is
// named by its hash first, then signed metadata, the timestamp last of all; only then goes what the folder no longer has
// (a withdrawn release leaves the store too).
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { messageOf, SunhallError } from '../../contract/errors.ts'

export interface PushTarget {
  bucket: string
  /** '' or 'huitong/': before each key. */
  prefix: string
  /** Address of the store; null for Amazon's own. */
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
/** Objects that one request may delete, by the protocol. */
const DELETE_AT_ONCE = 1_000
const POINTER = 'metadata/timestamp.json'
const TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.gz': 'application/gzip',
  '.webp': 'image/webp',
  '.csv': 'text/csv; charset=utf-8',
}

/** 's3://bucket/prefix' in parts. Errors: E-INPUT for another address. */
export function targetOf(address: string, endpoint: string | null, region: string): PushTarget {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address)
  if (match === null) throw new SunhallError('E-INPUT', `Expected s3://bucket/prefix, got "${address}"`)
  const prefix = (match[2] ?? '').replace(/\/*$/, '')
  return { bucket: match[1] ?? '', prefix: prefix === '' ? '' : `${prefix}/`, endpoint, region }
}

/** Makes the store hold what the folder holds. Errors: E-OFFLINE, E-SERVER; what went up stays, and the next push goes on. */
export async function pushFolder(
  dist: string,
  target: PushTarget,
  credentials?: S3ClientConfig['credentials'],
): Promise<PushReport> {
  const client = clientFor(target, credentials)
  try {
    const there = await listed(client, target)
    const files = filesOf(dist)
    const report: PushReport = { uploaded: 0, bytes: 0, kept: 0, removed: 0 }
    for (const group of inOrder(files)) await upload(client, target, dist, group, there, report)
    const gone = [...there.keys()].filter((key) => !files.includes(key))
    report.removed = await remove(client, target, gone)
    return report
  } catch (error) {
    throw refusalOf(error, target)
  } finally {
    client.destroy()
  }
}

function clientFor(target: PushTarget, credentials: S3ClientConfig['credentials']): S3Client {
  return new S3Client({
    region: target.region,
    ...(credentials === undefined ? {} : { credentials }),
    // Stores other than Amazon's seldom have a name for each bucket, nor its newer checksums.
    ...(target.endpoint === null ? {} : { endpoint: target.endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

/** Every file below the folder, with '/' between its steps; none that begins with a dot or is still being written aside. */
function filesOf(dist: string): string[] {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(new|part|tmp)$/.test(entry.name))
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.includes('.aside/'))
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

/** MD5 (the store's ETag of a simple upload) and length by key, without the prefix. */
type There = ReadonlyMap<string, { etag: string; size: number }>

async function listed(client: S3Client, { bucket, prefix }: PushTarget): Promise<There> {
  const found = new Map<string, { etag: string; size: number }>()
  let token: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    )
    for (const { Key: key, ETag: etag = '', Size: size = -1 } of page.Contents ?? [])
      if (key !== undefined) found.set(key.slice(prefix.length), { etag: etag.replaceAll('"', ''), size })
    token = page.NextContinuationToken
  } while (token !== undefined)
  return found
}

async function upload(
  client: S3Client,
  target: PushTarget,
  dist: string,
  files: readonly string[],
  there: There,
  report: PushReport,
): Promise<void> {
  const queue = [...files]
  const worker = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const known = there.get(file)
      if (isNamedByHash(file) && known?.size === statSync(join(dist, file)).size) {
        report.kept += 1
        continue
      }
      const body = readFileSync(join(dist, file))
      if (known?.etag === createHash('md5').update(body).digest('hex')) report.kept += 1
      else {
        await client.send(putOf(target, file, body))
        report.uploaded += 1
        report.bytes += body.length
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function putOf({ bucket, prefix }: PushTarget, file: string, body: Uint8Array): PutObjectCommand {
  return new PutObjectCommand({
    Bucket: bucket,
    Key: prefix + file,
    Body: body,
    ContentType: TYPES[extname(file)] ?? 'application/octet-stream',
    CacheControl: isNamedByHash(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
}

async function remove(client: S3Client, { bucket, prefix }: PushTarget, files: readonly string[]): Promise<number> {
  for (let at = 0; at < files.length; at += DELETE_AT_ONCE) {
    const objects = files.slice(at, at + DELETE_AT_ONCE).map((file) => ({ Key: prefix + file }))
    const { Errors: errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
    )
    const [first] = errors
    if (first !== undefined)
      throw new SunhallError(
        'E-SERVER',
        `Expected the store to delete ${first.Key}, got ${first.Code}: ${first.Message}`,
      )
  }
  return files.length
}

function refusalOf(error: unknown, { bucket, endpoint }: PushTarget): SunhallError {
  if (error instanceof SunhallError) return error
  const where = `${bucket} at ${endpoint ?? 'Amazon'}`
  const answered = typeof error === 'object' && error !== null && Reflect.has(error, '$response')
  return new SunhallError(
    answered ? 'E-SERVER' : 'E-OFFLINE',
    `Expected the store ${where} to take the files, got: ${messageOf(error)}; check address, bucket and credentials, then push again: it goes on where it stopped`,
    { cause: error },
  )
}
