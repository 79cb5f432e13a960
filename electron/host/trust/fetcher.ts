// Lets tuf-js fetch from a Source, and remembers why a fetch failed: the library wraps some failures into plain text.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fetcher } from 'tuf-js'
import { DownloadHTTPError } from 'tuf-js/dist/error.js'
import { sha256 } from '../hash.ts'
import { type Source, TransportError } from '../source.ts'
import { requireUniqueKeys } from './unique-keys.ts'

export interface SourceFetcher extends Fetcher {
  /** Why the last fetch failed; null when it didn't. */
  failure(): unknown
  /** Bytes fetched so far. */
  bytes(): number
  /** True for bytes that are a fetched file, whole. */
  isWhole(bytes: Uint8Array): boolean
}

/** `toPath` turns the URL that tuf-js built into a path of the source. `scratch`: folder for downloaded targets. */
export function sourceFetcher(source: Source, toPath: (url: string) => string, scratch: string): SourceFetcher {
  let failure: unknown = null
  let bytes = 0
  const whole = new Set<string>()
  const read = async (url: string, maxLength: number): Promise<Buffer> => {
    failure = null
    try {
      const got = await source.read(toPath(url), maxLength)
      bytes += got.length
      whole.add(sha256(got))
      return got
    } catch (error) {
      failure = error
      // tuf-js takes 403 and 404 of the next root for "this root is the newest" (client workflow 5.3.3).
      if (error instanceof TransportError && error.status !== null)
        throw new DownloadHTTPError(error.message, error.status)
      throw error
    }
  }
  return {
    failure: () => failure,
    bytes: () => bytes,
    isWhole: (file) => whole.has(sha256(file)),
    async downloadBytes(url, maxLength) {
      const got = await read(url, maxLength)
      try {
        requireUniqueKeys(got)
      } catch (error) {
        failure = error
        throw error
      }
      return got
    },
    async downloadFile(url, maxLength, handler) {
      const file = join(scratch, 'download')
      writeFileSync(file, await read(url, maxLength))
      return handler(file)
    },
  }
}
