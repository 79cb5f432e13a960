// What every fuzzed reader has in common: it makes inputs, reads them, and may only accept them or refuse them with codes
// that its own comment names. Everything else is a finding.
import { ERROR_CODES, type ErrorCode, SunhallError } from '../../sync/contract/errors.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import type { Random } from './fuzz-random.ts'

export interface Reader {
  /** Codes with which it may refuse. */
  readonly codes: readonly ErrorCode[]
  /** Bytes of one case. */
  make(random: Random): Uint8Array | Promise<Uint8Array>
  /** Returns where the bytes were taken and what was read is sound; throws a SunhallError where they were refused. */
  read(input: Uint8Array): Promise<void>
  /** Removes what it has on the disk. */
  close?(): void
}

/** Something that a reader must never do, with the input that made it. */
export class Finding extends Error {
  readonly input: Uint8Array
  constructor(message: string, input: Uint8Array, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'Finding'
    this.input = input
  }
}

/** 'accepted', or the code of the refusal. Errors: Finding. */
export async function outcomeOf(reader: Reader, input: Uint8Array): Promise<'accepted' | ErrorCode> {
  try {
    await reader.read(input)
    return 'accepted'
  } catch (error) {
    if (error instanceof SunhallError && reader.codes.includes(error.code)) return error.code
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    throw new Finding(`Expected one of ${reader.codes.join(', ')}, got ${what.slice(0, 500)}`, input, { cause: error })
  }
}

/** Throws a plain error, which is a finding, unless both are the same to the last bit of meaning (−0 is 0 in JSON). */
export function requireSame(first: unknown, second: unknown, what: string): void {
  const [one, other] = [first, second].map((value) => canonicalJson(value))
  if (one !== other) throw new Error(`${what} differ: ${one?.slice(0, 200)} and ${other?.slice(0, 200)}`)
}

/** A code of an answer that isn't thrown. Throws a plain error for one that nobody knows. */
export function refuse(code: string, message: string): never {
  const known = ERROR_CODES.find((each) => each === code)
  if (known === undefined) throw new Error(`Expected a known code, got ${code}: ${message}`)
  throw new SunhallError(known, message)
}
