// What the rules found, kept beside what was said about it, and the words that let a warning stand.
//
//   hit ─► finding, open ─┬─► mended: gone at the next run (a justified one is remembered, closed)
//                         └─► warning justified: no longer asked for, also when the same row is imported again
import { SunhallError } from '../../contract/errors.ts'
import { type Actor, requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import type { Service } from '../service/service.ts'
import { isStale, runChecks } from './run.ts'
import type { CheckTables } from './tables.ts'

export type FindingRow = CheckTables['findings']

/**
 * What still stands in the way of a publication: errors, and warnings without a word of justification, also beyond those
 * kept singly. Runs the rules first where rows have come or gone since: seconds at county scale, so call it in a child
 * process or where waiting is meant.
 */
export async function openFindings(office: Office, now = new Date()): Promise<{ errors: number; warnings: number }> {
  if (await isStale(office)) await runChecks(office, now)
  return countOpen(await office.service())
}

/** The same from the last run alone. */
export async function countOpen(service: Service): Promise<{ errors: number; warnings: number }> {
  const runs = await service.selectFrom('ruleRuns').selectAll().execute()
  const settled = await service
    .selectFrom('findings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('open', '=', 1)
    .where('level', '=', 'warning')
    .where('words', '<>', '')
    .executeTakeFirstOrThrow()
  const sum = (of: 'errors' | 'warnings'): number => runs.reduce((all, run) => all + run[of], 0)
  return { errors: sum('errors'), warnings: sum('warnings') - Number(settled.count) }
}

export interface FindingFilter {
  rule?: string
  level?: 'error' | 'warning'
  import?: number
  /** 9 digits: that township's places alone. */
  township?: string | null
  /** Justified ones too. */
  justified?: boolean
  offset?: number
  limit?: number
}

/** Open findings, errors first, then by rule, place and row. */
export async function listFindings(
  service: Service,
  filter: FindingFilter = {},
): Promise<{ findings: FindingRow[]; total: number }> {
  const query = filtered(service, filter)
  const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const findings = await query
    .selectAll()
    .orderBy('level')
    .orderBy('rule')
    .orderBy('place')
    .orderBy('row')
    .orderBy('id')
    .limit(filter.limit ?? 100_000)
    .offset(filter.offset ?? 0)
    .execute()
  return { findings, total: Number(count) }
}

function filtered(service: Service, filter: FindingFilter) {
  let query = service.selectFrom('findings').where('open', '=', 1)
  if (filter.rule !== undefined) query = query.where('rule', '=', filter.rule)
  if (filter.level !== undefined) query = query.where('level', '=', filter.level)
  if (filter.import !== undefined) query = query.where('import', '=', filter.import)
  if (filter.township) query = query.where('place', 'like', `${filter.township}%`)
  if (filter.justified === false) query = query.where((eb) => eb.or([eb('words', '=', ''), eb('level', '=', 'error')]))
  return query
}

/** Words shorter than this explain nothing. */
const FEWEST_WORDS = 4

export interface Justification {
  /** One finding, or all open warnings of a rule, of one import where it is given. */
  what: { id: string } | { rule: string; import?: number }
  words: string
}

/**
 * Lets warnings stand, with who said so, when and why. Gives back how many. Errors: E-FORBIDDEN for another role or another
 * township's, E-MISSING for an unknown finding, E-STATE for an error, E-INPUT for too few words.
 */
export async function justify(
  service: Service,
  { what, words }: Justification,
  actor: Actor,
  now: Date,
): Promise<number> {
  requireRole(actor, 'operator', 'reviewer')
  const text = words.trim()
  if (text.length < FEWEST_WORDS)
    throw new SunhallError('E-INPUT', `Expected a reason of at least ${FEWEST_WORDS} characters, got "${text}"`)
  if ('id' in what) await requireWarning(service, what.id, actor)
  let update = service
    .updateTable('findings')
    .set({ words: text, justifiedBy: actor.login, justifiedName: actor.name, justifiedAt: now.toISOString() })
    .where('open', '=', 1)
    .where('level', '=', 'warning')
  if ('id' in what) update = update.where('id', '=', what.id)
  else {
    update = update.where('rule', '=', what.rule).where('words', '=', '')
    if (what.import !== undefined) update = update.where('import', '=', what.import)
    if (actor.township !== null) update = update.where('place', 'like', `${actor.township}%`)
  }
  const { numUpdatedRows } = await update.executeTakeFirst()
  const object = 'id' in what ? `finding ${what.id}` : `rule ${what.rule}`
  const detail = { findings: Number(numUpdatedRows), words: text }
  await appendAudit(service, { actor: actor.login, action: 'justify', object, detail }, now)
  return Number(numUpdatedRows)
}

async function requireWarning(service: Service, id: string, actor: Actor): Promise<void> {
  const found = await service.selectFrom('findings').selectAll().where('id', '=', id).executeTakeFirst()
  const hidden = actor.township !== null && !found?.place.startsWith(actor.township)
  if (found === undefined || found.open === 0 || hidden)
    throw new SunhallError('E-MISSING', `Expected the id of an open finding, got "${id.slice(0, 40)}"; see "check"`)
  if (found.level === 'error')
    throw new SunhallError(
      'E-STATE',
      "Expected a warning, got an error: words can't settle it; mend the row and import it again",
    )
}
