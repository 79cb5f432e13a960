// What the tool asks of the page in the browser, and what that answers. The page asks for one task after the other.
import type { Hash } from '../../sync/contract/rows.ts'
import type { Counts, Moment } from './moments.ts'

export type Task =
  /** Another origin of the same server, whose database is another one. */
  | { do: 'go'; url: string }
  /** What the database holds, byte by byte, without the terminal's engine. */
  | { do: 'look' }
  /** Runs the engine until that release is shown, scrubbed and cleaned; with a moment, until it is killed. */
  | { do: 'run'; until: number; moment: Moment | null }

/** A task on its way, and the answer: only the page that was asked may give it, not one that was killed meanwhile. */
export interface Handed {
  id: number
  task: Task
}
export interface Answered {
  id: number
  done: Done
}

/** What lies in a store: keys with the SHA-256 of what is really there. */
export interface Seen {
  /** As it was stored; null where there is none. */
  pointer: unknown
  blocks: [key: Hash, hash: Hash][]
  media: [key: Hash, hash: Hash][]
  parts: [key: string, nodes: unknown][]
  /** What the terminal's own reader gives: rows by kind; null where nothing is shown. */
  rows: { number: number; parts: string[]; kinds: Record<string, number> } | null
}
export interface Ran {
  counts: Counts
}
export type Done = { seen: Seen } | { ran: Ran } | { failed: string }
