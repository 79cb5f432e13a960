// One CSV file of the open data, written as a stream: gzipped and hashed on the way, so that memory doesn't grow with it.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { BOM, csvLine } from '../csv.ts'

export interface WrittenFile {
  name: string
  /** Rows without the headings. */
  rows: number
  /** Bytes of the file, and of the CSV within it where it is gzipped. */
  bytes: number
  rawBytes: number
  /** SHA-256 of the file. */
  sha256: string
}

/** Characters gathered before they are handed on. */
const CHUNK = 64 * 1024
const GZIP_LEVEL = 6

export class TableFile {
  readonly #name: string
  readonly #source: NodeJS.ReadWriteStream
  readonly #written: Promise<void>
  readonly #hash = createHash('sha256')
  #pending: string
  #rows = 0
  #bytes = 0
  #rawBytes = 0

  /** Begins the file, with its headings. Errors of the disk come with `add` and `end`. */
  constructor(path: string, headings: readonly string[]) {
    this.#name = basename(path)
    this.#source = path.endsWith('.gz') ? createGzip({ level: GZIP_LEVEL }) : new PassThrough()
    const meter = new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.#hash.update(chunk)
        this.#bytes += chunk.length
        done(null, chunk)
      },
    })
    this.#written = pipeline(this.#source, meter, createWriteStream(path, { flush: true }))
    // Said by whichever call waits for it.
    this.#written.catch(() => undefined)
    this.#pending = BOM + csvLine(headings)
  }

  /** Resolves when more may come. */
  async add(cells: readonly string[]): Promise<void> {
    this.#rows += 1
    this.#pending += csvLine(cells)
    if (this.#pending.length >= CHUNK) await this.#handOn()
  }

  /** Ends the file, fsynced. Errors: Node's own (ENOSPC, EACCES). */
  async end(): Promise<WrittenFile> {
    await this.#handOn()
    this.#source.end()
    await this.#written
    return {
      name: this.#name,
      rows: this.#rows,
      bytes: this.#bytes,
      rawBytes: this.#rawBytes,
      sha256: this.#hash.digest('hex'),
    }
  }

  async #handOn(): Promise<void> {
    const chunk = Buffer.from(this.#pending)
    this.#pending = ''
    this.#rawBytes += chunk.length
    // A full disk ends the pipeline: then no 'drain' will come.
    if (!this.#source.write(chunk)) await Promise.race([once(this.#source, 'drain'), this.#written])
  }
}
