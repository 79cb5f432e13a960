// A terminal's state: pictogram, word and colour together, never colour alone.
import type { TerminalState } from '../../contract/console/fleet.ts'
import { STATE_WORDS } from './words.ts'

/** Strokes on a grid of 48. */
const PATHS: { readonly [state in TerminalState]: string } = {
  fresh: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M15 25l6 6 12-13',
  late: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M24 13v12l8 6',
  silent: 'M8 17c10-9 22-9 32 0M14 25c6-5 14-5 20 0M20 33c2-2 6-2 8 0M8 42L40 6',
  refusing: 'M24 4l16 6v13c0 10-7 17-16 21c-9-4-16-11-16-21V10zM18 18l12 12M30 18L18 30',
  revoked: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M13 13l22 22',
  'never-enrolled': 'M9 8h30v24H9zM24 32v8M16 41h16M24 15v5M24 24v1',
}

export function StateMark({ state }: { state: TerminalState }) {
  return (
    <span className="fleet-mark" data-state={state}>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path d={PATHS[state]} />
      </svg>
      {STATE_WORDS[state]}
    </span>
  )
}
