// What the machine can show at all, from what the host, the worker and the reader say. Pure.
import type { Day } from '../../sync/contract/rows.ts'

export type Health = 'starting' | 'provisioning' | 'no-data' | 'sound' | 'stale' | 'broken'

export interface HealthFacts {
  /** null until the host has answered. */
  mode: 'provisioning' | 'terminal' | null
  reader: 'opening' | 'empty' | 'open' | 'failed'
  /** Last day the data on screen reaches; null without data. */
  dataUntil: Day | null
  today: Day
  staleAfterDays: number
}

/** A terminal with data stays usable whatever else happens (P3): stale is said, never a reason to stop showing. */
export function healthOf(facts: HealthFacts): Health {
  if (facts.mode === 'provisioning') return 'provisioning'
  if (facts.mode === null || facts.reader === 'opening') return 'starting'
  if (facts.reader === 'failed') return 'broken'
  if (facts.reader === 'empty' || facts.dataUntil === null) return 'no-data'
  const age = (Date.parse(facts.today) - Date.parse(facts.dataUntil)) / 86_400_000
  return age > facts.staleAfterDays ? 'stale' : 'sound'
}
