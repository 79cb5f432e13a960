// Steps of a verb that takes long: a line each for people, a count for the server that follows a job.
import type { JobProgress } from '../../contract/console/jobs.ts'
import { PROGRESS_MARK } from '../jobs/outcome.ts'
import type { VerbContext } from './verb.ts'

/** Called at the beginning of each of `total` steps. How long the rest takes isn't known: nothing is said of it. */
export function stepsOf({ json, warn }: Pick<VerbContext, 'json' | 'warn'>, total: number): (line: string) => void {
  let done = 0
  return (line) => {
    const progress: JobProgress = { done, total, unit: '步', secondsLeft: null }
    done = Math.min(done + 1, total)
    warn(json ? `${PROGRESS_MARK}${JSON.stringify(progress)}` : line)
  }
}
