// What the sender must not forget across restarts: the sequence (an old one is a replay to the office) and the measured
// clock offset.
import { join } from 'node:path'
import { z } from 'zod'
import { readJson, writeWhole } from '../files.ts'

const kept = z.object({
  sequence: z.int().nonnegative(),
  clockOffsetMs: z.int().nullable(),
  /** ISO 8601, host's time, of the last heartbeat that was taken. */
  lastHeartbeat: z.string().nullable(),
})
export type Kept = z.infer<typeof kept>

export interface Memory {
  get(): Kept
  /** Fsynced before it returns. Errors: E-STORE, E-QUOTA. */
  set(change: Partial<Kept>): void
}

export function openMemory(dataFolder: string): Memory {
  const file = join(dataFolder, 'identity', 'heartbeat.json')
  let current: Kept = kept.safeParse(readJson(file)).data ?? { sequence: 0, clockOffsetMs: null, lastHeartbeat: null }
  return {
    get: () => current,
    set(change) {
      const next = { ...current, ...change }
      writeWhole(file, JSON.stringify(next))
      current = next
    },
  }
}
