// What the office's HTTP routes are given.
import type { Actor } from '../../contract/console/session.ts'
import type { Session } from '../accounts/sessions.ts'
import type { JobRunner } from '../jobs/runner.ts'
import type { Office } from '../office.ts'

export interface HttpParts {
  office: Office
  now: () => Date
  jobs: JobRunner
  /** Built files of the console; null where it isn't served. */
  consoleFolder: string | null
  /** Names of this server beside its addresses: 'office.huitong.example'. */
  names: readonly string[]
  /** One line of trouble for the server's log. Never a secret. */
  warn: (line: string) => void
}

/** Hono's variables: `session` is null before signing in; `actor` is there behind `guarded`. */
export interface HttpEnv {
  Variables: { session: Session | null; actor: Actor }
}
