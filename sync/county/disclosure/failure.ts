// A row that must not be published, and the refusal that names all of them.
import { SunhallError } from '../../contract/errors.ts'

export interface Failure {
  /** Which rule it breaks. */
  rule:
    | 'id-number'
    | 'bank-account'
    | 'phone'
    | 'address'
    | 'unapproved-phone'
    | 'masked-name-in-text'
    | 'masked-row-identifiable'
    | 'masked-total-identifiable'
    | 'masked-person-named'
    | 'masked-fund-in-the-open'
    | 'person-number-changed'
    | 'tier-a-row'
    | 'unseen-picture'
  /** Block kind, place and period, then the row in it: 'payments 431225116203 2026-03 row 12'. */
  where: string
  /** The field, and what is wrong with it; never the leaked value itself. */
  what: string
}

const NAMED_IN_MESSAGE = 5

/** Refusal by the proof before signing (E-DISCLOSURE); `failures` has every row that fails, up to the proof's limit. */
export class DisclosureError extends SunhallError {
  readonly failures: readonly Failure[]
  constructor(failures: readonly Failure[]) {
    const named = failures
      .slice(0, NAMED_IN_MESSAGE)
      .map((failure) => `${failure.where}: ${failure.what} (${failure.rule})`)
    const more = failures.length > NAMED_IN_MESSAGE ? `; and ${failures.length - NAMED_IN_MESSAGE} more` : ''
    super(
      'E-DISCLOSURE',
      `Expected nothing that must stay in the office, got ${named.join('; ')}${more}; correct or take back these rows, then publish again`,
    )
    this.failures = failures
  }
}
