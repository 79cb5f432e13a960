// Drafts and releases on the console, below /console/api/drafts (sync/contract/console/drafts.ts). What takes long or signs
// runs as a child process; the release key's passphrase goes into that child's environment and nowhere else.
import { type Context, Hono } from 'hono'
import {
  approveRequest,
  type DraftSummary,
  type DraftsAnswer,
  type DraftView,
  publishRequest,
  rejectRequest,
  republishRequest,
  withdrawRequest,
} from '../../contract/console/drafts.ts'
import { SunhallError } from '../../contract/errors.ts'
import { countOpen } from '../checks/findings.ts'
import { noteRules, rulesFor } from '../disclosure/rule-versions.ts'
import { reject } from '../drafts/approve.ts'
import { readDifference, readRows } from '../drafts/difference.ts'
import { type Draft, draftFolder, isOpen, listDrafts, readDraft } from '../drafts/draft.ts'
import { firstHeldBy, importsOf } from '../drafts/imports.ts'
import { isPractice } from '../drafts/practice.ts'
import { previewPlaces, previewRows } from '../drafts/preview.ts'
import { schedule } from '../drafts/publish-draft.ts'
import { refusals } from '../drafts/refusals.ts'
import { needsPassphrase } from '../keys/root.ts'
import { listReleases } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import { readJson } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

const READERS = ['operator', 'reviewer', 'publisher'] as const
const PAGE = 100
type Request = Context<HttpEnv>

export function draftRoutes(parts: HttpParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  readingRoutes(routes, parts)
  decidingRoutes(routes, parts)
  startingRoutes(routes, parts)
  return routes
}

function readingRoutes(routes: Hono<HttpEnv>, { office, now }: HttpParts): void {
  const asked = async (context: Request): Promise<Draft> => {
    requireCounty(context)
    return readDraft(await office.service(), idOf(context))
  }
  routes.get('/', guarded(...READERS), async (context) => context.json(await overview({ office })))
  routes.get('/:id{[0-9]+}', guarded(...READERS), async (context) => {
    const draft = await asked(context)
    const found = await refusals(office, draft, context.get('actor'), await countOpen(await office.service()))
    const difference = readDifference(draftFolder(office, draft.id))
    const view: DraftView = {
      draft: summaryOf(draft),
      imports: (await importsOf(office, draft.imports)).map(briefly),
      difference,
      rules: rulesFor(draft, difference, await noteRules(office, now())),
      refusals: found.map(({ chinese }) => chinese),
      needsPassphrase: needsPassphrase(office),
    }
    return context.json(view)
  })
  routes.get('/:id{[0-9]+}/rows/:kind', guarded(...READERS), async (context) => {
    const draft = await asked(context)
    return context.json(readRows(draftFolder(office, draft.id), context.req.param('kind'), fromOf(context), PAGE))
  })
  routes.get('/:id{[0-9]+}/places', guarded(...READERS), async (context) =>
    context.json(previewPlaces(office, await asked(context))),
  )
  routes.get('/:id{[0-9]+}/preview', guarded(...READERS), async (context) => {
    const draft = await asked(context)
    const { part = '', village = '', kind = '' } = context.req.query()
    return context.json(previewRows(office, draft, { part, village, kind, offset: fromOf(context), limit: PAGE }))
  })
}

async function overview({ office }: Pick<HttpParts, 'office'>): Promise<DraftsAnswer> {
  const withdrawn = new Set(publishedRelease(office.dist)?.record.withdrawn ?? [])
  const releases: DraftsAnswer['releases'] = []
  for (const { number, signedAt, dataUntil, rows, reviewed } of await listReleases(office))
    releases.push({
      number,
      signedAt,
      dataUntil,
      reviewed,
      withdrawn: withdrawn.has(number),
      rows: Object.values(rows).reduce((sum, count) => sum + count, 0),
      imports: (await importsOf(office, await firstHeldBy(office, number))).map(briefly),
    })
  const drafts = await listDrafts(await office.service())
  return { drafts: drafts.map(summaryOf), releases: releases.reverse(), practice: await isPractice(office) }
}

