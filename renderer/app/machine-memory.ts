// What the page remembers of the machine, never of a visit: the terminal's profile, so that it reads without its host (P3).
import type { TerminalProfile } from '../../sync/contract/host-api.ts'

/** The one key that `forget` spares. */
export const MACHINE_KEY = 'sunhall-machine'

export function rememberProfile(storage: Storage, profile: TerminalProfile): void {
  try {
    storage.setItem(MACHINE_KEY, JSON.stringify(profile))
  } catch {
    // A full or forbidden storage only means that a start without the host shows nothing.
  }
}

/** The profile of the last start; null where there is none or it no longer fits. */
export function recallProfile(storage: Storage): TerminalProfile | null {
  try {
    const found: unknown = JSON.parse(storage.getItem(MACHINE_KEY) ?? 'null')
    return isProfile(found) ? found : null
  } catch {
    return null
  }
}

type Kind = (value: unknown) => boolean
const text: Kind = (value) => typeof value === 'string'
const number: Kind = (value) => typeof value === 'number'
const flag: Kind = (value) => typeof value === 'boolean'
const listOf =
  (kind: Kind): Kind =>
  (value) =>
    Array.isArray(value) && value.every(kind)
const objectOf =
  (kinds: Readonly<Record<string, Kind>>): Kind =>
  (value) => {
    if (typeof value !== 'object' || value === null) return false
    const found = new Map(Object.entries(value))
    return Object.entries(kinds).every(([name, kind]) => kind(found.get(name)))
  }
const hours = { from: text, to: text }

/** Each part of a profile: one that is missing here doesn't compile. */
const PARTS: Readonly<Record<keyof TerminalProfile, Kind>> = {
  terminal: text,
  name: text,
  township: text,
  village: text,
  officeName: text,
  officePhone: text,
  language: (value) => value === 'zh' || value === 'en',
  evening: (value) => value === null || objectOf(hours)(value),
  idle: objectOf({ warnAfterSeconds: number, resetAfterSeconds: number }),
  staleAfterDays: number,
  schedule: objectOf({ everyMinutes: number, largeLoads: listOf(objectOf(hours)), largeBytes: number }),
  slot: number,
  fleet: number,
  developer: flag,
}

/**
 * What was stored had been read with its schema; an older program may have stored it in another shape. Looked at by hand:
 * the first screen waits for it, and not for a schema library (P7).
 */
function isProfile(found: unknown): found is TerminalProfile {
  return objectOf(PARTS)(found)
}
