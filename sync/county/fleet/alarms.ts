// Alarms: raised once, with a record, when a terminal goes wrong; cleared, with a record, when it is well again. A
// person acknowledges one: it stays open, but somebody has taken it on.
//
//   (none) ─ seen wrong ─► open ─ acknowledged by … ─► open, taken on
//                            └──────── seen well ──────────┴─► cleared     wrong again ─► a new alarm
import { randomBytes } from 'node:crypto'
import { type AlarmKind, type AlarmLine, alarmKind } from '../../contract/console/fleet.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Actor, requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Service } from '../service/service.ts'
import { nameOf, requireTerminal } from './places.ts'

const ID_BYTES = 12

export interface AlarmChange {
  terminal: string
  kind: AlarmKind
  detail: string
}

/** Brings the records up to what is seen now. Gives back what was raised and what was cleared. */
export async function settleAlarms(
  service: Service,
  seen: ReadonlyMap<string, ReadonlyMap<AlarmKind, string>>,
  now: Date,
): Promise<{ raised: AlarmChange[]; cleared: AlarmChange[] }> {
  const open = await openAlarms(service)
  const raised: AlarmChange[] = []
  for (const [terminal, alarms] of seen) {
    for (const [kind, detail] of alarms) {
      if (open.some((one) => one.terminal === terminal && one.kind === kind)) continue
      await raise(service, { terminal, kind, detail }, now)
      raised.push({ terminal, kind, detail })
    }
  }
  const over = open.filter(({ terminal, kind }) => seen.get(terminal)?.has(kind) !== true)
  for (const alarm of over) await clear(service, alarm, now)
  return { raised, cleared: over.map(({ terminal, kind, detail }) => ({ terminal, kind, detail })) }
}

async function openAlarms(service: Service): Promise<(AlarmChange & { id: string })[]> {
  const rows = await service.selectFrom('alarms').selectAll().where('cleared_at', '=', '').execute()
  return rows.map(({ id, terminal, kind, detail }) => ({ id, terminal, kind: alarmKind.parse(kind), detail }))
}

async function raise(service: Service, { terminal, kind, detail }: AlarmChange, now: Date): Promise<void> {
  const id = randomBytes(ID_BYTES).toString('base64url')
  const nothing = { cleared_at: '', acknowledged_at: '', acknowledged_by: '', note: '' }
  await service
    .insertInto('alarms')
    .values({ id, terminal, kind, detail, raised_at: now.toISOString(), ...nothing })
    .execute()
  const entry = { actor: 'system', action: 'alarm', object: `terminal ${terminal}`, detail: { kind, detail } }
  await appendAudit(service, entry, now)
}

async function clear(service: Service, { id, terminal, kind }: AlarmChange & { id: string }, now: Date): Promise<void> {
  await service.updateTable('alarms').set({ cleared_at: now.toISOString() }).where('id', '=', id).execute()
  const entry = { actor: 'system', action: 'alarm-cleared', object: `terminal ${terminal}`, detail: { kind } }
  await appendAudit(service, entry, now)
}

/** Open ones first, the newest of each first; the last 200 that are over. */
export async function listAlarms(service: Service, terminals: readonly string[]): Promise<AlarmLine[]> {
  if (terminals.length === 0) return []
  const rows = await service
    .selectFrom('alarms')
    .selectAll()
    .where('terminal', 'in', terminals)
    .orderBy('raised_at', 'desc')
    .limit(500)
    .execute()
  const lines = rows.map((row) => ({
    id: row.id,
    terminal: row.terminal,
    name: nameOf(row.terminal),
    kind: alarmKind.parse(row.kind),
    detail: row.detail,
    raisedAt: row.raised_at,
    clearedAt: row.cleared_at === '' ? null : row.cleared_at,
    acknowledgedAt: row.acknowledged_at === '' ? null : row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    note: row.note,
  }))
  const over = lines.filter(({ clearedAt }) => clearedAt !== null).slice(0, 200)
  return [...lines.filter(({ clearedAt }) => clearedAt === null), ...over]
}

/** Errors: E-INPUT for an unknown one, E-FORBIDDEN, E-STATE for one that somebody has acknowledged already. */
export async function acknowledgeAlarm(
  service: Service,
  id: string,
  note: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  requireRole(actor, 'technician')
  const row = await service.selectFrom('alarms').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new SunhallError('E-INPUT', `Expected the id of an alarm, got ${id.slice(0, 20)}`)
  requireTerminal(actor, row.terminal)
  const { numUpdatedRows } = await service
    .updateTable('alarms')
    .set({ acknowledged_at: now.toISOString(), acknowledged_by: actor.login, note })
    .where('id', '=', id)
    .where('acknowledged_at', '=', '')
    .executeTakeFirst()
  if (Number(numUpdatedRows) !== 1)
    throw new SunhallError('E-STATE', `Expected an alarm that nobody has taken on, got one of ${row.acknowledged_by}`)
  const object = `terminal ${row.terminal}`
  await appendAudit(service, { actor: actor.login, action: 'acknowledge', object, detail: { kind: row.kind } }, now)
}