function decidingRoutes(routes: Hono<HttpEnv>, { office, now, jobs }: HttpParts): void {
  routes.post('/:id{[0-9]+}/approve', guarded('reviewer'), async (context) => {
    requireCounty(context)
    const id = idOf(context)
    const { fingerprint, passphrase } = await readJson(context, approveRequest)
    const { id: job } = jobs.start({
      verb: 'approve',
      args: [String(id), '--fingerprint', fingerprint],
      title: `批准第 ${id} 稿并签名`,
      actor: context.get('actor'),
      secrets: passphrase === '' ? {} : { SUNHALL_PASSPHRASE: passphrase },
    })
    return context.json({ job })
  })
  routes.post('/:id{[0-9]+}/reject', guarded('reviewer', 'publisher'), async (context) => {
    requireCounty(context)
    const { words } = await readJson(context, rejectRequest)
    return context.json(summaryOf(await reject(office, idOf(context), context.get('actor'), words, now())))
  })
  routes.post('/:id{[0-9]+}/publish', guarded('publisher'), async (context) => {
    requireCounty(context)
    const id = idOf(context)
    const { at } = await readJson(context, publishRequest)
    const actor = context.get('actor')
    if (at !== null) {
      await schedule(office, id, actor.login, new Date(at), now())
      return context.json({ job: '' })
    }
    const { id: job } = jobs.start({ verb: 'publish', args: [String(id)], title: `发布第 ${id} 稿`, actor })
    return context.json({ job })
  })
}

function startingRoutes(routes: Hono<HttpEnv>, { jobs }: HttpParts): void {
  routes.post('/', guarded(...READERS), (context) => {
    requireCounty(context)
    const order = { verb: 'draft', args: ['propose'], title: '生成送审稿', actor: context.get('actor') }
    return context.json({ job: jobs.start(order).id })
  })
  routes.post('/withdraw', guarded('publisher'), async (context) => {
    requireCounty(context)
    const { release, imports, why } = await readJson(context, withdrawRequest)
    const chosen = imports.length === 0 ? [] : ['--imports', imports.join(',')]
    // With '=': words that begin with a dash are no option.
    const args = [String(release), `--why=${why}`, ...chosen]
    const order = { verb: 'withdraw', args, title: `撤回第 ${release} 期`, actor: context.get('actor') }
    return context.json({ job: jobs.start(order).id })
  })
  routes.post('/republish', guarded('publisher'), async (context) => {
    requireCounty(context)
    const { release } = await readJson(context, republishRequest)
    const order = {
      verb: 'republish',
      args: [String(release)],
      title: `重新发布第 ${release} 期`,
      actor: context.get('actor'),
    }
    return context.json({ job: jobs.start(order).id })
  })
}

/** A release is the whole county's: a township's account sees its own rows where it imports them. Errors: E-FORBIDDEN. */
function requireCounty(context: Request): void {
  if (context.get('actor').township !== null)
    throw new SunhallError('E-FORBIDDEN', '送审稿是全县的，由县办公室的账号办理')
}

function summaryOf(draft: Draft): DraftSummary {
  const { id, kind, state, number, base, fingerprint, withdraws, why, words, publishedAt } = draft
  const { proposedName, proposedAt, decidedName, decidedAt, publishAt } = draft
  return {
    ...{ id, kind, state, number, base, fingerprint, withdraws, why, words, publishedAt },
    ...{ proposedName, proposedAt, decidedName, decidedAt },
    publishAt: isOpen(draft) ? publishAt : '',
  }
}

function briefly({ id, table, file, rows, by, at }: Awaited<ReturnType<typeof importsOf>>[number]) {
  return { id, table, file, rows, by, at }
}

function idOf(context: Request): number {
  return Number(context.req.param('id'))
}

function fromOf(context: Request): number {
  const from = Number(context.req.query('from') ?? 0)
  if (Number.isSafeInteger(from) && from >= 0) return from
  throw new SunhallError('E-INPUT', 'Expected from as a whole number')
}
