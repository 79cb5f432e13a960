// The attacks beyond the conformance suite, one line each: the clause or promise, what the terminal does, and the test
// that shows it, by file and name. `attacks-table.test.ts` fails where a named test isn't there; `document.ts` prints the
// lines to docs/attacks.md.
import { NETWORK } from './table-network.ts'
import { SPECIFICATION } from './table-specification.ts'
import { STICKS } from './table-sticks.ts'
import { TERMINAL } from './table-terminal.ts'

export interface AttackLine {
  attack: string
  /** A section of the TUF specification 1.0.31, a promise P1–P10 of the design, or both. */
  clause: string
  /** What happens, with the code that the technician reads; '' where nothing is to be told. */
  does: string
  code: string
  /** `name` as it stands in the file; `row` for one line of an `each`. */
  test: { file: string; name: string; row?: string }
}
export interface AttackGroup {
  title: string
  lines: readonly AttackLine[]
}

export const GROUPS: readonly AttackGroup[] = [SPECIFICATION, NETWORK, STICKS, TERMINAL]
