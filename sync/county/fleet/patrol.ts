// What the office does about its terminals by itself, every few minutes while it serves: alarms, and tidying.
import { PROFILES } from '../../../kiosk-config/profiles.ts'
import { messageOf } from '../../contract/errors.ts'
import type { Office } from '../office.ts'
import type { Service } from '../service/service.ts'
import { type AlarmChange, settleAlarms } from './alarms.ts'
import { dropOldUploads } from './asks.ts'
import { circumstancesOf, knownTerminals } from './board.ts'
import { alarmsOf } from './state.ts'

/** Ms between two rounds. */
export const PATROL_MS = 300_000
const DAY_MS = 86_400_000
/** Days in which every heartbeat is kept, then one a day. */
const FULL_DAYS = 7
/** Days after which nothing of the history is kept. */
const HISTORY_DAYS = 400

export interface Round {
  raised: AlarmChange[]
  cleared: AlarmChange[]
}

/** A round now and every few minutes, until it is closed. A round that fails is said and done again. */
export function startPatrol(office: Office, now: () => Date, warn: (line: string) => void): { close(): Promise<void> } {
  let round: Promise<void> = Promise.resolve()
  const go = (): void => {
    round = round
      .then(() => patrol(office, now()))
      .then(({ raised }) => {
        for (const { terminal, kind, detail } of raised)
          warn(`Alarm: ${terminal} ${kind} (${detail}); see "terminals alarms"`)
      })
      .catch((error: unknown) => warn(`E-STATE: the terminals were not looked at: ${messageOf(error)}`))
  }
  go()
  const timer = setInterval(go, PATROL_MS)
  timer.unref()
  return {
    close() {
      clearInterval(timer)
      return round
    },
  }
}

/** One round: alarms raised and cleared, old history and uploads dropped. */
export async function patrol(office: Office, now: Date): Promise<Round> {
  const service = await office.service()
  const circumstances = await circumstancesOf(office, now)
  const known = await knownTerminals(service)
  const names = new Set([...PROFILES.map(({ terminal }) => terminal), ...known.keys()])
  const seen = new Map(
    [...names].map((terminal) => {
      const own = known.get(terminal)
      return [terminal, own === undefined ? new Map() : alarmsOf(own, circumstances)] as const
    }),
  )
  const round = await settleAlarms(service, seen, now)
  await compactHistory(service, now)
  await dropOldUploads(office, now)
  return round
}

/** After a week, the last heartbeat of each day stands for the day. Gives back how many lines went. */
export async function compactHistory(service: Service, now: Date): Promise<number> {
  const before = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString()
  const old = await service
    .selectFrom('heartbeats')
    .select(['terminal', 'at'])
    .where('at', '<', `${before(FULL_DAYS).slice(0, 10)}T`)
    .orderBy('at')
    .execute()
  const kept = new Map(old.map(({ terminal, at }) => [`${terminal} ${at.slice(0, 10)}`, at]))
  const gone = old.filter(
    ({ terminal, at }) => at < before(HISTORY_DAYS) || kept.get(`${terminal} ${at.slice(0, 10)}`) !== at,
  )
  for (const { terminal, at } of gone)
    await service.deleteFrom('heartbeats').where('terminal', '=', terminal).where('at', '=', at).execute()
  return gone.length
}
