// What taps cost the page's main thread, in its own processor time, out of Chromium's trace: other programs on the machine
// lengthen it little, while the clock beside it tells how busy they were.
import { z } from 'zod'
import type { Glass } from './glass.ts'

/** Names of the marks that `watch.ts` sets at the finger and at the painted answer. */
const [DOWN, PAINTED] = ['tap-down', 'tap-painted']
const TASK = 'ThreadControllerImpl::RunTask'

/** µs of Chromium's clock; `tdur`: of the thread's processor time. */
const traced = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number(),
  tdur: z.number().optional(),
})
type Traced = z.infer<typeof traced>

/** One tap, ms of processor time: all tasks that began between finger and paint, and the longest of them. */
export interface Cost {
  all: number
  longest: number
}

/** The costs of the taps that `work` makes, in their order. */
export async function costOfTaps({ session }: Glass, work: () => Promise<unknown>): Promise<Cost[]> {
  const events: Traced[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) {
      const read = traced.safeParse(event)
      if (read.success) events.push(read.data)
    }
  })
  const traceConfig = { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] }
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig })
  await work()
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done))
  await session.send('Tracing.end')
  await complete
  return costs(events)
}

function costs(events: readonly Traced[]): Cost[] {
  const named = (name: string): Traced[] => events.filter((event) => event.name === name).sort((a, b) => a.ts - b.ts)
  const downs = named(DOWN)
  const tasks = named(TASK)
  return named(PAINTED).map((painted) => {
    const from = downs.findLast((down) => down.ts < painted.ts)?.ts ?? painted.ts
    const own = tasks
      .filter(({ pid, tid, ts }) => pid === painted.pid && tid === painted.tid && ts >= from && ts < painted.ts)
      .map(({ tdur = 0 }) => tdur / 1e3)
    return { all: own.reduce((sum, ms) => sum + ms, 0), longest: Math.max(0, ...own) }
  })
}
