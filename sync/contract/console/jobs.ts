// Long work of the office as the console sees it: one job at a time, with an honest estimate.
import { z } from 'zod'

/** A line on a child's standard error: `progress ` and this as JSON. */
export const progressSchema = z.object({
  done: z.number().nonnegative(),
  /** Null where nobody knows yet. */
  total: z.number().nonnegative().nullable(),
  /** '行', '村', '字节'. */
  unit: z.string().max(20),
  /** By the speed of the last seconds; null while that would be a guess. */
  secondsLeft: z.number().nonnegative().nullable(),
})
export type JobProgress = z.infer<typeof progressSchema>

export const jobSchema = z.object({
  id: z.string(),
  /** The verb of the command line. */
  verb: z.string(),
  /** What the person calls it: '导入 9 月低保.xlsx'. */
  title: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Jobs that run or wait before this one. */
  before: z.number().int(),
  progress: progressSchema.nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** The JSON object that the verb prints last; null before the end. */
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.object({ code: z.string(), message: z.string(), detail: z.string().optional() }).nullable(),
})
export type JobView = z.infer<typeof jobSchema>
export const jobListSchema = z.object({ jobs: z.array(jobSchema) })
