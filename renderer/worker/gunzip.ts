// Reading a stream no further than it may be: a file that never ends, or that unpacks into a thousand times its size,
// is dropped at its signed length (P2).
import { SunhallError } from '../../sync/contract/errors.ts'

/** What gzip may add to bytes that it can't make smaller: a header, a trailer, and 5 bytes for each 16 kB or so. */
const GZIP_OVERHEAD = 1_024

/**
 * Unpacks exactly `raw` bytes. `arrived` hears of compressed bytes as they come. The compressed length isn't held
 * against the signed one here: the host has done that, and a mirror may have packed the same bytes anew; what is
 * hashed are the raw ones. Errors: E-LENGTH for more or fewer bytes, E-FORMAT for what isn't gzip.
 */
export async function gunzipExactly(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  raw: number,
  arrived: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  let left = raw + Math.ceil(raw / 1_000) + GZIP_OVERHEAD
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      left -= chunk.length
      if (left < 0) throw tooLong(raw)
      arrived(chunk.length)
      controller.enqueue(chunk)
    },
  })
  const plain = body.pipeThrough(counted).pipeThrough(new DecompressionStream('gzip'))
  const whole = new Uint8Array(raw)
  let at = 0
  try {
    for await (const chunk of plain) {
      if (at + chunk.length > raw) throw tooLong(raw)
      whole.set(chunk, at)
      at += chunk.length
    }
  } catch (cause) {
    if (cause instanceof TypeError) throw new SunhallError('E-FORMAT', 'Expected gzip, got other bytes', { cause })
    throw cause
  }
  if (at === raw) return whole
  throw new SunhallError('E-LENGTH', `Expected ${raw} bytes, got ${at}; fetch the file again`)
}

/** All bytes of a stream, at most `limit`. Errors: E-LENGTH. */
export async function collect(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
  arrived: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > limit) throw tooLong(limit)
    arrived(chunk.length)
    chunks.push(chunk)
  }
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function tooLong(limit: number): SunhallError {
  return new SunhallError('E-LENGTH', `Expected at most ${limit} bytes, got more; the file was dropped`)
}
