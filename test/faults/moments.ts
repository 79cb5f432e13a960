// When a kill comes: at the n-th thing of a kind that the engine does in a phase, and a few milliseconds after it. Drawn
// from a seed, so that each run can be repeated alone.

/** What the engine is about, as its statuses tell it. */
export const PHASES = ['first load', 'later load', 'switch', 'pictures', 'scrub', 'cleaning'] as const
export type Phase = (typeof PHASES)[number]
/** How a later release comes: what is served of the row patch, the delta of whole blocks, tree and single blocks. */
export const WAYS = ['patch', 'delta', 'tree'] as const
export type Way = (typeof WAYS)[number]
/** What can be counted in a phase: calls of IndexedDB, commits of it, files asked for. */
export const STEPS = ['transaction', 'put', 'delete', 'commit', 'request'] as const
export type Step = (typeof STEPS)[number]

/** How often each step of each phase came. */
export type Counts = Partial<Record<Phase, Partial<Record<Step, number>>>>

export interface Moment {
  phase: Phase
  step: Step
  /** Counted from 1. */
  nth: number
  /** From the step to the kill, in ms. */
  delayMs: number
  /** True where the worker stands still from that step on, so that only what was begun before it goes on. */
  held: boolean
}

/** Longest time from the step to the kill, in ms: about what the phase's next steps take. */
const LONGEST_DELAY_MS = 12

/** A moment of this phase; every step that was counted is as likely as any other. Errors: none was counted. */
export function drawMoment(phase: Phase, held: boolean, counts: Counts, draw: () => number): Moment {
  const steps = STEPS.flatMap((step) => Array.from({ length: counts[phase]?.[step] ?? 0 }, (_, at) => ({ step, at })))
  const drawn = steps[Math.floor(draw() * steps.length)]
  if (drawn === undefined) throw new Error(`Expected steps of the phase ${phase}, counted none`)
  // Mostly at once: a phase may be over in two milliseconds.
  const delayMs = Math.floor(draw() ** 3 * LONGEST_DELAY_MS)
  return { phase, step: drawn.step, nth: drawn.at + 1, delayMs, held }
}

export function countStep(counts: Counts, phase: Phase, step: Step): number {
  const ofPhase = counts[phase] ?? {}
  const next = (ofPhase[step] ?? 0) + 1
  ofPhase[step] = next
  counts[phase] = ofPhase
  return next
}
