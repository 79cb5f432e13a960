// Looks at what comes over the worker's channel before anything is done with it.
import { z } from 'zod'
import type { FromWorker, ToWorker } from '../../sync/contract/sync-status.ts'

const toWorker = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rest') }),
  z.strictObject({ type: z.literal('visit') }),
  z.strictObject({ type: z.literal('sync-now') }),
  z.strictObject({ type: z.literal('load-stick'), folder: z.string().nullable() }),
  z.strictObject({ type: z.literal('scrub-now') }),
])
const fromWorker = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), status: z.object({ phase: z.string() }) }),
  z.object({ type: z.literal('release-changed'), root: z.string(), parts: z.array(z.string()) }),
])

export function isToWorker(data: unknown): data is ToWorker {
  return toWorker.safeParse(data).success
}
/** The worker is our own code from the same package: its kind is looked at, not every field of a status. */
export function isFromWorker(data: unknown): data is FromWorker {
  return fromWorker.safeParse(data).success
}
