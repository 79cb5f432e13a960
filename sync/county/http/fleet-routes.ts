// The terminals over HTTP: what they send of themselves (/terminal), and the console's board (/console/api/fleet).
import { type Context, Hono } from 'hono'
import { acknowledgeRequest, askRequest, fleetSettings, revokeRequest } from '../../contract/console/fleet.ts'
import { MAX_HEARTBEAT_CHARS, MAX_UPLOAD_BYTES, UPLOAD_HEADER } from '../../contract/fleet.ts'
import { acknowledgeAlarm, listAlarms } from '../fleet/alarms.ts'
import type { SentAnswer } from '../fleet/answers.ts'
import { askTerminal, readUpload, receiveUpload } from '../fleet/asks.ts'
import { readBoard, readTerminal } from '../fleet/board.ts'
import { requireTerminal, visibleTerminals } from '../fleet/places.ts'
import { receiveEnrolment, receiveHeartbeat } from '../fleet/receive.ts'
import { revokeTerminal } from '../fleet/revoke.ts'
import { readFleetSettings, writeFleetSettings } from '../fleet/settings.ts'
import { issueToken } from '../fleet/tokens.ts'
import { readUsage, type UsageQuestion, usageCsv, usageRows } from '../fleet/usage.ts'
import { readBytes, readJson } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

/** Who needs to know whether what they published arrived; only a technician changes anything. */
const READERS = ['technician', 'operator', 'reviewer', 'publisher', 'inspector'] as const

type FleetParts = Pick<HttpParts, 'office' | 'now'>

/** From terminals: no session, no cookie; each body is signed by the terminal's own key. */
export function terminalFleetRoutes({ office, now }: FleetParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const jws = async (context: Context<HttpEnv>): Promise<string> =>
    (await readBytes(context, MAX_HEARTBEAT_CHARS)).toString('latin1').trim()
  const send = ({ body, status, type }: SentAnswer): Response =>
    new Response(body, { status, headers: { 'content-type': type, 'cache-control': 'no-store' } })
  routes.post('/enrol', async (context) => send(await receiveEnrolment(office, await jws(context), now())))
  routes.post('/heartbeat', async (context) => send(await receiveHeartbeat(office, await jws(context), now())))
  routes.post('/uploads/:id', async (context) => {
    const signed = context.req.header(UPLOAD_HEADER) ?? ''
    const bytes = await readBytes(context, MAX_UPLOAD_BYTES)
    await receiveUpload(office, context.req.param('id'), signed, bytes, now())
    return context.json({})
  })
  return routes
}

/** For the console, below /console/api/fleet (sync/contract/console/fleet.ts). */
export function fleetRoutes(parts: FleetParts): Hono<HttpEnv> {
  const { office, now } = parts
  const routes = new Hono<HttpEnv>()
  routes.get('/board', guarded(...READERS), async (context) =>
    context.json(await readBoard(office, context.get('actor'), now())),
  )
  routes.get('/alarms', guarded(...READERS), async (context) => {
    const terminals = visibleTerminals(context.get('actor')).map(({ terminal }) => terminal)
    return context.json({ alarms: await listAlarms(await office.service(), terminals) })
  })
  routes.post('/alarms/:id/acknowledge', guarded('technician'), async (context) => {
    const { note } = await readJson(context, acknowledgeRequest)
    await acknowledgeAlarm(await office.service(), context.req.param('id'), note, context.get('actor'), now())
    return context.json({})
  })
  routes.get('/settings', guarded(...READERS), async (context) =>
    context.json(await readFleetSettings(await office.service())),
  )
  routes.post('/settings', guarded('technician'), async (context) => {
    await writeFleetSettings(
      await office.service(),
      await readJson(context, fleetSettings),
      context.get('actor'),
      now(),
    )
    return context.json({})
  })
  terminalPages(routes, parts)
  usagePages(routes, parts)
  return routes
}

function terminalPages(routes: Hono<HttpEnv>, { office, now }: FleetParts): void {
  routes.get('/terminals/:id', guarded(...READERS), async (context) =>
    context.json(await readTerminal(office, context.req.param('id'), context.get('actor'), now())),
  )
  routes.post('/terminals/:id/token', guarded('technician'), async (context) =>
    context.json(await issueToken(await office.service(), context.req.param('id'), context.get('actor'), now())),
  )
  routes.post('/terminals/:id/revoke', guarded('technician'), async (context) => {
    const { why } = await readJson(context, revokeRequest)
    await revokeTerminal(await office.service(), context.req.param('id'), why, context.get('actor'), now())
    return context.json({})
  })
  routes.post('/terminals/:id/ask', guarded('technician'), async (context) => {
    const { kind } = await readJson(context, askRequest)
    await askTerminal(await office.service(), context.req.param('id'), kind, context.get('actor'), now())
    return context.json({})
  })
  routes.get('/uploads/:id', guarded('technician'), async (context) => {
    const { kind, bytes } = await readUpload(office, context.req.param('id'), context.get('actor'), now())
    const type = kind === 'log' ? 'text/plain; charset=utf-8' : 'image/png'
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': type, 'cache-control': 'no-store' } })
  })
}

function usagePages(routes: Hono<HttpEnv>, { office }: FleetParts): void {
  const question = (context: Context<HttpEnv>): UsageQuestion => {
    const { from = '', to = '', terminal } = context.req.query()
    const actor = context.get('actor')
    const visible = terminal === undefined ? visibleTerminals(actor) : [requireTerminal(actor, terminal)]
    return { from, to, terminals: visible.map((one) => one.terminal) }
  }
  routes.get('/usage', guarded(...READERS), async (context) =>
    context.json(await readUsage(await office.service(), question(context))),
  )
  routes.get('/usage.csv', guarded(...READERS), async (context) => {
    const asked = question(context)
    const csv = usageCsv(await usageRows(await office.service(), asked))
    const name = `usage-${asked.from}-${asked.to}.csv`
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    }
    return new Response(csv, { headers })
  })
}
