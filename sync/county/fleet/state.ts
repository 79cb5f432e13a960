// How one terminal stands, decided from what the office knows of it (P9). Pure: the time is an argument.
//
//   never-enrolled ─token─► fresh ◄──────────── heartbeat, accepted, current
//   revoked                   ├─ nothing for lateAfterHours, or that long behind the published release ─► late
//   (the office's word)       ├─ trust refuses what is published ─► refusing
//                             └─ nothing for silentAfterHours ─► silent (stronger than both)
import type { AlarmKind, FleetSettings, LastHeartbeat, TerminalState, Why } from '../../contract/console/fleet.ts'

export interface Known {
  /** ISO 8601; null for a terminal that never enrolled. */
  enrolledAt: string | null
  revokedAt: string | null
  /** ISO 8601 of the last heartbeat; null before the first. */
  heardAt: string | null
  heartbeat: LastHeartbeat | null
}
export interface Circumstances {
  now: Date
  settings: FleetSettings
  /** What is published, and since when; null before the first release. */
  published: { number: number; since: string } | null
}
export interface Verdict {
  state: TerminalState
  why: Why
}

const HOUR_MS = 3_600_000
const hoursSince = (at: string, now: Date): number => Math.max(0, (now.getTime() - Date.parse(at)) / HOUR_MS)

export function verdictOf(known: Known, circumstances: Circumstances): Verdict {
  const { now, settings } = circumstances
  if (known.revokedAt !== null) return say('revoked', 'revoked')
  if (known.enrolledAt === null) return say('never-enrolled', 'never')
  // Enrolling was the first sign of life.
  const hours = hoursSince(known.heardAt ?? known.enrolledAt, now)
  if (hours >= settings.silentAfterHours) return say('silent', 'no-heartbeat', { hours })
  const refusal = known.heartbeat?.refusal ?? null
  if (refusal !== null) return say('refusing', 'refusal', { code: refusal.code, number: refusal.number })
  if (hours >= settings.lateAfterHours) return say('late', 'no-heartbeat', { hours })
  return behind(known, circumstances) ?? say('fresh', 'in-time', { hours })
}

/** Late where it shows an older release than the one that has been published for long enough. */
function behind({ heartbeat }: Known, { now, settings, published }: Circumstances): Verdict | null {
  if (published === null || heartbeat === null) return null
  if (hoursSince(published.since, now) < settings.lateAfterHours) return null
  if (heartbeat.shown === null) return say('late', 'no-release', { number: published.number })
  const shown = heartbeat.shown.number
  return shown < published.number ? say('late', 'behind', { number: shown }) : null
}

function say(state: TerminalState, key: Why['key'], more: Partial<Why> = {}): Verdict {
  return { state, why: { key, hours: 0, number: null, code: '', ...more } }
}

/** What is worth an alarm now, each with what was seen. A revoked or never enrolled terminal raises none. */
export function alarmsOf(known: Known, circumstances: Circumstances): Map<AlarmKind, string> {
  const { state, why } = verdictOf(known, circumstances)
  const alarms = new Map<AlarmKind, string>()
  if (state === 'revoked' || state === 'never-enrolled') return alarms
  if (state === 'silent') alarms.set('silent', `${Math.floor(why.hours)} h`)
  const { heartbeat } = known
  if (heartbeat === null) return alarms
  const { settings } = circumstances
  if (heartbeat.refusal !== null) alarms.set('refusing', heartbeat.refusal.code)
  const free = heartbeat.diskFreeBytes
  if (free !== null && free < settings.diskFreeBytes) alarms.set('disk', `${Math.floor(free / 1_000_000)} MB`)
  const offset = heartbeat.clockOffsetMs
  if (offset !== null && Math.abs(offset) > settings.clockMinutes * 60_000)
    alarms.set('clock', `${Math.round(offset / 60_000)} min`)
  return alarms
}
