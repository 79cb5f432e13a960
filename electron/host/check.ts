// Asks the office, or a stick, for a newer release and answers in the three ways of the host's interface: a trusted
// release, a refusal (the old one stays, P2), or not reachable.
import { codeOf, type ErrorCode, messageOf } from '../../sync/contract/errors.ts'
import type { CheckResult, ErrorInfo } from '../../sync/contract/host-api.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { type Source, TransportError } from './source.ts'
import type { Trust } from './trust/trust.ts'

const TRANSPORT: readonly ErrorCode[] = ['E-OFFLINE', 'E-BUSY', 'E-MISSING', 'E-SERVER']

export interface CheckOptions {
  trust: Trust
  source: Source
  now: Date
  production: boolean
  /** Lets the mirror know the release before the page asks for its files. */
  keep(record: ReleaseRecord): void
}

/** Never throws: every failure is one of the two refusals with its code. `bytes`: fetched by this check. */
export async function checkForRelease(options: CheckOptions): Promise<CheckResult> {
  try {
    const { record, bytes } = await options.trust.update(options.source, options.now, options.production)
    options.keep(record)
    return { result: 'release', record, bytes }
  } catch (thrown) {
    const code = codeOf(thrown, 'E-FORMAT')
    const error: ErrorInfo = { code, message: messageOf(thrown), number: null }
    if (!TRANSPORT.includes(code)) return { result: 'refused', error }
    const retryAfterSeconds = thrown instanceof TransportError ? thrown.retryAfterSeconds : null
    return { result: 'unavailable', error, retryAfterSeconds }
  }
}
