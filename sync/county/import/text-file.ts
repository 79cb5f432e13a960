// Reads a file as text in a stream: plain or gzipped, UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.
import { createReadStream, existsSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { reasonOf } from '../../contract/console/reasons.ts'
import { messageOf } from '../../contract/errors.ts'
import { isWebPage } from './archive.ts'
import { FileError, fileError } from './file-error.ts'
import { IMPORT_LIMITS } from './limits.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'
const CHUNK_BYTES = 1 << 18
/** So many good multi-byte characters before a bad byte, and the file is damaged UTF-8 rather than GB18030. */
const SURELY_UTF8 = 32

/** The file's encoding, found by reading it through once; a broken file is refused here, before anything is written. */
export async function findEncoding(path: string): Promise<Encoding> {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw fileError('file-missing', { path })
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let line = 1
  let wide = 0
  let first = true
  for await (const bytes of bytesOf(path)) {
    if (first) refuseArchive(path, bytes)
    if (first && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
    if (first && bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
    first = false
    const text = tryDecode(decoder, bytes)
    if (text === null) {
      if (wide + wideBefore(bytes) > SURELY_UTF8) throw badBytes(path, 'UTF-8', line + badLine(bytes))
      await checkGb18030(path)
      return 'gb18030'
    }
    line += newlines(text)
    wide += wideCharacters(text)
  }
  return 'utf-8'
}

/** XLSX is a zip file too. Errors: E-INPUT for bytes that are no text, whatever the file's name says. */
function refuseArchive(path: string, bytes: Uint8Array): void {
  const [first, second] = bytes
  const zip = first === 0x50 && second === 0x4b && (bytes[2] ?? 0) <= 8 && (bytes[3] ?? 0) <= 8
  if (zip) throw fileError('text-zip', { path })
  if (first === 0x1f && second === 0x8b) throw fileError('text-gzip', { path })
  if (first === 0xd0 && second === 0xcf) throw fileError('text-old', { path })
  if (isWebPage(bytes)) throw fileError('text-web-page', { path })
}

/** Told how many bytes of the file itself (packed, where it is) have been read. */
export type ByteMeter = (bytes: number) => void
const NO_METER: ByteMeter = () => {}

/** Decoded text of the file, chunk by chunk, without its BOM. NUL bytes are refused with their line. */
export async function* textOf(path: string, encoding: Encoding, meter: ByteMeter = NO_METER): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: false })
  let line = 1
  for await (const bytes of bytesOf(path, meter)) {
    const text = tryDecode(decoder, bytes)
    if (text === null) throw badBytes(path, encoding, line)
    refuseNul(path, text, line)
    line += newlines(text)
    if (text !== '') yield text
  }
  try {
    yield decoder.decode()
  } catch {
    throw badBytes(path, encoding, line)
  }
}

async function* bytesOf(path: string, meter: ByteMeter = NO_METER): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const gunzip = /\.gz$/i.test(path) ? createGunzip({ chunkSize: CHUNK_BYTES }) : null
  const stream: Readable = gunzip === null ? file : file.pipe(gunzip)
  if (gunzip !== null) file.on('error', (error) => gunzip.destroy(error))
  try {
    let unpacked = 0
    for await (const bytes of stream) {
      unpacked += bytes.length
      if (unpacked > IMPORT_LIMITS.textBytes)
        throw fileError('text-large', { most: IMPORT_LIMITS.textBytes / 1024 ** 3, path })
      meter(file.bytesRead)
      yield bytes
    }
  } catch (error) {
    if (error instanceof FileError) throw error
    const code = gunzip === null ? 'text-unreadable' : 'gzip-unreadable'
    throw new FileError(reasonOf(code, { path, why: messageOf(error) }), { cause: error })
  } finally {
    file.destroy()
    gunzip?.destroy()
  }
}

async function checkGb18030(path: string): Promise<void> {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  let line = 1
  for await (const bytes of bytesOf(path)) {
    const text = tryDecode(decoder, bytes)
    if (text === null) throw badBytes(path, 'neither UTF-8 nor GB18030', line)
    line += newlines(text)
  }
}

function refuseNul(path: string, text: string, line: number): void {
  const at = text.indexOf('\0')
  if (at < 0) return
  const where = line + newlines(text.slice(0, at))
  throw fileError('text-nul', { line: where, path })
}

function badBytes(path: string, encoding: string, line: number): FileError {
  const what = encoding.startsWith('neither') ? encoding : `not ${encoding}`
  return fileError('text-encoding', { encoding: what, line, path })
}

function tryDecode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes, { stream: true })
  } catch {
    return null
  }
}

/** Good wide characters before the first bad byte of a chunk. */
function wideBefore(bytes: Uint8Array): number {
  return wideCharacters(goodPrefix(bytes))
}

function badLine(bytes: Uint8Array): number {
  return newlines(goodPrefix(bytes))
}

function goodPrefix(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  // The chunk may begin inside a character: what the decoder can't know is skipped.
  const from = /^\ufffd{1,3}/.exec(text)?.[0].length ?? 0
  const bad = text.indexOf('\ufffd', from)
  return bad < 0 ? text : text.slice(0, bad)
}

function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

function wideCharacters(text: string): number {
  return text.match(/[\u4e00-\u9fff]/g)?.length ?? 0
}
