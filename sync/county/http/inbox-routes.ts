// The inbox over HTTP: what terminals hand in (/terminal/messages), and the inspectors' page (/console/api/inbox). The
// server carries sealed messages both ways and opens none.
import { Hono } from 'hono'
import { MAX_HAND_OVER_BYTES, receiveBatch } from '../inbox/receive.ts'
import { readBytes } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'

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
