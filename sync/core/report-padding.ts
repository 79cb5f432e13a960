// Padding before sealing: whoever carries an envelope learns one of four sizes, not how much was said. JSON allows
// whitespace after its value, so the reader needs no format of ours: it parses what it has decrypted.
import { SunhallError } from '../contract/errors.ts'
import { SIZE_CLASSES } from '../contract/report.ts'

const SPACE = 0x20

/** UTF-8 JSON of a value, padded by spaces to the next of SIZE_CLASSES. Errors: E-LENGTH where none holds it. */
export function paddedJson(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const size = SIZE_CLASSES.find((one) => one >= bytes.length)
  if (size === undefined)
    throw new SunhallError(
      'E-LENGTH',
      `Expected a message of at most ${SIZE_CLASSES.at(-1)} bytes, got ${bytes.length}; shorten the words`,
    )
  const padded = new Uint8Array(size).fill(SPACE)
  padded.set(bytes)
  return padded
}

/** The value of a padded JSON. Errors: E-FORMAT where it is none. */
export function unpaddedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected padded JSON in the envelope, got something else', { cause })
  }
}
