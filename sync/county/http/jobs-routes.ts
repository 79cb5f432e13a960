// Long work that the person started: where it stands, and how to break it off.
import { Hono } from 'hono'
import { SunhallError } from '../../contract/errors.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

export function jobsRoutes({ jobs }: HttpParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/', guarded(), (context) => context.json({ jobs: jobs.list(context.get('actor').login) }))
  routes.get('/:id', guarded(), (context) => {
    const job = jobs.find(context.req.param('id'), context.get('actor').login)
    if (job === null) throw new SunhallError('E-MISSING', '没有这项工作，或它不是您开始的')
    return context.json(job)
  })
  routes.delete('/:id', guarded(), (context) => {
    const job = jobs.cancel(context.req.param('id'), context.get('actor').login)
    if (job === null) throw new SunhallError('E-MISSING', '没有这项工作，或它不是您开始的')
    return context.json(job)
  })
  return routes
}
