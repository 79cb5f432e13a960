// Progress of a verb: `progress {json}` lines on standard error for the server, a plain line for people.
import type { JobProgress } from '../../contract/console/jobs.ts'
import { PROGRESS_MARK } from './outcome.ts'

/** Speed is measured over the last seconds, and nothing is said of the time left before so many have passed. */
const WINDOW_MS = 8_000
const QUIET_MS = 2_000
const STEP_MS = 500
const PEOPLE_STEP_MS = 3_000

export interface Progress {
  /** `done` in all, so far. Cheap: says something at most twice a second. */
  step(done: number): void
  /** A total that became known later. */
  total(total: number): void
}

/** `clock` in ms, so that a test needs no waiting. */
export function startProgress(
  to: { json: boolean; warn: (line: string) => void },
  given: { unit: string; total: number | null },
  clock: () => number = () => performance.now(),
): Progress {
  const marks: { at: number; done: number }[] = [{ at: clock(), done: 0 }]
  const started = clock()
  let total = given.total
  let said = started
  return {
    step(done) {
      const at = clock()
      if (at - said < (to.json ? STEP_MS : PEOPLE_STEP_MS)) return
      said = at
      marks.push({ at, done })
      while (marks.length > 2 && at - (marks[1]?.at ?? at) > WINDOW_MS) marks.shift()
      const secondsLeft = at - started < QUIET_MS ? null : timeLeft(marks, total)
      const progress: JobProgress = { done, total, unit: given.unit, secondsLeft }
      to.warn(to.json ? `${PROGRESS_MARK}${JSON.stringify(progress)}` : plain(progress))
    },
    total(known) {
      total = known
    },
  }
}

/** Seconds by the speed between the first and the last mark; null where that says nothing. */
function timeLeft(marks: readonly { at: number; done: number }[], total: number | null): number | null {
  const [first] = marks
  const last = marks.at(-1)
  if (first === undefined || last === undefined || total === null) return null
  const gained = last.done - first.done
  if (gained <= 0 || last.at <= first.at) return null
  return Math.max(0, Math.ceil((((total - last.done) / gained) * (last.at - first.at)) / 1000))
}

function plain({ done, total, unit, secondsLeft }: JobProgress): string {
  const of = total === null ? '' : ` of ${total}`
  return `${done}${of} ${unit}${secondsLeft === null ? '' : `, about ${secondsLeft} s left`}`
}
