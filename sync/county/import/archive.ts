// Looks into a zip container (XLSX, DOCX) before any parser does: a bomb, an encrypted file or a crowd of parts is refused
// here, with counted bytes, not with what the container says of itself.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { type Entry, openPromise } from 'yauzl'
import { messageOf, SunhallError } from '../../contract/errors.ts'
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
    if (error instanceof SunhallError) throw error
    throw refusal(
      path,
      `a damaged file (${messageOf(error)}); copy it again from its source, or save the sheet as .csv`,
      error,
    )
  }
}

async function readArchive(path: string, wanted: (name: string) => boolean): Promise<Archive> {
  // yauzl checks names against climbing paths and each part's size against the declared one.
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
  try {
    if (zip.entryCount > IMPORT_LIMITS.archiveEntries)
      throw refusal(path, `${zip.entryCount} parts, more than ${IMPORT_LIMITS.archiveEntries}`)
    const facts = { macros: false, links: false }
    const parts = new Map<string, Buffer>()
    let total = 0
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName
      facts.macros ||= /vbaProject\.bin$|macrosheets\//i.test(name)
      facts.links ||= /externalLinks\/|oleObject|embeddings\//i.test(name)
      if (entry.isEncrypted()) throw refusal(path, 'a file under a password; save it without one')
      total += entry.uncompressedSize
      checkSize(path, entry, total)
      if (!wanted(name)) continue
      if (parts.has(name)) throw refusal(path, `two parts named ${name}; save the file anew`)
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
  if (bomb) throw refusal(path, `a part that unpacks to more than ${ratio} times its size (a zip bomb)`)
  if (total > unpackedBytes)
    throw refusal(
      path,
      `more than ${unpackedBytes / 1024 ** 2} MB once unpacked; save the sheet as CSV, which may be larger`,
    )
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
  if (!start.subarray(0, OLD.length).equals(OLD)) return
  const locked = start.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  throw refusal(
    path,
    locked
      ? 'a file under a password; save it without one'
      : 'a file of the kind before 2007 (.xls, .doc); save it as .xlsx or .docx',
  )
}

/** The first bytes of a file. Errors: E-INPUT where there is no file. */
export function firstBytes(path: string, length: number): Buffer {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new SunhallError('E-INPUT', `Expected a file to import, found none at ${path}; check the path`)
  const descriptor = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(descriptor, bytes))
  } finally {
    closeSync(descriptor)
  }
}

function refusal(path: string, got: string, cause?: unknown): SunhallError {
  return new SunhallError('E-INPUT', `Expected a workbook or document that can be read safely at ${path}, got ${got}`, {
    cause,
  })
}
