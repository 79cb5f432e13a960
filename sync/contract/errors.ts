// One class of error, one closed union of codes: what the technician's view shows and `docs/errors.md` explains.
// A test compares this list with that table.

export const ERROR_CODES = [
  // Trust (TUF and what hangs off it): the release is refused, the old one stays.
  'E-SIGNATURE', // too few valid signatures, or a wrong key
  'E-HASH', // bytes don't have the hash that was signed
  'E-LENGTH', // longer or shorter than what was signed, or over a limit
  'E-NUMBER', // a version or release number went backwards (replay)
  'E-EXPIRED', // metadata past its date
  'E-FORMAT', // not what the schema says
  'E-UPDATE', // signed by the county, in a format of a later program: update this one
  'E-MIXED', // parts of different releases
  'E-CLOCK', // this machine's clock can't be believed
  'E-SAMPLE-KEY', // sample keys in a package built for production
  // Transport: tried again later.
  'E-OFFLINE', // nobody answered
  'E-BUSY', // 429 or 503, with Retry-After
  'E-MISSING', // 404: not served there
  'E-SERVER', // the office answered with an error
  // Store
  'E-STORE', // IndexedDB failed or refused
  'E-QUOTA', // no room on the disk
  'E-DAMAGED', // a stored block no longer has its hash
  // Provisioning and the host
  'E-CONFIG', // the config is wrong, unsigned or foreign
  'E-PORT', // the port is taken
  'E-PIN', // wrong maintenance PIN
  'E-FORBIDDEN', // wrong Host, Origin, secret or sender
  // The office
  'E-LOGIN', // not signed in, a wrong password, or too many of them
  'E-INPUT', // a file, row or argument that can't be read
  'E-DISCLOSURE', // the proof before signing failed
  'E-KEYS', // a key is missing or can't be opened
  'E-STATE', // asked for in the wrong state (undo of what is published)
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** An error with a code from the closed list. Messages begin with a capital, say what was expected and came, and what to do. */
export class SunhallError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'SunhallError'
    this.code = code
  }
}

/** The code of any thrown value; what is not ours counts as `fallback`. */
export function codeOf(error: unknown, fallback: ErrorCode): ErrorCode {
  return error instanceof SunhallError ? error.code : fallback
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
