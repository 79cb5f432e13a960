// What a chapter gives back.
import type { Result } from './figures.ts'

export interface Measured {
  results: Result[]
  /** Versions of what was measured beside ours. */
  versions: Record<string, string>
}
