// The pointer: the one small record that says which release is on screen. It is moved in one strict transaction, and
// whoever reads it finds the old one or the new one, whatever moment the power goes (P1). No tree's hash covers it, so it
// carries a sum of its own: a flipped bit in a release's number would shut out the next releases.
import { z } from 'zod'
import { releaseRecord } from '../contract/release.ts'
import { canonicalJson } from '../core/canonical.ts'
import { crc32 } from '../core/crc32.ts'
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
/** As it is stored. Pointers from before the sum (2026-11) have none. */
const storedPointer = pointerSchema.extend({ sum: z.int().nonnegative().optional() })

export const NOTHING: Pointer = { shown: null, previous: null, loading: null, shownParts: [], scrubbed: false }

/** What is shown; a pointer that can't be read counts as none, and the mirror fills the store anew (P10). */
export async function readPointer(database: Database): Promise<Pointer> {
  const parsed = storedPointer.safeParse(await database.meta.get(KEY))
  if (!parsed.success) return NOTHING
  const { sum, ...pointer } = parsed.data
  return sum === undefined || sum === sumOf(pointer) ? pointer : NOTHING
}

/** Not SHA-256, which the browser computes later: a transaction doesn't wait for that. */
function sumOf(pointer: Pointer): number {
  return crc32(new TextEncoder().encode(canonicalJson(pointer)))
}

/** Reads and writes the pointer in one transaction, together with what `change` looks up in `parts`. */
export function movePointer(
  database: Database,
  change: (now: Pointer) => Pointer | Promise<Pointer>,
): Promise<Pointer> {
  // P1: one small strict transaction (the database's durability is strict throughout).
  return database.dexie.transaction(
    'rw',
    database.meta,
    database.parts,
    async () => await changePointer(database, change),
  )
}

/** The same within a transaction that is under way. */
export async function changePointer(
  database: Database,
  change: (now: Pointer) => Pointer | Promise<Pointer>,
): Promise<Pointer> {
  const next = await change(await readPointer(database))
  await database.meta.put({ ...next, sum: sumOf(next) }, KEY)
  return next
}
