// Maintenance behind a PIN: opened by the PIN whose scrypt hash is in the signed config, ended on demand. The page asks
// for that after ten minutes without a touch; half an hour is the end where it doesn't. Wrong PINs slow down, also
// across restarts.
//
//   closed ──right PIN──► open ──close, or 30 min──► closed
//     └─wrong PIN: wait 1, 2, 4, … 300 s before the next is even looked at
import { scrypt, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { readJson, writeWhole } from './files.ts'

export const MAINTENANCE_MS = 1_800_000
const MAX_WAIT_SECONDS = 300

const slowdown = z.object({ failures: z.int().nonnegative(), until: z.number() })

export interface Maintenance {
  /** `stored`: `scrypt$N$r$p$salt$hash` of the config; there is no default PIN. */
  tryPin(pin: string, stored: string): Promise<{ ok: boolean; waitSeconds: number }>
  isOpen(): boolean
  close(): void
}

/** `clock` gives ms; `changed` is called when it opens or closes. */
export function openMaintenance(dataFolder: string, clock: () => number, changed: () => void): Maintenance {
  const file = join(dataFolder, 'pin.json')
  let openUntil = 0
  let timer: NodeJS.Timeout | undefined
  const close = (): void => {
    clearTimeout(timer)
    openUntil = 0
    changed()
  }
  return {
    async tryPin(pin, stored) {
      const before = slowdown.safeParse(readJson(file)).data ?? { failures: 0, until: 0 }
      const left = Math.min(MAX_WAIT_SECONDS, Math.ceil((before.until - clock()) / 1000))
      if (left > 0) return { ok: false, waitSeconds: left }
      // Counted before it is looked at: pulling the plug doesn't buy another try.
      const waitSeconds = Math.min(MAX_WAIT_SECONDS, 2 ** Math.min(before.failures, 20))
      writeWhole(file, JSON.stringify({ failures: before.failures + 1, until: clock() + waitSeconds * 1000 }))
      if (!(await pinMatches(pin, stored))) return { ok: false, waitSeconds }
      writeWhole(file, JSON.stringify({ failures: 0, until: 0 }))
      openUntil = clock() + MAINTENANCE_MS
      clearTimeout(timer)
      timer = setTimeout(close, MAINTENANCE_MS).unref()
      changed()
      return { ok: true, waitSeconds: 0 }
    },
    isOpen: () => clock() < openUntil,
    close,
  }
}

/** False also where the stored text is no scrypt hash: nothing opens then. */
export async function pinMatches(pin: string, stored: string): Promise<boolean> {
  const [kind, n, r, p, salt, hash] = stored.split('$')
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64url')
  const cost = { N: Number(n), r: Number(r), p: Number(p), maxmem: 256 * 1024 * 1024 }
  const derived = await new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'base64url'), expected.length, cost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  }).catch(() => null)
  return derived !== null && expected.length > 0 && timingSafeEqual(derived, expected)
}
