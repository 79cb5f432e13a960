// Reading a stream no further than it may be: a file that never ends, or that unpacks into a thousand times its size,
// is dropped at its signed length (P2).
import { SunhallError } from '../../sync/contract/errors.ts'

/** What gzip may add to bytes that it can't make smaller: a header, a trailer, and 5 bytes for each 16 kB or so. */
const GZIP_OVERHEAD = 1_024

/**
 * Unpacks exactly `raw` bytes. `arrived` hears of compressed bytes as they come. The compressed length isn't held
 * against the signed one here: the host has done that, and a mirror may have packed the same bytes anew; what is
 * hashed are the raw ones. Errors: E-LENGTH for more or fewer bytes, E-FORMAT for what isn't gzip, E-OFFLINE for a line
 * that is cut.
 */
export async function gunzipExactly(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  raw: number,
  arrived: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  let left = raw + Math.ceil(raw / 1_000) + GZIP_OVERHEAD
  const counted = heard(body, (bytes) => {
    left -= bytes
    if (left < 0) throw tooLong(raw)
    arrived(bytes)
  })
  const plain = counted.pipeThrough(new DecompressionStream('gzip'))
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

/** All bytes of a stream, at most `limit`. Errors: E-LENGTH, E-OFFLINE. */
export async function collect(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
  arrived: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const counted = heard(body, (more) => {
    bytes += more
    if (bytes > limit) throw tooLong(limit)
    arrived(more)
  })
  for await (const chunk of counted) chunks.push(chunk)
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

type Bytes = Uint8Array<ArrayBuffer>

/**
 * A body whose chunks are heard of before they go on. A line that is cut is a TypeError, like bytes that aren't gzip; here
 * the two are told apart, lest what was merely cut be given up as wrong.
 */
function heard(body: ReadableStream<Bytes>, hear: (bytes: number) => void): ReadableStream<Bytes> {
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw cause instanceof TypeError ? lineCut(cause) : cause
      })
      if (done) return controller.close()
      try {
        hear(value.length)
      } catch (error) {
        await reader.cancel(error)
        throw error
      }
      controller.enqueue(value)
    },
    cancel: (why) => reader.cancel(why),
  })
}

function lineCut(cause: TypeError): SunhallError {
  return new SunhallError('E-OFFLINE', `Expected the file to its end, the line was cut: ${cause.message}`, { cause })
}

function tooLong(limit: number): SunhallError {
  return new SunhallError('E-LENGTH', `Expected at most ${limit} bytes, got more; the file was dropped`)
}
