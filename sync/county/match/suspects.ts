// What matching has found, as a person works it off: list, one with the rows of both sides, decision, export.
import {
  type Decision,
  type MatchedPayment,
  type RegisterName,
  type RegisterRow,
  SUSPECT_STATES,
  type Suspect,
  type SuspectDetail,
  type SuspectQuery,
  type SuspectState,
} from '../../contract/console/match.ts'
import { SunhallError } from '../../contract/errors.ts'
import type { Books } from '../database/books.ts'
import type { Office } from '../office.ts'
import type { Service, ServiceTables } from '../service/service.ts'
import { listRules } from './rules.ts'

/** Surest first, then the most money. */
export async function listSuspects(
  office: Office,
  query: SuspectQuery,
): Promise<{ total: number; suspects: Suspect[] }> {
  const service = await office.service()
  const filtered = chosen(service, query)
  const { count } = await filtered.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
  const rows = await filtered
    .selectAll()
    .orderBy('score', 'desc')
    .orderBy('amount', 'desc')
    .orderBy('id')
    .limit(query.limit)
    .offset(query.offset)
    .execute()
  const names = await namesOf(office, service)
  return { total: Number(count), suspects: rows.map((row) => suspectOf(row, names)) }
}

function chosen(service: Service, { state, rule, run }: Partial<SuspectQuery>) {
  let query = service.selectFrom('matchSuspects')
  if (state !== undefined) query = query.where('state', '=', state)
  if (rule !== undefined) query = query.where('rule', '=', rule)
  if (run !== undefined) query = query.where('lastRun', '=', run)
  return query
}

/** Errors: E-INPUT for an unknown number. */
export async function suspectDetail(office: Office, id: number): Promise<SuspectDetail> {
  const service = await office.service()
  const row = await service.selectFrom('matchSuspects').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined)
    throw new SunhallError('E-INPUT', `Expected a suspect's number, got ${id}; "match list" shows them`)
  const hits = await service.selectFrom('matchHits').select('payment').where('suspect', '=', id).execute()
  const rows = hits.map(({ payment }): MatchedPayment => JSON.parse(payment))
  rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.line - b.line))
  const registerRow: RegisterRow = JSON.parse(row.registerRow)
  return { ...suspectOf(row, await namesOf(office, service)), registerRow, rows }
}

/** Keeps a decision with its words, who and when; a later one takes its place, and the audit trail has both. Errors: E-INPUT. */
export async function decideSuspect(
  service: Service,
  id: number,
  { state, words }: Decision,
  by: string,
  now: Date,
): Promise<{ before: string }> {
  const row = await service.selectFrom('matchSuspects').select('state').where('id', '=', id).executeTakeFirst()
  if (row === undefined)
    throw new SunhallError('E-INPUT', `Expected a suspect's number, got ${id}; "match list" shows them`)
  await service
    .updateTable('matchSuspects')
    .set({ state, words, decidedBy: by, decidedAt: now.toISOString() })
    .where('id', '=', id)
    .execute()
  return { before: row.state }
}

export async function countByState(service: Service): Promise<{ [state in SuspectState]: number }> {
  const rows = await service
    .selectFrom('matchSuspects')
    .select(['state', ({ fn }) => fn.countAll().as('count')])
    .groupBy('state')
    .execute()
  const count = (state: SuspectState): number => Number(rows.find((row) => row.state === state)?.count ?? 0)
  const [open, cleared, passed, recovered] = SUSPECT_STATES
  return { open: count(open), cleared: count(cleared), 'passed-on': count(passed), recovered: count(recovered) }
}

/** Every suspect that is chosen, in pages, for the export. */
export async function* eachSuspect(office: Office, query: Partial<SuspectQuery>): AsyncGenerator<SuspectDetail> {
  const service = await office.service()
  for (let after = 0; ; ) {
    const page = await chosen(service, query).select('id').where('id', '>', after).orderBy('id').limit(500).execute()
    for (const { id } of page) yield await suspectDetail(office, id)
    const last = page.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

interface Names {
  rules: ReadonlyMap<string, string>
  places: ReadonlyMap<string, string>
  funds: ReadonlyMap<string, string>
}

async function namesOf(office: Office, service: Service): Promise<Names> {
  const books = await office.books()
  const rules = new Map((await listRules(service)).map(({ id, name }) => [id, name]))
  return { rules, places: await wordsOf(books, 'places'), funds: await wordsOf(books, 'funds') }
}

async function wordsOf(books: Books, table: 'places' | 'funds'): Promise<Map<string, string>> {
  const rows = await books.selectFrom(table).select(['code', 'name']).orderBy('entry').execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}

function suspectOf(row: ServiceTables['matchSuspects'], { rules, places, funds }: Names): Suspect {
  const { same: _, registerRow: __, register, state, amount, ...rest } = row
  const township = places.get(row.village.slice(0, 9)) ?? ''
  return {
    ...rest,
    amount: Number(amount),
    register: register as RegisterName,
    state: state as SuspectState,
    ruleName: rules.get(row.rule) ?? row.rule,
    villageName: `${township}${places.get(row.village) ?? row.village}`,
    fundName: funds.get(row.fund) ?? row.fund,
  }
}
