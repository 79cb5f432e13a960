// draft and diff: proposes what the office holds as the next release, and shows what it would change.
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { noteRules, rulesFor } from '../disclosure/rule-versions.ts'
import { readDifference, readRows } from '../drafts/difference.ts'
import { type Draft, draftFolder, listDrafts, openDraft, readDraft } from '../drafts/draft.ts'
import { importsOf } from '../drafts/imports.ts'
import { stepsOf } from './steps.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

type Result = { [key: string]: unknown }
const FEN = 100
/** Lines of each table that are said; --json and --rows give more. */
const SHOWN = 20
const MAX_ROWS = 1_000

const ACTIONS: { readonly [action: string]: (context: VerbContext) => Promise<Result> } = {
  propose: proposeNow,
  list,
  show,
  reject: rejectOne,
}

export const draftVerb: Verb = {
  name: 'draft',
  usage: 'draft [propose|list|show ID|reject ID --why WORDS] [--as LOGIN]',
  summary:
    'proposes what the office holds as the next release, for a second person to look at; lists, shows, sends back',
  example: 'county draft propose --as wangfang',
  options: { why: { type: 'string', help: 'reject: what is wrong with it' }, ...ACTOR_OPTIONS },
  positionals: { min: 0, max: 2 },
  async run(context) {
    const [action = 'propose'] = context.positionals
    const act = ACTIONS[action]
    if (act !== undefined) return act(context)
    throw new SunhallError('E-INPUT', `Expected one of ${Object.keys(ACTIONS).join(', ')}, got "${action}"`)
  },
}

async function proposeNow(context: VerbContext): Promise<Result> {
  const { office, now, say } = context
  const actor = await actorFor(context, 'operator', 'reviewer', 'publisher')
  const { propose } = await import('../drafts/propose.ts')
  const draft = await propose(office, actor, now, undefined, stepsOf(context, 2))
  say(`Draft ${draft.id}: release ${draft.number}, fingerprint ${draft.fingerprint}`)
  say(`Look at it with "county diff ${draft.id}"; a reviewer who imported none of it approves it`)
  return { ok: true, ...summaryOf(draft) }
}

async function list(context: VerbContext): Promise<Result> {
  const { office, say } = context
  await actorFor(context, 'operator', 'reviewer', 'publisher', 'auditor')
  const drafts = await listDrafts(await office.service())
  for (const draft of drafts)
    say(
      `${draft.id}\t${draft.kind}\trelease ${draft.number}\t${draft.state}\t${draft.proposedName || '-'}\t${draft.proposedAt}\t${draft.words}`,
    )
  if (drafts.length === 0) say('Nothing was proposed yet')
  return { ok: true, drafts: drafts.map(summaryOf) }
}

async function show(context: VerbContext): Promise<Result> {
  const { office, positionals, say } = context
  await actorFor(context, 'operator', 'reviewer', 'publisher', 'auditor')
  const draft = await readDraft(await office.service(), idOf(positionals[1]))
  const imports = await importsOf(office, draft.imports)
  say(`Draft ${draft.id}: release ${draft.number} (${draft.kind}), ${draft.state}`)
  say(`Proposed by ${draft.proposedName || '-'} on ${draft.proposedAt}; fingerprint ${draft.fingerprint}`)
  if (draft.decidedAt !== '') say(`Decided by ${draft.decidedName} on ${draft.decidedAt} ${draft.words}`)
  if (draft.publishAt !== '') say(`To be published at ${draft.publishAt}`)
  for (const one of imports) say(`import ${one.id}\t${one.table}\t${one.file}\t${one.rows} rows\t${one.by || '-'}`)
  return { ok: true, ...summaryOf(draft), imports }
}

async function rejectOne(context: VerbContext): Promise<Result> {
  const { office, positionals, values, now, say } = context
  const actor = await actorFor(context, 'reviewer', 'publisher')
  const words = textOption(values, 'why')
  if (words === null || words.trim() === '')
    throw new SunhallError('E-INPUT', 'Expected --why WORDS, got none; say what is wrong with it')
  const { reject } = await import('../drafts/approve.ts')
  const draft = await reject(office, idOf(positionals[1]), actor, words.trim(), now)
  say(`Draft ${draft.id} is sent back: ${words.trim()}`)
  return { ok: true, ...summaryOf(draft) }
}

