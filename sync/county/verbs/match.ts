// match: registers compared with payments, suspects, decisions.
import { readFileSync } from 'node:fs'
import {
  decisionSchema,
  type RegisterName,
  registerSchema,
  STATE_NAMES,
  type SuspectQuery,
  suspectQuerySchema,
} from '../../contract/console/match.ts'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { appendAudit } from '../audit/audit.ts'
import { startProgress } from '../jobs/progress.ts'
import { requireMatcher } from '../match/access.ts'
import { exportSuspects } from '../match/export-suspects.ts'
import { dropRegister, importRegister, listRegisters } from '../match/registers.ts'
import { listRules, saveRule } from '../match/rules.ts'
import { runMatch } from '../match/run.ts'
import { decideSuspect, listSuspects, suspectDetail } from '../match/suspects.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

type Answer = { [key: string]: unknown }
interface MatchContext extends VerbContext {
  /** Login of the reviewer or inspector. */
  by: string
}
const ACTIONS: { readonly [action: string]: (context: MatchContext) => Promise<Answer> } = {
  import: take,
  forget,
  registers,
  rules,
  rule,
  run,
  list,
  show,
  decide,
  export: exportAll,
}

export const matchVerb: Verb = {
  name: 'match',
  usage:
    'match <import REGISTER FILE|forget REGISTER|registers|rules|rule FILE|run|list|show N|decide N STATE --words TEXT|export --out FILE>',
  summary: 'compares payments with registers (deceased, payroll, …), for reviewers and inspectors; never published',
  example: 'county match import deceased 死亡人员.xlsx --as inspector1',
  options: {
    ...ACTOR_OPTIONS,
    'file-name': { type: 'string', help: 'import: what its sender calls the file' },
    words: { type: 'string', help: 'decide: what was found' },
    out: { type: 'string', help: 'export: the CSV file' },
    state: { type: 'string', help: 'list, export: open, cleared, passed-on or recovered (list: open)' },
    rule: { type: 'string', help: 'list, export: only what this rule found' },
    run: { type: 'string', help: 'list, export: only what this run found' },
    limit: { type: 'string', help: 'list: how many (default 50, at most 200)' },
  },
  positionals: { min: 1, max: 3 },
  async run(context) {
    const [action = ''] = context.positionals
    const act = ACTIONS[action]
    if (act === undefined)
      throw new SunhallError('E-INPUT', `Expected one of ${Object.keys(ACTIONS).join(', ')}, got "${action}"`)
    const actor = await actorFor(context)
    requireMatcher(actor)
    return await act({ ...context, by: actor.login })
  },
}

async function take(context: MatchContext): Promise<Answer> {
  const { office, positionals, by, now, say } = context
  const file = positionals[2]
  const register = registerOf(positionals[1])
  const name = textOption(context.values, 'file-name') ?? undefined
  if (file === undefined) throw new SunhallError('E-INPUT', 'Expected a file: county match import deceased FILE')
  const report = await importRegister(office, { register, file, name, by, now })
  await note(context, 'match-import', `register ${register}`, { rows: report.accepted, refused: report.refused })
  say(`${register}: ${report.accepted} rows from ${report.file}, ${report.refused} refused`)
  for (const { row, reason } of report.reasons) say(`  row ${row}: ${reason}`)
  return { ok: true, ...report }
}

async function forget(context: MatchContext): Promise<Answer> {
  const register = registerOf(context.positionals[1])
  await dropRegister(await context.office.service(), register)
  await note(context, 'match-forget', `register ${register}`, {})
  context.say(`${register}: every row is gone`)
  return { ok: true, register }
}

async function registers({ office, say }: MatchContext): Promise<Answer> {
  const held = await listRegisters(await office.service())
  for (const { register, rows: count, file, at, by } of held)
    say(`${register.padEnd(10)} ${count} rows of ${file}, ${at} by ${by}`)
  if (held.length === 0) say('No register is held')
  return { ok: true, registers: held }
}

async function rules({ office, say }: MatchContext): Promise<Answer> {
  const all = await listRules(await office.service())
  for (const one of all)
    say(`${one.enabled ? 'on ' : 'off'} ${one.id.padEnd(18)} ${one.register.padEnd(10)} ${one.name}`)
  return { ok: true, rules: all }
}

async function rule(context: MatchContext): Promise<Answer> {
  const { office, positionals, by, now, say } = context
  const file = positionals[1] ?? ''
  let given: unknown
  try {
    given = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new SunhallError('E-INPUT', `Expected a rule as JSON in a file, got: ${messageOf(cause)}`, { cause })
  }
  const saved = await saveRule(await office.service(), given, by, now)
  await note(context, 'match-rule', `rule ${saved.id}`, { enabled: saved.enabled, register: saved.register })
  say(`Rule ${saved.id} is kept`)
  return { ok: true, rule: saved }
}

