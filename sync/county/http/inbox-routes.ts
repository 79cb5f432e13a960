// The inbox over HTTP: what terminals hand in (/terminal/messages), and the inspectors' page (/console/api/inbox). The
// server carries sealed messages both ways and opens none.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { privateAnswerRequest, publicAnswerRequest, routingRequest } from '../../contract/console/inbox.ts'
import { appendAudit } from '../audit/audit.ts'
import { giveAnswer } from '../inbox/answers.ts'
import { routingBodies } from '../inbox/bodies.ts'
import { listEnvelopes, readMessage, routeMessage } from '../inbox/envelopes.ts'
import { ANSWER_ARGUMENTS, writeAnswerFile } from '../inbox/public-answer.ts'
import { MAX_HAND_OVER_BYTES, receiveBatch } from '../inbox/receive.ts'
import { readBytes, readJson } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

/** From terminals: no session, no cookie. */
export function terminalInboxRoutes({ office, now }: HttpParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.post('/messages', async (context) => {
    const body = (await readBytes(context, MAX_HAND_OVER_BYTES)).toString('utf8')
    const jws = /^application\/jose(;|$)/i.test(context.req.header('content-type') ?? '')
    return context.json(await receiveBatch(office, body, jws, now()))
  })
  return routes
}

/** For the inspectors alone, below /console/api/inbox (sync/contract/console/inbox.ts). */
export function inboxRoutes(parts: HttpParts): Hono<HttpEnv> {
  const { office, now } = parts
  const routes = new Hono<HttpEnv>()
  routes.use('*', guarded('inspector'))
  routes.get('/', async (context) => {
    const list = context.req.query('list') === 'up' ? 'up' : 'ordinary'
    return context.json({ envelopes: await listEnvelopes(await office.service(), list, now()) })
  })
  routes.get('/bodies', async (context) => context.json({ bodies: await routingBodies(await office.books()) }))
  routes.get('/messages/:id', async (context) => {
    const id = context.req.param('id')
    return context.json({ id, sealed: await readMessage(await office.service(), id, context.get('actor'), now()) })
  })
  routes.put('/messages/:id', async (context) => {
    const request = await readJson(context, routingRequest)
    return context.json(await routeMessage(office, context.req.param('id'), request, context.get('actor'), now()))
  })
  routes.post('/answers', async (context) => {
    await giveAnswer(await office.books(), await readJson(context, privateAnswerRequest))
    const actor = context.get('actor').login
    // Neither label nor message: the trail must not join them.
    await appendAudit(await office.service(), { actor, action: 'answer-private', object: 'answers' }, now())
    return context.json({})
  })
  routes.post('/public-answers', (context) => publicAnswer(context, parts))
  return routes
}

async function publicAnswer(context: Context<HttpEnv>, { office, now, jobs }: HttpParts): Promise<Response> {
  const answer = await readJson(context, publicAnswerRequest)
  const path = writeAnswerFile(join(office.folder, 'uploads'), answer, now())
  const actor = context.get('actor')
  const ended = (): void => rmSync(path, { force: true })
  const args = ['notices', path, ...ANSWER_ARGUMENTS]
  return context.json(jobs.start({ verb: 'import', args, title: '公开答复', actor, ended }))
}
