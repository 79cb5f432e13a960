// Turns a photo into what may be published: upright, without EXIF (place, camera, time), parts burnt black, as WebP within
// the limit of the wire. Only JPEG, PNG and WebP are decoded, by their first bytes, not by their name.
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { Rectangle } from '../../contract/console/pictures.ts'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { MAX_MEDIA_BYTES } from '../../contract/limits.ts'
import { PICTURE_LIMITS } from './limits.ts'

export interface Encoded {
  /** SHA-256 of the bytes: the picture's name everywhere. */
  hash: string
  bytes: Buffer
  width: number
  height: number
}

export interface Blackout {
  rectangles: readonly Rectangle[]
  /** Longer side in pixels of the picture without rectangles, for which they were drawn. */
  edge: number
}
const NONE: readonly Rectangle[] = []

/**
 * The picture as it may be published, parts of it black: always from the original, so that the same list of rectangles
 * gives the same picture. Errors: E-INPUT for no JPEG, PNG or WebP, a damaged or animated one, or more bytes or pixels than allowed.
 */
export async function encodePicture(original: Uint8Array, blackout: Blackout | null = null): Promise<Encoded> {
  if (original.length > PICTURE_LIMITS.fileBytes)
    throw refusal(`at most ${PICTURE_LIMITS.fileBytes / 1024 ** 2} MB, got ${original.length} bytes; save it smaller`)
  if (kindOf(original) === null) throw refusal('a JPEG, PNG or WebP picture, got another kind of file; save it as JPEG')
  try {
    return await firstThatFits(original, blackout)
  } catch (cause) {
    if (cause instanceof SunhallError) throw cause
    throw refusal(
      `a whole picture of at most ${PICTURE_LIMITS.pixels / 1e6} megapixels, got: ${messageOf(cause)}`,
      cause,
    )
  }
}

/** By the first bytes; null for anything else. */
export function kindOf(bytes: Uint8Array): 'jpg' | 'png' | 'webp' | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return 'jpg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' ? 'webp' : null
}

async function firstThatFits(original: Uint8Array, blackout: Blackout | null): Promise<Encoded> {
  const limits = { limitInputPixels: PICTURE_LIMITS.pixels, failOn: 'error' as const }
  const { pages } = await sharp(original, limits).metadata()
  if ((pages ?? 1) > 1) throw refusal('a still picture, got an animated one; save one frame as JPEG')
  for (const edge of blackout === null ? PICTURE_LIMITS.edges : [blackout.edge]) {
    // White under transparency: what hides in transparent pixels isn't carried on.
    const upright = sharp(original, limits)
      .rotate()
      .flatten({ background: '#ffffff' })
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    const { data, info } = await upright.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    blacken(data, { width, height, channels }, blackout?.rectangles ?? NONE)
    for (const quality of PICTURE_LIMITS.qualities) {
      const bytes = await sharp(data, { raw: { width, height, channels } }).webp({ quality, effort: 4 }).toBuffer()
      if (bytes.length > MAX_MEDIA_BYTES) continue
      return { hash: createHash('sha256').update(bytes).digest('hex'), bytes, width, height }
    }
  }
  throw refusal(`a picture that fits into ${MAX_MEDIA_BYTES} bytes, got one that doesn't; cut it to what matters`)
}

interface Raw {
  width: number
  height: number
  channels: number
}

/** Writes zeros over the pixels themselves; what lies outside the picture is cut off. */
function blacken(data: Buffer, { width, height, channels }: Raw, rectangles: readonly Rectangle[]): void {
  for (const { left, top, width: wide, height: high } of rectangles) {
    const right = Math.min(width, left + wide)
    for (let y = top; y < Math.min(height, top + high); y += 1)
      if (right > left) data.fill(0, (y * width + left) * channels, (y * width + right) * channels)
  }
}

function refusal(message: string, cause?: unknown): SunhallError {
  return new SunhallError('E-INPUT', `Expected ${message}`, { cause })
}
