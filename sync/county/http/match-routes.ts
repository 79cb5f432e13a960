// Data matching over HTTP: registers, rules, runs, suspects and decisions, for reviewers and inspectors of the county.
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { stream } from 'hono/streaming'
import {
  decisionSchema,
  type MatchOverview,
  matchRuleSchema,
  registerSchema,
  type SuspectQuery,
  suspectQuerySchema,
} from '../../contract/console/match.ts'
import { SunhallError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import { MATCH_ROLES, requireMatcher } from '../match/access.ts'
import { suspectsAsCsv } from '../match/export-suspects.ts'
import { dropRegister, listRegisters } from '../match/registers.ts'
import { listRules, saveRule } from '../match/rules.ts'
import { listRuns } from '../match/runs.ts'
import { countByState, decideSuspect, listSuspects, suspectDetail } from '../match/suspects.ts'
import { readJson, saveBody } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

/** Bytes of a register: 80,000 rows are about 8 MB. */
const REGISTER_LIMIT = 128 << 20

export function matchRoutes(parts: HttpParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.use('*', guarded(...MATCH_ROLES), wholeCounty())
  routes.get('/', async (context) => context.json(await overview(parts)))
  addRegisterRoutes(routes, parts)
  addSuspectRoutes(routes, parts)
  routes.put('/rules/:id', async (context) => {
    const rule = await readJson(context, matchRuleSchema)
    if (rule.id !== context.req.param('id')) throw new SunhallError('E-INPUT', '规则编号和地址不一致')
    const { login } = context.get('actor')
    const saved = await saveRule(await parts.office.service(), rule, login, parts.now())
    await note(context, parts, 'match-rule', `rule ${saved.id}`, { enabled: saved.enabled, register: saved.register })
    return context.json(saved)
  })
  routes.post('/runs', (context) => {
    const order = { verb: 'match', args: ['run'], title: '数据比对', actor: context.get('actor') }
    return context.json(parts.jobs.start(order), 202)
  })
  return routes
}

function addRegisterRoutes(routes: Hono<HttpEnv>, parts: HttpParts): void {
  routes.post('/registers/:register', async (context) => {
    const register = registerOf(context)
    const name = context.req.query('name') ?? ''
    const kind = /\.(csv|xlsx)$/i.exec(name)?.[1]?.toLowerCase()
    if (kind === undefined) throw new SunhallError('E-INPUT', '请选 .xlsx 或 .csv 文件')
    const { path } = await saveBody(context, join(parts.office.folder, 'uploads'), REGISTER_LIMIT)
    const file = `${path}.${kind}`
    renameSync(path, file)
    const order = {
      verb: 'match',
      args: ['import', register, file, '--file-name', name.replace(/^-+/, '').slice(-120)],
      title: `导入 ${name.slice(-60)}`,
      actor: context.get('actor'),
      // A register lies nowhere but in its table.
      ended: () => rmSync(file, { force: true }),
    }
    return context.json(parts.jobs.start(order), 202)
  })
  routes.delete('/registers/:register', async (context) => {
    const register = registerOf(context)
    await dropRegister(await parts.office.service(), register)
    await note(context, parts, 'match-forget', `register ${register}`, {})
    return context.json({ ok: true })
  })
}

function addSuspectRoutes(routes: Hono<HttpEnv>, parts: HttpParts): void {
  const { office, now } = parts
  routes.get('/suspects', async (context) => context.json(await listSuspects(office, queryOf(context))))
  routes.get('/suspects.csv', async (context) => {
    const query = queryOf(context)
    await note(context, parts, 'match-export', 'suspects', { state: query.state ?? 'all' })
    context.header('content-type', 'text/csv; charset=utf-8')
    context.header('content-disposition', 'attachment; filename="suspects.csv"')
    return stream(context, async (out) => {
      for await (const text of suspectsAsCsv(office, query)) await out.write(text)
    })
  })
  routes.get('/suspects/:id{\\d+}', async (context) =>
    context.json(await suspectDetail(office, Number(context.req.param('id')))),
  )
  routes.post('/suspects/:id{\\d+}/decision', async (context) => {
    const id = Number(context.req.param('id'))
    const decision = await readJson(context, decisionSchema)
    const { login } = context.get('actor')
    const { before } = await decideSuspect(await office.service(), id, decision, login, now())
    await note(context, parts, 'match-decide', `suspect ${id}`, { before, state: decision.state })
    return context.json(await suspectDetail(office, id))
  })
}

async function overview({ office }: HttpParts): Promise<MatchOverview> {
  const service = await office.service()
  return {
    registers: await listRegisters(service),
    rules: await listRules(service),
    runs: await listRuns(service),
    counts: await countByState(service),
  }
}

function wholeCounty(): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    requireMatcher(context.get('actor'))
    await next()
  }
}

function registerOf(context: Context<HttpEnv>) {
  const read = registerSchema.safeParse(context.req.param('register'))
  if (read.success) return read.data
  throw new SunhallError('E-MISSING', '没有这种登记册')
}

function queryOf(context: Context<HttpEnv>): SuspectQuery {
  const read = suspectQuerySchema.safeParse(context.req.query())
  if (read.success) return read.data
  throw new SunhallError('E-INPUT', `Expected a query as agreed, got ${read.error.issues[0]?.message ?? 'another'}`)
}

async function note(
  context: Context<HttpEnv>,
  { office, now }: HttpParts,
  action: string,
  object: string,
  detail: { readonly [name: string]: string | boolean },
): Promise<void> {
  await appendAudit(await office.service(), { actor: context.get('actor').login, action, object, detail }, now())
}
