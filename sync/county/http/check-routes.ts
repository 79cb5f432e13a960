// Checks over HTTP, below /console/api/checks (sync/contract/console/checks.ts). The rules run as a job; nothing here walks
// the books.
import { type Context, Hono } from 'hono'
import { checkLevel, checkSettings, justifyRequest } from '../../contract/console/checks.ts'
import { findingsCsv } from '../checks/csv.ts'
import { type FindingFilter, justify, listFindings } from '../checks/findings.ts'
import { findingView, readOverview } from '../checks/overview.ts'
import { writeCheckSettings } from '../checks/settings.ts'
import { readJson } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

const READERS = ['operator', 'reviewer', 'publisher'] as const
const PAGE = 100

export function checkRoutes({ office, jobs, now }: HttpParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/', guarded(...READERS), async (context) =>
    context.json(await readOverview(office, context.get('actor'))),
  )
  routes.post('/run', guarded(...READERS), (context) =>
    context.json(jobs.start({ verb: 'check', args: [], title: '检查全部数据', actor: context.get('actor') })),
  )
  routes.get('/findings', guarded(...READERS), async (context) => {
    const { findings, total } = await listFindings(await office.service(), {
      ...filterOf(context),
      offset: Math.trunc(Number(context.req.query('offset') ?? 0)) || 0,
      limit: PAGE,
    })
    return context.json({ findings: findings.map(findingView), total })
  })
  routes.get('/findings.csv', guarded(...READERS), async (context) => {
    const { findings } = await listFindings(await office.service(), filterOf(context))
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="findings.csv"',
    }
    return new Response(findingsCsv(findings), { headers })
  })
  routes.post('/justify', guarded('operator', 'reviewer'), async (context) => {
    const asked = await readJson(context, justifyRequest)
    const where = asked.import === undefined ? {} : { import: asked.import }
    const what = asked.id === undefined ? { rule: asked.rule ?? '', ...where } : { id: asked.id }
    const { words } = asked
    const justified = await justify(await office.service(), { what, words }, context.get('actor'), now())
    return context.json({ justified })
  })
  routes.post('/settings', guarded('reviewer'), async (context) => {
    const settings = await readJson(context, checkSettings)
    await writeCheckSettings(await office.service(), settings, context.get('actor'), now())
    return context.json({})
  })
  return routes
}

function filterOf(context: Context<HttpEnv>): FindingFilter {
  const { rule, level, import: number, justified } = context.req.query()
  const known = checkLevel.safeParse(level).data
  return {
    township: context.get('actor').township,
    justified: justified === '1',
    ...(rule === undefined ? {} : { rule }),
    ...(known === undefined ? {} : { level: known }),
    ...(number !== undefined && /^\d{1,9}$/.test(number) ? { import: Number(number) } : {}),
  }
}
