// Looks into a zip container (XLSX, DOCX) before any parser does: a bomb, an encrypted file or a crowd of parts is refused
// here, with counted bytes, not with what the container says of itself.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { type Entry, openPromise } from 'yauzl'
import { reasonOf } from '../../contract/console/reasons.ts'
import { messageOf } from '../../contract/errors.ts'
import { FileError, fileError } from './file-error.ts'
import { IMPORT_LIMITS } from './limits.ts'

export interface ArchiveFacts {
  /** True where the file carries macros. They are never read, let alone run. */
  macros: boolean
  /** True where cells or pictures lead to other files. They are never followed. */
  links: boolean
}
export interface Archive extends ArchiveFacts {
  /** Bytes of the wanted parts by name, each unpacked within the limits. */
  parts: ReadonlyMap<string, Buffer>
}

/**
 * Unpacks the parts that `wanted` names. Errors: E-INPUT for no zip, an encrypted one, more than the limits allow, or a part
 * whose size isn't the declared one.
 */
export async function openArchive(path: string, wanted: (name: string) => boolean): Promise<Archive> {
  refuseOld(path)
  try {
    return await readArchive(path, wanted)
  } catch (error) {
    if (error instanceof FileError) throw error
    throw new FileError(reasonOf('file-damaged', { path, why: messageOf(error) }), { cause: error })
  }
}

async function readArchive(path: string, wanted: (name: string) => boolean): Promise<Archive> {
  // yauzl checks names against climbing paths and each part's size against the declared one.
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
  try {
    if (zip.entryCount > IMPORT_LIMITS.archiveEntries)
      throw fileError('file-parts', { path, count: zip.entryCount, most: IMPORT_LIMITS.archiveEntries })
    const facts = { macros: false, links: false }
    const parts = new Map<string, Buffer>()
    let total = 0
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName
      facts.macros ||= /vbaProject\.bin$|macrosheets\//i.test(name)
      facts.links ||= /externalLinks\/|oleObject|embeddings\//i.test(name)
      if (entry.isEncrypted()) throw fileError('file-password', { path })
      total += entry.uncompressedSize
      checkSize(path, entry, total)
      if (!wanted(name)) continue
      if (parts.has(name)) throw fileError('file-part-twice', { path, part: name })
      parts.set(name, await unpack(await zip.openReadStreamPromise(entry), entry.uncompressedSize))
    }
    return { ...facts, parts }
  } finally {
    zip.close()
  }
}

function checkSize(path: string, entry: Entry, total: number): void {
  const { ratio, ratioFrom, unpackedBytes } = IMPORT_LIMITS
  const bomb = entry.uncompressedSize > ratioFrom && entry.uncompressedSize > entry.compressedSize * ratio
  if (bomb) throw fileError('file-bomb', { path, ratio })
  if (total > unpackedBytes) throw fileError('file-unpacked', { path, most: unpackedBytes / 1024 ** 2 })
}

/** yauzl ends the stream with an error as soon as there are more bytes than declared. */
async function unpack(stream: AsyncIterable<Buffer>, size: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks, size)
}

/** Magic number of the containers before 2007 (.xls, .doc), in which password-protected new files are wrapped too. */
const OLD = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

function refuseOld(path: string): void {
  const start = firstBytes(path, 64 * 1024)
  if (isWebPage(start)) throw fileError('file-web-page', { path })
  if (isPlainText(start)) throw fileError('file-text', { path })
  if (!start.subarray(0, OLD.length).equals(OLD)) return
  const locked = start.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  throw fileError(locked ? 'file-password' : 'file-old', { path })
}

/** What reports and old systems export as '.xls': a table in HTML, or Excel's XML of 2003. */
export function isWebPage(start: Uint8Array): boolean {
  const text = new TextDecoder().decode(start.subarray(0, 512)).replace(/\0/g, '').trimStart()
  return /^<(?:!doctype|html|table|meta|head|body|style|script|div|\?xml)/i.test(text)
}

function isPlainText(start: Uint8Array): boolean {
  return start.length > 0 && start.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)
}

/** The first bytes of a file. Errors: E-INPUT where there is no file. */
export function firstBytes(path: string, length: number): Buffer {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw fileError('file-missing', { path })
  const descriptor = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(descriptor, bytes))
  } finally {
    closeSync(descriptor)
  }
}
