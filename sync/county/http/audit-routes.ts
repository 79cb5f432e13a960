// The audit trail for those who may read it: a page at a time, the check, and a copy.
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { SunhallError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import { checkAudit } from '../audit/check.ts'
import { exportAudit } from '../audit/export.ts'
import { type AuditFilter, readAudit } from '../audit/read.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

const PAGE = 100
const mayRead = guarded('auditor')

export function auditRoutes({ office, now }: HttpParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/', mayRead, async (context) => {
    const filter = filterOf((name) => context.req.query(name))
    const rows = await readAudit(await office.service(), filter, PAGE + 1)
    const entries = rows.slice(0, PAGE).map(({ before: _, ...entry }) => entry)
    return context.json({ entries, more: rows.length > PAGE })
  })
  routes.post('/check', mayRead, async (context) => {
    const service = await office.service()
    const found = await checkAudit(service, office.dist)
    const detail = { ok: found.ok, entries: found.entries, releases: found.releases }
    const { login } = context.get('actor')
    await appendAudit(service, { actor: login, action: 'audit-check', object: 'audit', detail }, now())
    return context.json(found)
  })
  routes.get('/export/:format', mayRead, async (context) => {
    const format = context.req.param('format')
    if (format !== 'jsonl' && format !== 'csv')
      throw new SunhallError('E-INPUT', `Expected jsonl or csv, got "${format.slice(0, 20)}"`)
    const lines = Readable.toWeb(
      Readable.from(exportAudit(await office.service(), format)).map((line) => Buffer.from(line)),
    )
    return context.body(lines as ReadableStream, 200, {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      'content-disposition': `attachment; filename="audit-${now().toISOString().slice(0, 10)}.${format}"`,
    })
  })
  return routes
}

function filterOf(query: (name: string) => string | undefined): AuditFilter {
  const filter: AuditFilter = {}
  const below = query('below')
  if (below !== undefined && /^\d{1,12}$/.test(below)) filter.below = Number(below)
  for (const name of ['actor', 'action', 'object'] as const) {
    const value = query(name)
    if (value !== undefined && value !== '') filter[name] = value.slice(0, 200)
  }
  return filter
}
