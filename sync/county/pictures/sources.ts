// The files that an administrator hands over: single pictures, a folder, or a zip, one after the other. Names only ever say
// what a picture belongs to; none becomes a path here.
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { type Entry, openPromise } from 'yauzl'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { PICTURE_LIMITS } from './limits.ts'

export interface PictureSource {
  /** '小寨村/2026-08/记-0012.jpg': folders inside the zip or folder, '/' between them. */
  name: string
  /** The bytes, or null where there are more than a picture may have. */
  bytes: Buffer | null
}

/** Files that systems add by themselves, and the mapping file. */
const NOT_PICTURES = /(?:^|\/)(?:__MACOSX\/|\.[^./]|Thumbs\.db$|desktop\.ini$)|\.(?:csv|txt)$/i

/** What the administrator calls a file that was handed over under another name, by its path. */
export type GivenNames = ReadonlyMap<string, string>

/** Every file of the given paths. Errors: E-INPUT for what is neither file, folder nor zip, a zip bomb, or too many files. */
export async function* sourcesOf(
  paths: readonly string[],
  names: GivenNames = new Map(),
): AsyncGenerator<PictureSource> {
  let count = 0
  for (const path of paths) {
    for await (const source of sourcesIn(path, names)) {
      count += 1
      if (count > PICTURE_LIMITS.files)
        throw new SunhallError(
          'E-INPUT',
          `Expected at most ${PICTURE_LIMITS.files} pictures at once, got more; hand them over in parts`,
        )
      yield source
    }
  }
}

async function* sourcesIn(path: string, names: GivenNames): AsyncGenerator<PictureSource> {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) yield* filesIn(path, path)
  else if (!stat?.isFile())
    throw new SunhallError('E-INPUT', `Expected a picture, a folder or a zip at ${path}, found none`)
  else if (isZip(path)) yield* zipped(path)
  else yield fileOf(path, names.get(path) ?? basename(path), stat.size)
}

/** Name of a mapping file inside a folder or zip. */
const MAPPING = /(?:^|\/)对照表\.csv$/

/** Text of the mapping file that lies inside one of the folders or zips; null where none does. */
export async function mappingIn(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat?.isDirectory()) {
      const name = readdirSync(path).find((one) => MAPPING.test(one))
      if (name !== undefined) return textOf(readFileSync(join(path, name)))
    } else if (stat?.isFile() && isZip(path)) {
      for await (const { name, bytes } of zipped(path, (one) => MAPPING.test(one)))
        if (bytes !== null && MAPPING.test(name)) return textOf(bytes)
    }
  }
  return null
}

/** Written by office programs: UTF-8 or GB18030. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function* filesIn(root: string, folder: string): Generator<PictureSource> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const name = path.slice(root.length + 1).replaceAll(sep, '/')
    if (NOT_PICTURES.test(name)) continue
    // A link could lead out of the folder that was handed over.
    if (entry.isDirectory()) yield* filesIn(root, path)
    else if (entry.isFile()) yield fileOf(path, name, lstatSync(path).size)
  }
}

function fileOf(path: string, name: string, size: number): PictureSource {
  return { name, bytes: size > PICTURE_LIMITS.fileBytes ? null : readFileSync(path) }
}

function isZip(path: string): boolean {
  return path.toLowerCase().endsWith('.zip')
}

async function* zipped(
  path: string,
  isWanted: (name: string) => boolean = (name) => !NOT_PICTURES.test(name),
): AsyncGenerator<PictureSource> {
  let zip: Awaited<ReturnType<typeof openPromise>>
  try {
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
      decodeStrings: false,
    })
  } catch (cause) {
    throw new SunhallError('E-INPUT', `Expected a zip at ${path}, got: ${messageOf(cause)}; pack it again`, { cause })
  }
  let total = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry)
      if (name.endsWith('/') || !isWanted(name)) continue
      total += entry.uncompressedSize
      if (total > PICTURE_LIMITS.unpackedBytes || entry.isEncrypted())
        throw new SunhallError(
          'E-INPUT',
          `Expected a zip without a password of at most ${PICTURE_LIMITS.unpackedBytes / 1024 ** 3} GB unpacked, got another at ${path}`,
        )
      // yauzl ends the stream as soon as there are more bytes than declared.
      const small = entry.uncompressedSize <= PICTURE_LIMITS.fileBytes
      yield { name, bytes: small ? await bytesOf(await zip.openReadStreamPromise(entry)) : null }
    }
  } finally {
    zip.close()
  }
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

/** Zips made in China carry names in GB18030 without saying so; others say UTF-8 or are. */
function nameOf(entry: Entry): string {
  return textOf(entry.fileNameRaw).replaceAll('\\', '/')
}
