// Guessing is made slow: from the fifth failed try on each one costs a wait that doubles. Counted by the login that was
// typed, whether there is such an account or not, so that the wait tells nothing; or by the device, where the account has
// signed in from it before, so that no stranger makes its owner wait (`devices.ts`).
import type { Service } from '../service/service.ts'

/** Tries without a wait. */
export const FREE_TRIES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000
/** A count that nobody has added to for this long is dropped. */
const FORGET_MS = 24 * 3_600_000

/** Wait after so many failures, in ms. */
export function waitAfter(failed: number): number {
  if (failed < FREE_TRIES) return 0
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failed - FREE_TRIES))
}

/**
 * Takes one try before the password is looked at, so that a thousand at once count as a thousand. Returns null where the
 * try may be made, else the ms to wait.
 */
export async function takeTry(service: Service, login: string, now: Date): Promise<number | null> {
  await service
    .deleteFrom('tries')
    .where('last_at', '<', new Date(now.getTime() - FORGET_MS).toISOString())
    .execute()
  for (;;) {
    const row = await service.selectFrom('tries').selectAll().where('login', '=', login).executeTakeFirst()
    const wait = row === undefined || row.locked_until === '' ? 0 : Date.parse(row.locked_until) - now.getTime()
    if (wait > 0) return wait
    if (await count(service, login, row?.failed ?? 0, now)) return null
    // Somebody else tried at the same moment: look again.
  }
}

/** Compare and set: false where the count is no longer `before`. */
async function count(service: Service, login: string, before: number, now: Date): Promise<boolean> {
  const failed = before + 1
  const wait = waitAfter(failed)
  const last_at = now.toISOString()
  const locked_until = wait === 0 ? '' : new Date(now.getTime() + wait).toISOString()
  if (before === 0) {
    const { numInsertedOrUpdatedRows } = await service
      .insertInto('tries')
      .values({ login, failed, last_at, locked_until })
      .onConflict((on) => on.doNothing())
      .executeTakeFirstOrThrow()
    return Number(numInsertedOrUpdatedRows ?? 0) === 1
  }
  const { numUpdatedRows } = await service
    .updateTable('tries')
    .set({ failed, last_at, locked_until })
    .where('login', '=', login)
    .where('failed', '=', before)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows) === 1
}

/** After a right password, or when the administrator sets a new one. */
export async function forgetTries(service: Service, login: string): Promise<void> {
  await service.deleteFrom('tries').where('login', '=', login).execute()
}
