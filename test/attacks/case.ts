// One case of the public conformance suite, written anew: what it is called there, the clause that it is about, and the
// steps. `npx vitest` runs it; docs/attacks.md prints it.
import { expect } from 'vitest'
import type { Client, How } from './client.ts'

export interface ConformanceCase {
  /** The public suite's name of it: file::test[parameter]. Names are facts; the steps are ours. */
  suite: string
  /** Of the TUF specification, 1.0.31. */
  clause: string
  attack: string
  /** What the client does. */
  does: string
  /** 'inside' where nothing is said. */
  how?: How
  run(client: Client): Promise<void>
}

export function equal(got: unknown, wanted: unknown): void {
  expect(got).toEqual(wanted)
}

export function notEqual(got: unknown, other: unknown): void {
  expect(got).not.toEqual(other)
}
