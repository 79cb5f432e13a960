// Decides what follows a crash or a hang. Pure: times come in as arguments, in milliseconds.
//
//   fine ─ trouble ─► reload after 1, 2, 4 … 30 s ─ lived 60 s ─► fine
//                          └─ eighth trouble in a row ─► relaunch the program

export interface Recovery {
  /** Troubles in a row. */
  troubles: number
  lastAt: number
}
export type Step = { kind: 'reload'; afterMs: number } | { kind: 'relaunch' }

/** A page that lived this long counts as healthy again. */
export const HEALTHY_MS = 60_000
export const MAX_WAIT_MS = 30_000
/** A page that doesn't answer for this long is ended; a villager waits no longer (P10). */
export const HANG_MS = 10_000
export const MAX_TROUBLES = 8

export const FINE: Recovery = { troubles: 0, lastAt: Number.NEGATIVE_INFINITY }

/** P10: a crash ends in the attract screen again, never on a desktop. */
export function afterTrouble(before: Recovery, now: number): { recovery: Recovery; step: Step } {
  const troubles = now - before.lastAt > HEALTHY_MS ? 1 : before.troubles + 1
  const recovery = { troubles, lastAt: now }
  if (troubles >= MAX_TROUBLES) return { recovery, step: { kind: 'relaunch' } }
  return { recovery, step: { kind: 'reload', afterMs: Math.min(MAX_WAIT_MS, 1000 * 2 ** (troubles - 1)) } }
}
