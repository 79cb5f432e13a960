// The pointer: the one small record that says which release is on screen. It is moved in one strict transaction, and
// whoever reads it finds the old one or the new one, whatever moment the power goes (P1).
import { z } from 'zod'
import { releaseRecord } from '../contract/release.ts'
import type { Database } from './database.ts'
import type { Pointer } from './interface.ts'

const KEY = 'pointer'
const pointerSchema = z.strictObject({
  shown: releaseRecord.nullable(),
  previous: releaseRecord.nullable(),
  loading: releaseRecord.nullable(),
  shownParts: z.array(z.string()),
  scrubbed: z.boolean(),
})

export const NOTHING: Pointer = { shown: null, previous: null, loading: null, shownParts: [], scrubbed: false }

/** What is shown; a pointer that can't be read counts as none, and the mirror fills the store anew (P10). */
export async function readPointer(database: Database): Promise<Pointer> {
  const parsed = pointerSchema.safeParse(await database.meta.get(KEY))
  return parsed.success ? parsed.data : NOTHING
}

/** Reads and writes the pointer in one transaction, together with what `change` looks up in `parts`. */
export function movePointer(
  database: Database,
  change: (now: Pointer) => Pointer | Promise<Pointer>,
): Promise<Pointer> {
  // P1: one small strict transaction (the database's durability is strict throughout).
  return database.dexie.transaction('rw', database.meta, database.parts, async () => {
    const next = await change(await readPointer(database))
    await database.meta.put(next, KEY)
    return next
  })
}
