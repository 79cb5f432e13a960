// While the office's server runs, an approved draft whose time has come is published: only the pointer moves, by the
// timestamp key, after a last check. A server that was down does it when it is up again.
import { codeOf, messageOf } from '../../contract/errors.ts'
import type { Office } from '../office.ts'
import { publishDue } from './publish-draft.ts'

const LOOK_MS = 20_000

/** Looks at once and every 20 seconds. `warn` hears what failed: the trail has it too. */
export function startTimetable(
  office: Office,
  now: () => Date,
  warn: (line: string) => void,
  everyMs: number = LOOK_MS,
): { close(): Promise<void> } {
  let running: Promise<void> | null = null
  const look = async (): Promise<void> => {
    try {
      const draft = await publishDue(office, now())
      if (draft !== null) warn(`Release ${draft.number} is published, as planned for ${draft.publishAt}`)
    } catch (error) {
      warn(`${codeOf(error, 'E-SERVER')}: the planned publication failed: ${messageOf(error)}`)
    }
  }
  const start = (): void => {
    // One at a time: a check at county scale takes longer than the pause.
    running ??= look().finally(() => {
      running = null
    })
  }
  start()
  const timer = setInterval(start, everyMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
