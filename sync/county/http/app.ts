// The office's HTTP interface: the console with its routes, and what terminals send. Each room adds its routes in one
// line; what stands before them all is in protect.ts.
import { Hono } from 'hono'
import { SunhallError } from '../../contract/errors.ts'
import { auditRoutes } from './audit-routes.ts'
import { checkRoutes } from './check-routes.ts'
import { consoleFiles } from './console-files.ts'
import { draftRoutes } from './draft-routes.ts'
import { fleetRoutes, terminalFleetRoutes } from './fleet-routes.ts'
import { importRoutes } from './import-routes.ts'
import { inboxRoutes, terminalInboxRoutes } from './inbox-routes.ts'
import { jobsRoutes } from './jobs-routes.ts'
import { matchRoutes } from './match-routes.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { pictureRoutes } from './picture-routes.ts'
import { problemOf } from './problem.ts'
import { headers, ownHost, session } from './protect.ts'
import { sessionRoutes } from './session-routes.ts'
import { usersRoutes } from './users-routes.ts'

export function createApp(parts: HttpParts): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.onError((error, context) => {
    const { status, problem } = problemOf(error)
    if (status === 500) parts.warn(`${problem.code}: ${context.req.method} ${context.req.path}: ${error.message}`)
    return context.json(problem, status)
  })
  app.notFound((context) => context.json({ code: 'E-MISSING', message: '没有找到' }, 404))
  app.use('*', headers())
  app.route('/terminal', terminalFleetRoutes(parts))
  app.route('/terminal', terminalInboxRoutes(parts))
  if (parts.consoleFolder !== null) app.route('/console', consoleApp(parts, parts.consoleFolder))
  return app
}

function consoleApp(parts: HttpParts, folder: string): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use('*', ownHost(parts.names))
  app.use('/api/*', session(parts))
  app.route('/api/session', sessionRoutes(parts))
  app.route('/api/jobs', jobsRoutes(parts))
  app.route('/api/checks', checkRoutes(parts))
  app.route('/api/pictures', pictureRoutes(parts))
  app.route('/api/drafts', draftRoutes(parts))
  app.route('/api/match', matchRoutes(parts))
  app.route('/api/fleet', fleetRoutes(parts))
  app.route('/api/inbox', inboxRoutes(parts))
  app.route('/api/imports', importRoutes(parts))
  app.route('/api/users', usersRoutes(parts))
  app.route('/api/audit', auditRoutes(parts))
  app.all('/api/*', () => {
    throw new SunhallError('E-MISSING', '没有找到')
  })
  app.route('/', consoleFiles(folder))
  return app
}