export const diffVerb: Verb = {
  name: 'diff',
  usage: 'diff [DRAFT] [--rows KIND] [--from N]',
  summary: 'shows what a draft changes in what is public: rows, money by fund and village, disclosure, largest first',
  example: 'county diff 3 --rows payments',
  options: {
    rows: { type: 'string', help: 'rows of one kind: payments, masked, entries, projects, …' },
    from: { type: 'string', help: 'with --rows: first row to show (default 0)' },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 1 },
  async run(context) {
    const { office, positionals, values, say } = context
    await actorFor(context, 'operator', 'reviewer', 'publisher')
    const service = await office.service()
    const draft =
      positionals[0] === undefined ? await openDraft(service) : await readDraft(service, idOf(positionals[0]))
    if (draft === null)
      throw new SunhallError('E-STATE', 'Expected a draft that is open, found none; propose one first')
    const kind = textOption(values, 'rows')
    if (kind !== null) return sayRows(context, draft, kind)
    const found = readDifference(draftFolder(office, draft.id))
    if (found === null)
      throw new SunhallError('E-MISSING', `Expected the difference of draft ${draft.id}, found none; propose again`)
    say(`Draft ${draft.id} (release ${draft.number}) against release ${draft.base === 0 ? 'none' : draft.base}`)
    const rules = rulesFor(draft, found, await noteRules(office, context.now))
    say(
      `Masking rules: version ${rules.applies}${rules.applies === rules.inForce ? '' : `; public are those of ${rules.inForce || 'none'}`}`,
    )
    for (const one of found.kinds) say(`${one.kind}\t+${one.added}\t~${one.changed}\t-${one.removed}`)
    for (const one of found.funds.slice(0, SHOWN))
      say(`${one.fund} ${one.name}\t${yuan(one.before)} → ${yuan(one.after)}`)
    for (const one of found.villages.slice(0, SHOWN))
      say(`${one.township} ${one.name}\t${yuan(one.before)} → ${yuan(one.after)}`)
    for (const one of found.disclosure)
      say(
        `${one.fund} ${one.name}: ${one.before} → ${one.after} (open rows +${one.openAdded} -${one.openRemoved}, masked +${one.maskedAdded} -${one.maskedRemoved})`,
      )
    for (const one of found.largest.slice(0, SHOWN)) say(`${yuan(one.money)}\t${one.change}\t${one.kind}\t${one.place}`)
    if (found.kinds.length === 0) say('Nothing differs from what is public')
    return { ok: true, draft: draft.id, fingerprint: draft.fingerprint, ...found, rules, fundRules: found.rules }
  },
}

function sayRows({ office, values, say }: VerbContext, draft: Draft, kind: string): Result {
  const from = Number(textOption(values, 'from') ?? 0)
  if (!Number.isInteger(from) || from < 0)
    throw new SunhallError('E-INPUT', `Expected --from with a whole number, got ${from}`)
  const { total, rows } = readRows(draftFolder(office, draft.id), kind, from, MAX_ROWS)
  for (const row of rows)
    say(`${row.change}\t${row.place}\t${JSON.stringify(row.before)} → ${JSON.stringify(row.after)}`)
  return { ok: true, draft: draft.id, kind, total, rows }
}

/** A draft as --json gives it, without the signed record. */
export function summaryOf({ record: _, ...draft }: Draft): Result {
  return { ...draft, draft: draft.id }
}

/** Errors: E-INPUT for what is no number. */
export function idOf(text: string | undefined): number {
  if (text !== undefined && /^\d+$/.test(text)) return Number(text)
  throw new SunhallError('E-INPUT', `Expected the number of a draft, got "${text ?? ''}"; see "draft list"`)
}

function yuan(fen: number): string {
  return (fen / FEN).toFixed(2)
}
