// An S3-compatible bucket as a store. The protocol's own client signs the requests.
import { extname } from 'node:path'
import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { SunhallError } from '../../contract/errors.ts'
import type { Store, Stored } from './store.ts'

export interface Bucket {
  bucket: string
  /** '' or 'huitong/': before each key. */
  prefix: string
  /** Address of the store; null for Amazon's own. */
  endpoint: string | null
  region: string
}

/** Objects that one request may delete, by the protocol. */
const DELETE_AT_ONCE = 1_000
const TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.gz': 'application/gzip',
  '.webp': 'image/webp',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

export class S3Store implements Store {
  readonly name: string
  readonly #at: Bucket
  readonly #client: S3Client

  constructor(at: Bucket, credentials: S3ClientConfig['credentials']) {
    this.#at = at
    this.name = `${at.bucket} at ${at.endpoint ?? 'Amazon'}`
    this.#client = new S3Client({
      region: at.region,
      ...(credentials === undefined ? {} : { credentials }),
      // Stores other than Amazon's seldom have a name for each bucket, nor its newer checksums.
      ...(at.endpoint === null ? {} : { endpoint: at.endpoint, forcePathStyle: true }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
  }

  async list(): Promise<ReadonlyMap<string, Stored>> {
    const { bucket, prefix } = this.#at
    const found = new Map<string, Stored>()
    let token: string | undefined
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      )
      // The ETag of a simple upload is its MD5.
      for (const { Key: key, ETag: etag = '', Size: size = -1 } of page.Contents ?? [])
        if (key !== undefined) found.set(key.slice(prefix.length), { size, md5: () => etag.replaceAll('"', '') })
      token = page.NextContinuationToken
    } while (token !== undefined)
    return found
  }

  async put(path: string, body: Uint8Array, isImmutable: boolean): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#at.bucket,
        Key: this.#at.prefix + path,
        Body: body,
        ContentType: TYPES[extname(path)] ?? 'application/octet-stream',
        CacheControl: isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      }),
    )
  }

  async remove(paths: readonly string[]): Promise<void> {
    const { bucket, prefix } = this.#at
    for (let at = 0; at < paths.length; at += DELETE_AT_ONCE) {
      const objects = paths.slice(at, at + DELETE_AT_ONCE).map((path) => ({ Key: prefix + path }))
      const { Errors: [first] = [] } = await this.#client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
      )
      if (first !== undefined)
        throw new SunhallError(
          'E-SERVER',
          `Expected the store to delete ${first.Key}, got ${first.Code}: ${first.Message}`,
        )
    }
  }

  close(): void {
    this.#client.destroy()
  }
}
