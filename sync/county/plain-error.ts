// What Node and SQLite throw, in the words of the command line: what was expected, what came, what to do.
import { type ErrorCode, messageOf, SunhallError } from '../contract/errors.ts'

/** SQLite's SQLITE_BUSY, SQLITE_FULL and SQLITE_NOTADB. */
const BUSY = 5
const FULL = 13
const NO_DATABASE = 26

/** The error itself where it is ours or nobody's. */
export function plainError(error: unknown): unknown {
  if (error instanceof SunhallError || !(error instanceof Error)) return error
  const [code, message] = explain(error) ?? []
  return code === undefined || message === undefined ? error : new SunhallError(code, message, { cause: error })
}

function explain(error: Error): [ErrorCode, string] | null {
  const path = String(Reflect.get(error, 'path') ?? '')
  const at = path === '' ? '' : ` at ${path}`
  switch (sqliteCode(error) ?? Reflect.get(error, 'code')) {
    case BUSY:
      return [
        'E-STATE',
        'Expected a free database, got another import or publication at work; try again when it is done',
      ]
    case NO_DATABASE:
      return ['E-STATE', "Expected the office's database, got a file that is none; choose another --data folder"]
    case FULL:
    case 'ENOSPC':
      return ['E-QUOTA', `Expected room on the disk${at}, got none left; free some and try again`]
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return ['E-INPUT', `Expected leave to use the file or folder${at}, got: ${messageOf(error)}`]
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return ['E-INPUT', `Expected a folder where one belongs and a file where one belongs, got the other${at}`]
    default:
      return null
  }
}

function sqliteCode(error: Error): number | null {
  const code = Reflect.get(error, 'errcode')
  // Extended codes carry the plain one in their lower byte.
  return typeof code === 'number' ? code & 0xff : null
}
