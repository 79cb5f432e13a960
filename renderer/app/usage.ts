// What of a visit is counted: that it began, and which screens were entered. Never what was on them, and nothing that
// could tell a report from a question: every screen of the report key is one, counted once a visit (P4, P6). Pure.

import type { VOICE_SCREEN } from '../../sync/contract/fleet.ts'
import type { UsageRequest } from '../../sync/contract/host-api.ts'
import type { Place } from '../navigation/place.ts'

/** The report key's own screens, and the one where its answers are read. */
const VOICE: ReadonlySet<string> = new Set(['report', 'receipt', 'answers'])

/** The contract's own word, whose schemas the first screen needn't read. */
const VOICED: typeof VOICE_SCREEN = 'voice'

/** What the chart says of the moment. */
export interface Moment {
  phase: 'attract' | 'visit' | 'other'
  visit: number
  /** Id of the step on screen; it never repeats during a visit. */
  step: number
  screen: Place['screen']
}
export interface Seen {
  resting: boolean
  visit: number | null
  step: number | null
  voiced: boolean
}

export const NOTHING_SEEN: Seen = { resting: false, visit: null, step: null, voiced: false }

/** What is to be counted now, and what has been seen then. */
export function counted(before: Seen, moment: Moment): { events: UsageRequest[]; seen: Seen } {
  if (moment.phase === 'other') return { events: [], seen: before }
  if (moment.phase === 'attract')
    return { events: before.resting ? [] : [{ event: 'rest' }], seen: { ...before, resting: true } }
  const begins = moment.visit !== before.visit
  const enters = begins || moment.step !== before.step
  const voice = VOICE.has(moment.screen)
  const silent = !enters || (voice && !begins && before.voiced)
  const screen: UsageRequest = { event: 'screen', screen: voice ? VOICED : moment.screen }
  return {
    events: [...(begins ? [{ event: 'visit' } as const] : []), ...(silent ? [] : [screen])],
    seen: {
      resting: false,
      visit: moment.visit,
      step: moment.step,
      voiced: (!begins && before.voiced) || (voice && enters),
    },
  }
}
