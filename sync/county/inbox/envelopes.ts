// Envelopes as the inspectors see them, and what they write back. Every decision leaves an audit entry without a word of
// the message.

import type { Envelope, RoutingRequest } from '../../contract/console/inbox.ts'
import { deadlineClass } from '../../contract/console/inbox.ts'
import type { Actor } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import { localDay } from '../release/today.ts'
import type { Service } from '../service/service.ts'
import { routingBodies, UP } from './bodies.ts'
import { nextDue } from './deadlines.ts'

/** 'ordinary' leaves out what goes up; 'up' is that alone. */
export type InboxList = 'ordinary' | 'up'

function rows(service: Service) {
  return service
    .selectFrom('messages')
    .leftJoin('routings', 'routings.message', 'messages.id')
    .select(['messages.id', 'messages.terminal', 'messages.day'])
    .select(['routings.body', 'routings.deadlines', 'routings.goesUp', 'routings.told', 'routings.closed'])
    .select('routings.extended')
}

/** Open ones first, by what runs out soonest. */
export async function listEnvelopes(service: Service, list: InboxList, now: Date): Promise<Envelope[]> {
  const up = list === 'up' ? 1 : 0
  const found = await rows(service)
    .where((of) =>
      up === 1
        ? of('routings.goesUp', '=', 1)
        : of.or([of('routings.goesUp', '=', 0), of('routings.goesUp', 'is', null)]),
    )
    .execute()
  const sortKey = ({ due, day, id }: Envelope): string => `${due === null ? '9' : '0'}${due?.day ?? ''}${day}${id}`
  return found.map((row) => envelopeOf(row, localDay(now))).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

/** A message's sealed text. Errors: E-MISSING. */
export async function readMessage(service: Service, id: string, actor: Actor, now: Date): Promise<string> {
  const row = await service.selectFrom('messages').select('sealed').where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new SunhallError('E-MISSING', `没有编号为 ${id} 的来信`)
  await appendAudit(service, { actor: actor.login, action: 'message-read', object: `message ${id}` }, now)
  return row.sealed
}

/** Writes the routing. Errors: E-MISSING, E-INPUT for a body that isn't in the vocabulary or that the matter accuses. */
export async function routeMessage(
  office: Office,
  id: string,
  request: RoutingRequest,
  actor: Actor,
  now: Date,
): Promise<Envelope> {
  await requireBody(office, request)
  const service = await office.service()
  const before = await rows(service).where('messages.id', '=', id).executeTakeFirst()
  if (before === undefined) throw new SunhallError('E-MISSING', `没有编号为 ${id} 的来信`)
  const day = localDay(now)
  const routing = {
    ...{ body: request.body, deadlines: request.deadlines, goesUp: request.goesUp ? 1 : 0 },
    told: request.told ? before.told || day : '',
    closed: request.closed ? before.closed || day : '',
    ...{ extended: request.extended ? 1 : 0, by: actor.login, day },
  }
  await service
    .insertInto('routings')
    .values({ message: id, ...routing })
    .onConflict((on) => on.column('message').doUpdateSet(routing))
    .execute()
  // Where it goes up, not even the trail of the office says to whom.
  const detail = {
    ...{ deadlines: request.deadlines, told: request.told, closed: request.closed, extended: request.extended },
    ...(request.goesUp ? {} : { body: request.body }),
  }
  await appendAudit(service, { actor: actor.login, action: 'message-route', object: `message ${id}`, detail }, now)
  return envelopeOf({ ...before, ...routing }, day)
}

/** 检举控告工作规则 47: never to the body that it accuses; 15: one about the head of the organ goes straight up. */
async function requireBody(office: Office, { body, accuses, goesUp }: RoutingRequest): Promise<void> {
  if (!(await routingBodies(await office.books())).some(({ code }) => code === body))
    throw new SunhallError('E-INPUT', '没有这个办理单位，请从列表里选')
  if (accuses.includes(body)) throw new SunhallError('E-INPUT', '不能转给被反映的单位，请另选一个')
  if (goesUp && body !== UP.code) throw new SunhallError('E-INPUT', '反映本机关负责人的，只能报送上一级')
}

interface EnvelopeRow {
  id: string
  terminal: string
  day: string
  body: string | null
  deadlines: string | null
  goesUp: number | null
  told: string | null
  closed: string | null
  extended: number | null
}

function envelopeOf(row: EnvelopeRow, today: string): Envelope {
  const deadlines = row.deadlines === null ? null : deadlineClass.parse(row.deadlines)
  const { told, closed, extended } = { told: row.told ?? '', closed: row.closed ?? '', extended: row.extended === 1 }
  const routing =
    deadlines === null || row.body === null
      ? null
      : { body: row.body, deadlines, goesUp: row.goesUp === 1, extended, told, closed }
  const due = nextDue({ arrived: row.day, deadlines, told, closed, extended }, today)
  return { id: row.id, terminal: row.terminal, day: row.day, routing, due }
}
