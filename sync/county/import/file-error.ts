// A file that can't be taken: its reason as data, so that each reader has it in words of their own.
import { type Reason, type ReasonCode, reasonOf, sayReason } from '../../contract/console/reasons.ts'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { reasonWithoutNumbers } from './without-numbers.ts'

/** Its message is the English sentence; the Chinese one goes to the console. */
export class FileError extends SunhallError {
  readonly reason: Reason
  constructor(why: Reason, options: { cause?: unknown; code?: 'E-INPUT' | 'E-FORBIDDEN' } = {}) {
    // A file without headings has its first person where they should be.
    const reason = reasonWithoutNumbers(why)
    super(options.code ?? 'E-INPUT', sayReason(reason, 'en'), options)
    this.reason = reason
  }
}

/** Says why a file can't be taken; to be thrown. `fileError('text-nul', { line, path })`. */
export function fileError<Code extends ReasonCode>(...said: Parameters<typeof reasonOf<Code>>): FileError {
  return new FileError(reasonOf(...said))
}

/** What is shown of an error on the console: Chinese where it has a reason. */
export function wordsOf(error: unknown): string {
  return error instanceof FileError ? sayReason(error.reason, 'zh') : messageOf(error)
}