async function run(context: MatchContext): Promise<Answer> {
  const { office, by, now, say } = context
  const progress = startProgress(context, { unit: '笔', total: null })
  const report = await runMatch(office, {
    by,
    now,
    progress(done, total) {
      progress.total(total)
      progress.step(done)
    },
  })
  await note(context, 'match-run', `run ${report.run}`, {
    payments: report.payments,
    hits: report.hits,
    fresh: report.fresh,
  })
  say(
    `Run ${report.run}: ${report.payments} payments against ${report.registerRows} rows by ${report.rules} rules in ${report.ms} ms`,
  )
  say(`${report.hits} payments are pointed at, ${report.fresh} for the first time, of ${report.suspects} suspects`)
  return { ok: true, ...report }
}

async function list({ office, values, say }: MatchContext): Promise<Answer> {
  const found = await listSuspects(office, queryOf(values, 'open'))
  for (const one of found.suspects)
    say(
      `${one.id}\t${one.score}\t${one.ruleName}\t${one.villageName}\t${one.name}\t${one.fundName}\t${one.payments} × = ${(one.amount / 100).toFixed(2)}\t${STATE_NAMES[one.state]}`,
    )
  say(`${found.suspects.length} of ${found.total}`)
  return { ok: true, ...found }
}

async function show({ office, positionals, say }: MatchContext): Promise<Answer> {
  const suspect = await suspectDetail(office, numberOf(positionals[1]))
  say(
    `${suspect.ruleName}: ${suspect.name}, ${suspect.villageName}, ${suspect.fundName} (${suspect.score}: ${suspect.why})`,
  )
  say(`Register: ${JSON.stringify(suspect.registerRow)}`)
  for (const row of suspect.rows)
    say(`${row.date}\t${(row.amount / 100).toFixed(2)}\t${row.payee}\t${row.batch}\t${row.file} row ${row.line}`)
  return { ok: true, suspect }
}

async function decide(context: MatchContext): Promise<Answer> {
  const { office, positionals, values, by, now, say } = context
  const id = numberOf(positionals[1])
  const read = decisionSchema.safeParse({ state: positionals[2], words: textOption(values, 'words') ?? '' })
  if (!read.success) {
    throw new SunhallError(
      'E-INPUT',
      `Expected a state (cleared, passed-on, recovered) and --words with what was found, got "${positionals[2] ?? ''}"`,
    )
  }
  const { before } = await decideSuspect(await office.service(), id, read.data, by, now)
  await note(context, 'match-decide', `suspect ${id}`, { before, state: read.data.state })
  say(`${id}: ${STATE_NAMES[read.data.state]}`)
  return { ok: true, id, state: read.data.state, before }
}

async function exportAll(context: MatchContext): Promise<Answer> {
  const { office, values, say } = context
  const out = textOption(values, 'out')
  if (out === null)
    throw new SunhallError('E-INPUT', 'Expected --out FILE, for example: county match export --out 比对.csv')
  const lines = await exportSuspects(office, queryOf(values, undefined), out)
  await note(context, 'match-export', 'suspects', { lines })
  say(`${lines} lines in ${out}: it holds ID numbers, so keep it where nobody else reads it`)
  return { ok: true, out, lines }
}

function queryOf(values: VerbContext['values'], state: 'open' | undefined): SuspectQuery {
  const given = { state: values.state ?? state, rule: values.rule, run: values.run, limit: values.limit }
  const read = suspectQuerySchema.safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new SunhallError(
    'E-INPUT',
    `Expected --${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}; "match --help" says what`,
  )
}

function registerOf(word: string | undefined): RegisterName {
  const read = registerSchema.safeParse(word)
  if (read.success) return read.data
  throw new SunhallError('E-INPUT', `Expected a register (${registerSchema.options.join(', ')}), got "${word ?? ''}"`)
}

function numberOf(word: string | undefined): number {
  if (word !== undefined && /^\d{1,9}$/.test(word)) return Number(word)
  throw new SunhallError('E-INPUT', `Expected a suspect's number, got "${word ?? ''}"; "match list" shows them`)
}

async function note(
  { office, by, now }: MatchContext,
  action: string,
  object: string,
  detail: { readonly [name: string]: string | number | boolean },
): Promise<void> {
  await appendAudit(await office.service(), { actor: by, action, object, detail }, now)
}
