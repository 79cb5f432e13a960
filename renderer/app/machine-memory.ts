// What the page remembers of the machine, never of a visit: the terminal's profile, so that it reads without its host (P3).
import { type TerminalProfile, terminalProfile } from '../../sync/contract/host-api.ts'

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
    const parsed = terminalProfile.safeParse(JSON.parse(storage.getItem(MACHINE_KEY) ?? 'null'))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
