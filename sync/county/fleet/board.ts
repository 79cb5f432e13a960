// All terminals on one board, and one of them in full, out of the tables and the pure decision of state.ts.
import type { Profile } from '../../../kiosk-config/profiles.ts'
import {
  type AlarmKind,
  alarmKind,
  type Board,
  type BoardLine,
  type LastHeartbeat,
  TERMINAL_STATES,
  type TerminalPage,
} from '../../contract/console/fleet.ts'
import { askKind, heartbeat } from '../../contract/fleet.ts'
import type { Actor } from '../accounts/roles.ts'
import type { Office } from '../office.ts'
import { publishedRelease } from '../release/published.ts'
import type { Service } from '../service/service.ts'
import { listAlarms } from './alarms.ts'
import { requireTerminal, townshipNames, visibleTerminals } from './places.ts'
import { findTerminal } from './receive.ts'
import { readFleetSettings } from './settings.ts'
import { alarmsOf, type Circumstances, type Known, verdictOf } from './state.ts'
import type { FleetTables } from './tables.ts'
import { waitingToken } from './tokens.ts'

const lastHeartbeat = heartbeat.omit({ usage: true })
/** Lines of a terminal's history on its page. */
const HISTORY_LINES = 200
type TerminalRow = FleetTables['terminals']

/** Worst first; among equals by township and number. */
export async function readBoard(office: Office, actor: Actor, now: Date): Promise<Board> {
  const service = await office.service()
  const circumstances = await circumstancesOf(office, now)
  const names = await townshipNames(office)
  const known = await knownTerminals(service)
  const open = await openKinds(service)
  const lines = visibleTerminals(actor).map((profile) => lineOf(profile, { known, circumstances, names, open }))
  // Among those in one state, one with an alarm (a full disk, a wrong clock) comes first.
  const rank = ({ state, alarms }: BoardLine): number => TERMINAL_STATES.indexOf(state) * 2 - Math.min(1, alarms.length)
  lines.sort(
    (a, b) => rank(a) - rank(b) || a.township.localeCompare(b.township) || a.terminal.localeCompare(b.terminal),
  )
  const { settings, published } = circumstances
  return { now: now.toISOString(), published: published?.number ?? null, settings, lines }
}

export async function circumstancesOf(office: Office, now: Date): Promise<Circumstances> {
  const settings = await readFleetSettings(await office.service())
  const published = publishedRelease(office.dist)
  if (published === null) return { now, settings, published: null }
  const { number, signedAt } = published.record
  return { now, settings, published: { number, since: signedAt } }
}

/** What the office knows of each terminal that ever enrolled. */
export async function knownTerminals(service: Service): Promise<ReadonlyMap<string, Known>> {
  const rows = await service.selectFrom('terminals').selectAll().execute()
  return new Map(rows.map((row) => [row.terminal, knownOf(row)]))
}

const NEVER: Known = { enrolledAt: null, revokedAt: null, heardAt: null, heartbeat: null }
const orNull = (text: string): string | null => (text === '' ? null : text)

function knownOf(row: TerminalRow): Known {
  return {
    enrolledAt: row.enrolled_at,
    revokedAt: orNull(row.revoked_at),
    heardAt: orNull(row.heard_at),
    heartbeat: heartbeatOf(row),
  }
}

/** Null before the first, and for one that an older version of this program kept in another form. */
function heartbeatOf(row: TerminalRow): LastHeartbeat | null {
  return row.heartbeat === '' ? null : (lastHeartbeat.safeParse(JSON.parse(row.heartbeat)).data ?? null)
}

async function openKinds(service: Service): Promise<ReadonlyMap<string, AlarmKind[]>> {
  const rows = await service.selectFrom('alarms').select(['terminal', 'kind']).where('cleared_at', '=', '').execute()
  const kinds = new Map<string, AlarmKind[]>()
  for (const { terminal, kind } of rows) kinds.set(terminal, [...(kinds.get(terminal) ?? []), alarmKind.parse(kind)])
  return kinds
}

interface LineParts {
  known: ReadonlyMap<string, Known>
  circumstances: Circumstances
  names: ReadonlyMap<string, string>
  open: ReadonlyMap<string, AlarmKind[]>
}

function lineOf(profile: Profile, { known, circumstances, names, open }: LineParts): BoardLine {
  const own = known.get(profile.terminal) ?? NEVER
  const { terminal, name, township, kind } = profile
  return {
    ...{ terminal, name, township, kind },
    townshipName: names.get(township) ?? township,
    ...verdictOf(own, circumstances),
    // What is wrong right now, and what was raised and not cleared yet.
    alarms: [...new Set([...alarmsOf(own, circumstances).keys(), ...(open.get(terminal) ?? [])])],
    heardAt: own.heardAt,
    release: own.heartbeat?.shown?.number ?? null,
    dataUntil: own.heartbeat?.shown?.dataUntil ?? null,
    diskFreeBytes: own.heartbeat?.diskFreeBytes ?? null,
    clockOffsetMs: own.heartbeat?.clockOffsetMs ?? null,
    waiting: own.heartbeat?.waiting ?? null,
  }
}

/** Errors: E-INPUT, E-FORBIDDEN. */
export async function readTerminal(office: Office, terminal: string, actor: Actor, now: Date): Promise<TerminalPage> {
  const profile = requireTerminal(actor, terminal)
  const service = await office.service()
  const row = await findTerminal(service, terminal)
  const known = new Map(row === undefined ? [] : [[terminal, knownOf(row)]])
  const circumstances = await circumstancesOf(office, now)
  const parts = { known, circumstances, names: await townshipNames(office), open: await openKinds(service) }
  return {
    line: lineOf(profile, parts),
    heartbeat: row === undefined ? null : heartbeatOf(row),
    enrolledAt: row?.enrolled_at ?? null,
    key: row?.thumbprint ?? null,
    revoked: row === undefined || row.revoked_at === '' ? null : { at: row.revoked_at, why: row.revoked_why },
    token: await waitingToken(service, terminal, now),
    asks: await asksOf(service, terminal),
    alarms: await listAlarms(service, [terminal]),
    history: await historyOf(service, terminal),
  }
}

async function asksOf(service: Service, terminal: string): Promise<TerminalPage['asks']> {
  const rows = await service
    .selectFrom('asks')
    .selectAll()
    .where('terminal', '=', terminal)
    .orderBy('asked_at', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: askKind.parse(row.kind),
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    toldAt: orNull(row.told_at),
    cameAt: orNull(row.came_at),
    bytes: row.bytes,
  }))
}

async function historyOf(service: Service, terminal: string): Promise<TerminalPage['history']> {
  const rows = await service
    .selectFrom('heartbeats')
    .selectAll()
    .where('terminal', '=', terminal)
    .orderBy('at', 'desc')
    .limit(HISTORY_LINES)
    .execute()
  return rows.map((row) => ({
    at: row.at,
    release: row.release,
    diskFreeBytes: row.disk_free,
    clockOffsetMs: row.clock_offset_ms,
    refusal: row.refusal,
    error: row.error,
  }))
}
